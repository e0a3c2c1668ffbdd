"""CSV with a row of HXL hashtags (Humanitarian Exchange Language 1.1) below its header."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO

from ..store import Stored
from .csv import cell
from .flat import FLAT, flat

TAGS = {
    "id": "#meta+claim+id", "document": "#meta+document+id", "published": "#date+published",
    "outlet": "#meta+source+outlet", "voice": "#meta+source+voice", "voice_side": "#group+voice+code",
    "voice_kind": "#meta+voice+type", "relays": "#meta+source+relay+list", "mode": "#meta+mode",
    "status": "#status", "hedge": "#status+hedge", "event": "#event+type", "agents": "#group+agent+name+list",
    "agent_sides": "#group+agent+code+list", "targets": "#group+target+name+list",
    "target_sides": "#group+target+code+list", "places": "#loc+name+list", "place": "#loc+name",
    "role": "#loc+type", "lat": "#geo+lat", "lon": "#geo+lon", "geonameid": "#loc+code+geonames",
    "precision": "#geo+precision", "radius_km": "#geo+radius+km", "country": "#country+code",
    "earliest": "#date+start", "latest": "#date+end", "when": "#date+text",
    "quantities": "#indicator+text+list", "certainty_low": "#indicator+certainty+min",
    "certainty_high": "#indicator+certainty+max", "confidence": "#indicator+confidence+num",
    "flags": "#meta+flag+list", "evidence": "#description+evidence", "start": "#meta+evidence+start",
    "end": "#meta+evidence+end", "url": "#meta+url", "extractor": "#meta+software",
}  # fmt: skip


def write(claims: Iterable[Stored], to: IO[str]) -> int:
    """Write claims as CSV with a header and hashtags, and return how many."""
    rows = csv.writer(to)
    rows.writerow(FLAT)
    rows.writerow([TAGS[name] for name in FLAT])
    count = 0
    for stored in claims:
        rows.writerow([cell(value) for value in flat(stored).values()])
        count += 1
    return count
