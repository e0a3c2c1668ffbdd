"""The layers of a team's map as views: what a claim, event or import tells, at its place."""

from __future__ import annotations

import math

from ..release import TOWN_DEGREES

_CURRENT = (
    "NOT EXISTS (SELECT FROM fogline.runs r JOIN fogline.runs later ON later.document = r.document "
    "WHERE r.document = c.document AND r.extractor = c.extractor "
    "AND (later.finished, later.extractor) > (r.finished, r.extractor)) "
    "AND NOT EXISTS (SELECT FROM fogline.replacements x WHERE x.document = d.id)"
)
_OLD_ENOUGH = (
    "coalesce(d.published, d.added::date) <= {until} "
    "AND coalesce(c.latest, c.earliest, DATE '0001-01-01') <= {until}"
)
_DECIMALS = round(-math.log10(TOWN_DEGREES))
_PRECISE = "c.body::json #>> ARRAY['places', p.position::text, 'precision'] = 'point'"


def views(postgis: str, *, embargo_hours: float = 0.0, coarsen: bool = False) -> dict[str, str]:
    """Return the query of each view by the view's name.

    Args:
        postgis: the schema in which PostGIS lies.
        embargo_hours: leave out what was published, or happened, less than so many hours ago; the database
            counts them at each look. An event is left out as long as one of its claims is.
        coarsen: round points to town level.
    """
    until = f"((now() AT TIME ZONE 'UTC') - interval '{float(embargo_hours)} hours')::date - 1"
    held = bool(embargo_hours)
    free = f" AND {_OLD_ENOUGH.format(until=f'({until})')}" if held else ""
    held_event = (
        " AND NOT EXISTS (SELECT FROM fogline.event_claims m JOIN fogline.claims c ON c.id = m.claim "
        "JOIN fogline.documents d ON d.id = c.document WHERE m.event = e.id AND NOT "
        f"({_OLD_ENOUGH.format(until=f'({until})')}))"
        if held
        else ""
    )
    by_day = f" WHERE on_day <= ({until})" if held else ""

    point = f"({_town(postgis, 'p.geom', _PRECISE)})" if coarsen else "p.geom"
    rough = _town(postgis, "geom", "true") if coarsen else "geom"
    return {
        "claims": (
            "SELECT c.id || '-' || p.position AS id, c.id AS claim, c.event, c.status, "
            "coalesce(c.voice, d.outlet) AS voice, c.voice_side AS side, c.mode, p.role, "
            "coalesce(p.name, p.text) AS place, p.country, p.radius_km, c.earliest, c.latest, c.confidence, "
            f"d.published, d.outlet, d.title, d.url, c.evidence, {point} AS geom FROM fogline.claim_places p "
            "JOIN fogline.claims c ON c.id = p.claim JOIN fogline.documents d ON d.id = c.document "
            f"WHERE p.geom IS NOT NULL AND {_CURRENT}{free}"
        ),
        "events": (
            "SELECT e.id, e.type, e.title, e.earliest, e.latest, e.country, e.documents, e.independent, "
            f"e.disputed, e.grade, {rough} AS geom FROM fogline.events e "
            f"WHERE e.geom IS NOT NULL{held_event}"
        ),
        "sightings": (
            f"SELECT id, source, holder, on_day, text, {rough} AS geom FROM fogline.sightings{by_day}"
        ),
        "maps": f"SELECT id, source, holder, on_day, geom FROM fogline.baselines{by_day}",
    }


def _town(postgis: str, point: str, where: str) -> str:
    """Return a point rounded to town level where a condition holds, as it is elsewhere."""
    lon, lat = (f"round({postgis}.ST_{axis}({point})::numeric, {_DECIMALS})::float8" for axis in "XY")
    rounded = f"{postgis}.ST_SetSRID({postgis}.ST_MakePoint({lon}, {lat}), 4326)"
    return f"(CASE WHEN {where} THEN {rounded} ELSE {point} END)::{postgis}.geometry(Point, 4326)"
