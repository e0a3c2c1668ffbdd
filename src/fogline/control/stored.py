"""Sightings and baselines in a ledger, and all observations that can be made of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

import numpy as np
from msgspec.structs import replace

from ..link.review import corrected, judgements
from ..model import Observation
from ..store import Filters, Store, Stored, stored_claims
from ..store.base import IMPORTING, now
from ..store.control_tables import BASELINES, SIGHTINGS
from ..store.filters import embargo_day
from .imports import BaselineRow, SightingRow
from .observe import TYPES, observations_of
from .parties import party_title
from .settlements import settlements_in, settlements_near
from .statements import statements

_AROUND_KM = 60.0  # how far around its polygons a baseline says who does not hold


def keep(store: Store, rows: Iterable[SightingRow | BaselineRow], raw: str) -> int:
    """Write down sightings and baselines; those that are known are passed over. Return how many are new."""
    at = now()
    sightings, baselines = [], []
    for row in rows:
        if isinstance(row, SightingRow):
            sightings.append((row.id, row.source, row.holder, row.day, row.lat, row.lon, row.text, raw, at))
        else:
            baselines.append((row.id, row.source, row.holder, row.day, row.geometry, raw, at))
    with store.alone(IMPORTING):
        before = _count(store)
        with store.transaction():
            store.insert(SIGHTINGS, sightings)
            store.insert(BASELINES, baselines)
        return _count(store) - before


def _count(store: Store) -> int:
    query = "SELECT (SELECT count(*) FROM sightings) + (SELECT count(*) FROM baselines)"
    return int(next(store.rows(query))[0])


def observations(store: Store, filters: Filters | None = None) -> list[Observation]:
    """Return what the claims, sightings and baselines of a ledger say about holders.

    Claims are taken as people judged them: those that are none are left out, corrected fields count.

    Args:
        store: the ledger's.
        filters: which claims; an embargo holds back young sightings and baselines as well.
    """
    wanted = filters or Filters()
    held = embargo_day(wanted.embargo_hours) if wanted.embargo_hours else None
    claims = _judged(store, stored_claims(store, replace(wanted, event=TYPES, limit=None)))
    return [*observations_of(claims), *_sightings(store, held), *_baselines(store, held)]


def _judged(store: Store, claims: Iterable[Stored]) -> Iterator[Stored]:
    judged = judgements(store)
    none = judged.left_out()
    for stored in claims:
        fields = judged.wrong.get(stored.claim.id)
        if stored.claim.id not in none:
            yield replace(stored, claim=corrected(stored.claim, fields)) if fields else stored


def _until(held: date | None) -> tuple[str, list[date]]:
    return (" WHERE on_day <= ?", [held]) if held else ("", [])


def _sightings(store: Store, held: date | None) -> list[Observation]:
    where, values = _until(held)
    said = statements().sighting
    query = f"SELECT id, source, holder, on_day, lat, lon, text FROM sightings{where} ORDER BY on_day, id"
    return [
        Observation(
            id=f"o{id}",
            kind="sighting",
            holder=holder,
            weight=said.weight,
            lat=lat,
            lon=lon,
            radius_km=said.radius_km,
            earliest=day,
            latest=day,
            voice=source,
            reason=f"{source}: a sighting of {party_title(holder)}" + (f", “{_cut(text)}”" if text else ""),
        )
        for id, source, holder, day, lat, lon, text in store.rows(query, values)
    ]


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"


def _baselines(store: Store, held: date | None) -> list[Observation]:
    where, values = _until(held)
    query = f"SELECT source, on_day, holder, geometry FROM baselines{where} ORDER BY on_day, source, id"
    maps: defaultdict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
    for source, day, holder, geometry in store.rows(query, values):
        maps[source, day].append((holder, geometry))
    return list(chain.from_iterable(_of_map(*key, polygons) for key, polygons in maps.items()))


def _of_map(source: str, day: date, polygons: Sequence[tuple[str, str]]) -> list[Observation]:
    """Return what a map of a day says: of each settlement inside a polygon that its party holds it, of each
    other one around, in the same countries, that none of these parties does.
    """
    import shapely

    said = statements().baseline
    shapes = [(holder, shapely.make_valid(shapely.from_geojson(shape))) for holder, shape in polygons]
    west, south, east, north = shapely.total_bounds([shape for _, shape in shapes])
    inside = settlements_in(west, south, east, north)
    held: dict[int, str] = {}
    for holder, shape in shapes:
        shapely.prepare(shape)
        met = shapely.contains_xy(shape, inside.points[:, 1], inside.points[:, 0])
        held |= {inside.items[i].geonameid: holder for i in np.flatnonzero(met)}
    if not held:
        return []
    around = settlements_near(inside.points[[s.geonameid in held for s in inside.items]], _AROUND_KM)
    lands = {s.country for s in inside.items if s.geonameid in held}
    parties = sorted(set(held.values()))
    found = []
    for place in around.items:
        inner = held.get(place.geonameid)
        if inner is None and place.country not in lands:
            continue
        for party in [inner] if inner else [p for p in parties if p != place.owner]:
            found.append(
                Observation(
                    id=f"o-{source}-{day}-{place.geonameid}-{party}",
                    kind="baseline",
                    holder=party,
                    weight=said.inside if inner else said.outside,
                    lat=place.lat,
                    lon=place.lon,
                    radius_km=0.0,
                    earliest=day,
                    latest=day,
                    geonameid=place.geonameid,
                    voice=source,
                    reason=f"{source}: the map of {day} shows it {'held' if inner else 'not held'} "
                    f"by {party_title(party)}",
                )
            )
    return found
