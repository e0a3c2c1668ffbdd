"""Place what lies within a town: names of no known place, and streets called after far-off towns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from ..extract.place_words import place_words
from ..model import PlaceMention
from .gazetteer import kilometres
from .roles import private_words

_SURE = 0.5  # score from which a place may stand for what lies beside it
_THEATRE = 0.15  # share of a document's places from which their country is one that it is about
_BESIDE = 300  # characters after a town's name within which a name of no known place lies in it
_BEYOND = 40.0  # km from the town where a report is, from which a quarter of it is another town's namesake
_RADIUS = 25.0
_DATELINE = 120  # characters within which a name in capitals is where the reporter sits


def placed_within(text: str, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Place at the settlement named before what the gazetteer does not know, and parts of it, with doubt.

    "The Jadida quarter" of Mosul is no town in Morocco, and "Tripoli Street" in Misrata is not in Tripoli:
    a quarter, street or hospital with the name of a place far from the town where the report is lies in
    that town. "Tskhinvali hospital" is Tskhinvali's, where that is a town of the report's own countries,
    and "the Vovchansk Aggregate Plant" is in Vovchansk wherever the report names that.
    """
    placed = []
    last: PlaceMention | None = None
    named = Counter(m.country for m in mentions if m.country and m.score >= _SURE)
    home = {c for c, n in named.items() if n >= _THEATRE * named.total()}
    towns = {m.text: m for m in mentions if m.precision == "settlement" and m.country in home}
    for mention in mentions:
        word = _part_word(text, mention)
        sure = mention.country in home and mention.score >= _SURE
        part = word is not None and not (sure and word.islower())
        if (
            mention.lat is not None
            and sure
            and mention.precision in {"settlement", "near"}
            and mention.kind == "literal"
            and not part
            and not _origin(text, mention)
        ):
            last = mention
        bearer = _town_in(mention.text, towns) if mention.lat is None else None
        if bearer is not None:
            mention = _around(mention, bearer, f"Called after {bearer.name}, which the report names.")
        elif last is not None and part and (mention.lat is None or _far(mention, last)):
            mention = _around(mention, last, f"A part of {last.name}, which is named before.")
        elif (
            mention.lat is None
            and not any(a.country in home for a in mention.alternatives)
            and last is not None
            and mention.start - last.end < _BESIDE
            and not (last.text.isupper() and last.start < _DATELINE)
        ):
            known = "known in these countries" if mention.alternatives else "in the gazetteer"
            why = f"Not {known}; taken to be around {last.name}, which is named just before."
            mention = _around(mention, last, why)
        placed.append(mention)
    return placed


def _origin(text: str, mention: PlaceMention) -> bool:
    """Tell whether a place only says where somebody comes from: "an engineer from Farah"."""
    before = text[max(0, mention.start - 40) : mention.start].lower().split()
    return len(before) > 1 and before[-1] == "from" and private_words(before[-2:-1], head=before[-2])


def _town_in(name: str, towns: Mapping[str, PlaceMention]) -> PlaceMention | None:
    """Return the town that a longer name begins with: Vovchansk for "Vovchansk Aggregate Plant"."""
    words = name.removeprefix("the ").split()
    begun = (towns.get(" ".join(words[:n])) for n in range(len(words) - 1, 0, -1))
    return next((town for town in begun if town is not None), None)


def _around(mention: PlaceMention, town: PlaceMention, why: str) -> PlaceMention:
    return PlaceMention(
        text=mention.text, start=mention.start, end=mention.end, kind=mention.kind, name=mention.text,
        country=town.country, lat=town.lat, lon=town.lon, precision="near", radius_km=_RADIUS,
        score=round(0.5 * town.score, 4), reason=why,
    )  # fmt: skip


@cache
def _parts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted(place_words().within))
    before, behind = rf"\b(?:{words})$", rf"\s{{1,3}}(?:{words})\b"
    return re.compile(before, re.IGNORECASE), re.compile(behind, re.IGNORECASE)


def _part_word(text: str, mention: PlaceMention) -> str | None:
    """Return the word by which a name is that of a street, a quarter or a house of a town."""
    within, after = _parts()
    if mention.kind not in {"literal", "associative"} or mention.precision in {"country", "region"}:
        return None
    word = within.search(mention.text) or after.match(text, mention.end)
    return word.group().strip() if word else None


def _far(mention: PlaceMention, town: PlaceMention) -> bool:
    if mention.lat is None or mention.lon is None or town.lat is None or town.lon is None:
        return False
    return kilometres(mention.lat, mention.lon, town.lat, town.lon) > _BEYOND
