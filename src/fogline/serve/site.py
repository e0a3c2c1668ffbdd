"""The page over a folder of files: a ledger read-only, to be put on any web server."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.testclient import TestClient

from ..errors import SourceError
from ..ledger import Ledger
from .app import API, Served, create_app
from .gate import Limits
from .page import FOLDER
from .routes.control import LONGEST
from .tokens import Tokens

_WORLD = "-180,-85,180,85"
_REST, _FOLDER = 'data-source="rest"', 'data-source="folder"'


def write_site(ledger: Ledger, to: Path, *, embargo_hours: float = 0.0, coarsen: bool = False) -> int:
    """Write the page and all that it shows as a folder of files, and return how many claims it has.

    What it shows is what the server would answer, so embargo and coarsening of the ledger hold.

    Args:
        ledger: the ledger, open for writing.
        to: the folder; it is made, and must not hold anything.
        embargo_hours: as the ledger was opened; the page tells it.
        coarsen: as the ledger was opened; the page tells it.

    Raises:
        SourceError: the folder holds something, or the page was not built.
    """
    if not (FOLDER / "index.html").is_file():
        raise SourceError("The page was not built. Run `make page` in a checkout of Fogline, and try again.")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise SourceError(f"{to} is there already and not empty. Name another folder.")
    limits = Limits(reads=1e9, reads_at_once=10**9)
    served = Served(embargo_hours=embargo_hours, coarsen=coarsen, limits=limits)
    app = create_app(ledger, Tokens(to / "none.json"), served)
    shutil.copytree(FOLDER, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".sources"))
    index = to / "index.html"
    index.write_text(index.read_text("utf-8").replace(_REST, _FOLDER), "utf-8")
    data = to / "data"
    with TestClient(app, base_url="http://127.0.0.1") as client:
        return _data(client, data, coarsen=coarsen)


def _data(client: TestClient, data: Path, *, coarsen: bool) -> int:
    claims = list(_all(client, "claims"))
    for name, items in (("claims", claims), *((n, list(_all(client, n))) for n in ("events", "documents"))):
        _write(data / f"{name}.json", items)
        for item in items:
            _write(
                data / name / f"{quote(item['id'], safe='')}.json",
                _get(client, f"{name}/{quote(item['id'])}"),
            )
    for name in ("voices", "checks"):
        _write(data / f"{name}.json", list(_all(client, name)))
    _write(data / "settlements.json", _get(client, f"base/settlements?z=8&bbox={_around(claims)}"))
    days = [one["day"] for one in _get(client, "timeline")["days"]]
    for day in days:
        _write(data / "control" / f"{day}.json", _get(client, f"control?on={day}&bbox={_WORLD}"))
        _write(data / "control" / "areas" / f"{day}.json", _get(client, f"control/areas?on={day}"))
    if days:
        _control(client, data, days[0], days[-1], coarsen=coarsen)
    _write(data / "meta.json", _get(client, "meta") | {"roles": ["read"], "csrf": None, "control_days": days})
    return len(claims)


def _control(client: TestClient, data: Path, first: str, last: str, *, coarsen: bool) -> None:
    """Write the land of each party by day, what changed hands, and the history of each place that did."""
    since = max(first, str(date.fromisoformat(last) - timedelta(days=LONGEST)))
    areas = _get(client, f"areas?from={since}&to={last}")["items"]
    _write(data / "areas.json", areas)
    days = f"from={_informed(areas, first)}&to={last}"
    changes = _get(client, f"control/changes?{days}")["items"]
    _write(data / "changes.json", changes)
    for one in changes:
        place = one["name"] if coarsen else f"{one['lat']},{one['lon']}"
        _write(
            data / "history" / f"{one['geonameid']}.json",
            _get(client, f"control/history?place={quote(place)}&{days}")["items"],
        )


def _informed(areas: list[dict[str, Any]], otherwise: str) -> str:
    """Return the first day on which half as much land has a known holder as on the best known one."""
    known: Counter[str] = Counter()
    for area in areas:
        known[area["on"]] += area["km2"]
    most = max(known.values(), default=0)
    return min((day for day, km2 in known.items() if km2 * 2 >= most), default=otherwise)


def _all(client: TestClient, name: str) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = _get(client, f"{name}?limit=500{cursor}")
        yield from page["items"]
        if not page["next"]:
            return
        cursor = f"&cursor={quote(page['next'])}"


def _around(claims: list[dict[str, Any]]) -> str:
    points = [(p["lon"], p["lat"]) for c in claims for p in c["places"] if p["lat"] is not None]
    if not points:
        return _WORLD
    lons, lats = zip(*points, strict=True)
    west, south = max(min(lons) - 3, -180), max(min(lats) - 3, -85)
    return f"{west},{south},{min(max(lons) + 3, 180)},{min(max(lats) + 3, 85)}"


def _get(client: TestClient, path: str) -> Any:
    answer = client.get(f"{API}/{path}")
    answer.raise_for_status()
    return answer.json()


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), "utf-8")
