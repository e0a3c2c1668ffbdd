"""Events, sources and associations as one JSON for timemap (Forensic Architecture, Bellingcat)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from .coded import Told, days, title
from .event_rows import summary
from .safe import json_safe


def write(events: Iterable[Told], to: IO[str]) -> int:
    """Write the events that have a day and a place as JSON with ``events``, ``sources``, ``associations``.

    Event types are categories, sides and statuses are filters; a document is a source.
    """
    sources: dict[str, dict[str, Any]] = {}
    associations: dict[str, dict[str, Any]] = {}
    count = 0
    to.write('{"events": [\n')
    for told in events:
        event, when = told.event, days(told.event)
        if when is None or event.lat is None or event.lon is None:
            continue
        named = [_category(associations, event.type)]
        named += [_filter(associations, "side", title(side)) for side in event.sides]
        if told.version:
            named.append(_filter(associations, "status", told.version.status))
        for stored in told.claims:
            sources.setdefault(
                stored.claim.document,
                {
                    "id": stored.claim.document,
                    "title": stored.title or stored.claim.document,
                    "description": stored.outlet or "",
                    "type": "Article",
                    "date": str(stored.published or ""),
                    "url": stored.url or "",
                    "paths": [],
                },
            )
        made = {
            "id": event.id,
            "title": event.title,
            "description": summary(event),
            "date": when[0].isoformat(),
            "time": "",
            "location": event.place or "",
            "latitude": str(event.lat),
            "longitude": str(event.lon),
            "associations": named,
            "sources": list(event.documents),
        }
        to.write((",\n" if count else "") + json_safe(json.dumps(made, ensure_ascii=False)))
        count += 1
    rest = {"sources": list(sources.values()), "associations": list(associations.values())}
    to.write("\n],\n" + json_safe(json.dumps(rest, ensure_ascii=False))[1:] + "\n")
    return count


def _category(associations: dict[str, dict[str, Any]], name: str) -> str:
    associations.setdefault(name, {"id": name, "title": name, "desc": "", "mode": "CATEGORY"})
    return name


def _filter(associations: dict[str, dict[str, Any]], group: str, name: str) -> str:
    id = f"{group}: {name}"
    made = {"id": id, "title": id, "desc": "", "mode": "FILTER", "filter_paths": [group, name]}
    associations.setdefault(id, made)
    return id
