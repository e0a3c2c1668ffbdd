"""GeoJSON (RFC 7946): a feature for each place of a claim, one without geometry for a claim without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from ..model import Place
from ..store import Stored
from .flat import flat
from .jsonl import line


def write(claims: Iterable[Stored], to: IO[str]) -> int:
    """Write claims as one feature collection, a feature a line, and return how many claims."""
    count, between = 0, ""
    to.write('{"type": "FeatureCollection", "features": [\n')
    for stored in claims:
        count += 1
        for feature in features(stored):
            to.write(between + line(feature).rstrip("\n"))
            between = ",\n"
    to.write("\n]}\n")
    return count


def features(stored: Stored) -> Iterator[dict[str, Any]]:
    """Give a claim's features."""
    properties = flat(stored)
    places = [place for place in stored.claim.places if place.lat is not None and place.lon is not None]
    for place in places:
        yield _feature(properties | _told(place), place)
    if not places:
        yield _feature(properties, None)


def _told(place: Place) -> dict[str, Any]:
    return {
        "place": place.name or place.text,
        "role": place.role,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "precision": place.precision,
        "radius_km": place.radius_km,
        "score": place.score,
    }


def _feature(properties: dict[str, Any], place: Place | None) -> dict[str, Any]:
    from ..resolve.place_codes import geometry  # here, as it loads the gazetteer's libraries

    where = None if place is None else geometry(place)
    return {"type": "Feature", "geometry": where, "properties": properties}
