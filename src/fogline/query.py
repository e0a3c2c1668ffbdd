"""What a user means by the names in a filter: places in any spelling, sides by their English name."""

from __future__ import annotations

import msgspec

from .errors import QueryError
from .store import Filters

CIVILIANS = "CIV"  # the side of civilians, and the code of Ivory Coast, which therefore goes by its name


def meant(filters: Filters) -> Filters:
    """Return filters with the names in them looked up in the gazetteer.

    A place is met in whatever spelling a report has it, a country by every place in it, a place with a
    radius by what lies around it; a side may be told by the country's name, a voice by another name of its.

    Raises:
        QueryError: a radius is asked for around a name that the gazetteer does not know.
    """
    sides = {name: side(getattr(filters, name)) for name in ("side", "voice_side")}
    filters = msgspec.structs.replace(filters, **sides, voices=also_called(filters.voice))
    if filters.place is None or filters.point is not None:
        return filters
    from .resolve.gazetteer import open_gazetteer

    found = open_gazetteer().look_up(filters.place)
    if filters.radius_km is not None:
        if not found:
            raise QueryError(
                f"No place named {filters.place!r} is in the gazetteer, so nothing can be measured from it. "
                "Give a point instead, as in --place 49.21,37.28 --radius 25."
            )
        return msgspec.structs.replace(filters, place=None, point=(found[0].lat, found[0].lon))
    if not found:
        return filters
    first = found[0]
    return msgspec.structs.replace(
        filters,
        geonameids=tuple({one.geonameid for one in found if one.geonameid is not None}),
        country=first.country if (first.feature or "").startswith("PCL") else None,
    )


def side(name: str | None) -> str | None:
    """Return the code of a state that is told by its English name or adjective; anything else as it is."""
    if name is None or len(name) == 3:
        return name
    from .resolve.gazetteer import countries

    asked = name.casefold()
    for country in countries().values():
        if asked in (known.casefold() for known in (country.name, *country.names, *country.people)):
            return country.iso3 if country.iso3 != CIVILIANS else country.name
    return name


def also_called(voice: str | None) -> tuple[str, ...] | None:
    """Return the full name of the body or the well-known person that ``voice`` is short for ("ISW")."""
    if voice is None:
        return None
    from .resolve.bodies import full_name

    name = full_name(voice)
    return (name,) if name is not None else ()
