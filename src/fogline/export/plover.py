"""Events as JSON Lines in the form of PLOVER (Open Event Data Alliance, 2022)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from .coded import Told, codes, days, title
from .event_rows import summary
from .jsonl import line


def write(events: Iterable[Told], to: IO[str]) -> int:
    """Write the events that happened, on a known day and of a type that PLOVER has, and return how many."""
    count = 0
    for told in events:
        row = coded(told)
        if row is not None:
            to.write(line(row))
            count += 1
    return count


def coded(told: Told) -> dict[str, Any] | None:
    """Return an event as PLOVER has it, None where it does not."""
    event, when = told.event, days(told.event)
    code = codes()["plover"].get(event.type)
    if code is None or when is None or not told.happened:
        return None
    kind, mode = code
    deaths = told.deaths()
    hurt = [f.low for f in event.figures if f.kind == "wounded" and f.low is not None]
    return {
        "id": event.id,
        "date": when[0],
        "date_end": when[1],
        "event": kind,
        "mode": mode,
        "context": ["military"],
        "source": [_actor(side) for side in told.sides("agents")],
        "target": [_actor(side) for side in told.sides("targets")],
        "magnitude": {"dead": deaths[1] if deaths else None, "injured": min(hurt, default=None)},
        "location": {
            "name": event.place,
            "geonameid": event.geonameid,
            "country": event.country,
            "lat": event.lat,
            "lon": event.lon,
        },
        "text": summary(event),
        "publisher": list(event.outlets),
        "documents": list(event.documents),
    }


def _actor(side: str) -> dict[str, str]:
    return {"code": side, "name": title(side)}
