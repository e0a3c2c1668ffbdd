"""The places that a claim may be about, with what speaks for each.

A claim's place stands in its clause, or its sentence or the sentence before gives it, or it is where the
report has been all along. Each place of the document up to the claim's sentence is a candidate; its
features are told from the parse, and their weights (``claim_places.json``) learned by
``training/claim_places.py``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..extract.parse import Parse
from ..extract.place_words import place_words
from ..model import EventType, PlaceMention, Span
from .claim_anaphors import Anaphor, claim_words
from .claim_settings import setting_of
from .gazetteer import kilometres
from .parties.lexicon import find
from .places import probability_of

FEATURES = (
    "bias",
    "in evidence",
    "in evidence, first",
    "in sentence before",
    "in sentence after",
    "sentence before",
    "two before",
    "farther",  # logarithm of the distance in sentences
    "nearest before",  # the last place named before the clause
    "only source",  # nothing nearer: outside the clause, and the clause names no place
    "clause has better",  # outside the clause, and the clause names a place
    "share",  # of the document's mentions
    "share so far",  # of the mentions before the clause
    "in title",  # the report's title names it, and it is a settlement or point
    "most named",
    "first named",
    "settled",  # settlement or point
    "region",
    "country",
    "area",
    "associative",
    "governed",  # stands after a preposition of place
    "subject",  # does or says something
    "possessor",  # "Kharkiv's"
    "holds another",  # another candidate as near lies in it
    "anaphor settlement",  # the clause says "the city", and it is the last such place
    "anaphor region",
    "anaphor country",
    "anaphor any",
    "same paragraph",
    "score",
    "capital",  # is a capital, which often stands for a government
    "later",  # named only after the sentence
    "at",  # stands after "in", "near", "outside"…
    "way",  # stands after "from", "into"…, or is what is entered, left or held
    "country told",  # is a country that the clause puts something in or sends it to, naming no place there
    "alone in evidence",  # is the clause's only place
    "fronted",  # opens its sentence ("In Homs, …")
    "opens paragraph",  # is the first place of the clause's paragraph
    "teller",  # only says where somebody speaks
    "second before",  # the last place but one named before the clause
    "characters",  # logarithm of the distance in hundreds of characters
    "paragraphs",  # logarithm of the distance in paragraphs
    "lead",  # named in the first lines
    "width",  # logarithm of the radius in km
    "talks",  # the claim is of talks, treaties, aid: what need not be anywhere
    "moves",  # of people or forces that go somewhere
    "toll",  # of people killed, held or abused
    "holds",  # of who has a place
    "strikes",  # of blows and damage
    "of the country",  # share of the report's places that lie in its country
    "anaphor elsewhere",  # the clause says "the city", and it is the settlement named most, not last
)


_NAME_BEHIND = re.compile(r"(?: [A-Z][\w'’]+){1,3}")  # the words of a name that goes on behind a place
_LEAD = 400  # characters of a report's first lines
_KINDS = ("talks", "moves", "toll", "holds", "strikes")
_SENSES = frozenset({"literal", "associative"})
_SETTLED = frozenset({"settlement", "point", "near"})
_WINDOW = 50  # characters on either side of a place that may be of a name it stands in


@dataclass(frozen=True, slots=True)
class ClaimCandidate:
    """A place and its mention nearest to the claim."""

    mention: PlaceMention
    inside: bool
    features: tuple[float, ...]


def claim_candidates(
    parse: Parse,
    sentence: Span,
    evidence: Span,
    mentions: Sequence[PlaceMention],
    anaphors: Sequence[Anaphor],
    *,
    event: EventType,
) -> list[ClaimCandidate]:
    """Return the candidates of a claim with their features, in the order of the document.

    Args:
        parse: the document.
        sentence: the claim's sentence.
        evidence: the claim's clause.
        mentions: the document's place names.
        anaphors: what words of the clause refer back to.
        event: the claim's type.
    """
    text = parse.document.text
    usable = [m for m in mentions if m.lat is not None and (m.kind in _SENSES or _land(text, m))]
    usable = [m for m in usable if not (_filed_from(m) or _follows(text, m, "measured"))]
    usable = [m for m in usable if not _lends_its_name(text, m)]
    usable = [m for m in usable if _overlaps(m, evidence) or not _follows(text, m, "seats")]
    told = {m.country for m in usable if m.precision == "country" and _puts_within(text, m, evidence)}
    usable = [m for m in usable if not told or m.country in told or _overlaps(m, evidence)]
    if not usable:
        return []
    nearest: dict[tuple[float, float], PlaceMention] = {}
    count: Counter[tuple[float, float]] = Counter(map(_key, usable))
    lands: Counter[str | None] = Counter(m.country for m in usable)
    so_far: Counter[tuple[float, float]] = Counter(_key(m) for m in usable if m.end <= evidence.start)
    title = parse.document.title or ""
    for m in usable:
        key = _key(m)
        old = nearest.get(key)
        if old is None or _rank(m, sentence, evidence) < _rank(old, sentence, evidence):
            nearest[key] = m
    sentence_of = _SentenceNumbers(parse)
    here = sentence_of(evidence.start)
    named = [m for m in nearest.values() if _overlaps(m, evidence)]
    before = max(
        (m for m in nearest.values() if m.end <= evidence.start), key=lambda m: m.start, default=None
    )
    second = max(
        (m for m in nearest.values() if before is not None and m.start < before.start),
        key=lambda m: m.start,
        default=None,
    )
    kind = tuple(float(event in claim_words()["events"][name]) for name in _KINDS)
    most = max(count.values())
    most_settled = max((count[_key(m)] for m in nearest.values() if m.precision in _SETTLED), default=0)
    asked = {a.kind for a in anaphors}
    paragraph = text.rfind("\n", 0, evidence.start) + 1
    opening = next((m for m in nearest.values() if paragraph <= m.start < evidence.start), None)
    rows = []
    for number, (key, m) in enumerate(nearest.items()):
        distance = max(0, here - sentence_of(m.start))
        inside = _overlaps(m, evidence)
        in_sentence = sentence.start <= m.start < sentence.end
        later = m.start >= sentence.end
        rivals = [
            o
            for o in nearest.values()
            if o is not m
            and sentence_of(o.start) == sentence_of(m.start)
            and _overlaps(o, evidence) == inside
        ]
        setting = setting_of(parse, m)
        settled = m.precision in _SETTLED
        anaphor = {a.kind for a in anaphors if a.target is not None and _key(a.target) == key}
        rows.append(
            ClaimCandidate(
                m,
                inside,
                (
                    1.0,
                    float(inside),
                    float(inside and m is min(named, key=lambda o: o.start)),
                    float(in_sentence and not inside and m.start < evidence.start),
                    float(in_sentence and not inside and m.start >= evidence.end),
                    float(distance == 1 and not later),
                    float(distance == 2 and not later),
                    math.log1p(distance) if not later else 2.0,
                    float(m is before),
                    float(not inside and not named),
                    float(not inside and bool(named)),
                    count[key] / len(usable),
                    so_far[key] / max(1, so_far.total()),
                    float(settled and _titled(m, title)),
                    float(count[key] == most),
                    float(number == 0),
                    float(settled),
                    float(m.precision in {"region", "district"}),
                    float(m.precision == "country"),
                    float(m.precision == "area"),
                    float(m.kind == "associative"),
                    float(setting.governed),
                    float(setting.subject),
                    float(parse.document.text[m.end : m.end + 2] in {"'s", "’s"}),
                    float(any(_contains(m, o) for o in rivals)),
                    float("settlement" in anaphor),
                    float("region" in anaphor),
                    float("country" in anaphor),
                    float("any" in anaphor),
                    float(
                        "\n"
                        not in parse.document.text[min(m.end, evidence.start) : max(m.start, evidence.start)]
                    ),
                    probability_of(m.score),
                    float(m.feature == "PPLC"),
                    float(later),
                    float(setting.at),
                    float(setting.way),
                    float(
                        inside
                        and m.precision == "country"
                        and (setting.at or setting.way)
                        and not any(_contains(m, o) for o in named if o is not m)
                    ),
                    float(inside and len(named) == 1),
                    float(setting.fronted and not inside),
                    float(m is opening),
                    float(setting.teller),
                    float(m is second),
                    math.log1p(abs(evidence.start - m.start) / 100),
                    math.log1p(text.count("\n", min(m.start, evidence.start), max(m.start, evidence.start))),
                    float(m.start < _LEAD),
                    math.log10(1 + (m.radius_km or 0.0)),
                    *kind,
                    lands[m.country] / len(usable),
                    float(
                        settled
                        and count[key] == most_settled
                        and "settlement" in asked
                        and "settlement" not in anaphor
                    ),
                ),
            )
        )
    return rows


def point_of(m: PlaceMention) -> tuple[float, float]:
    """Return where a placed mention is (WGS 84 degrees): of one side of a region that side's middle."""
    if m.relative is not None and m.relative.shape == "part":
        return m.relative.lat, m.relative.lon
    return m.lat or 0.0, m.lon or 0.0


def _land(text: str, m: PlaceMention) -> bool:
    """Tell whether a people's name tells a place ("on Romanian soil", "in Lebanese airspace")."""
    after = text[m.end : m.end + 20].casefold().split()
    return m.kind == "demonym" and bool(after) and after[0].strip('.,;:!?"”’') in claim_words()["land"]


def _titled(m: PlaceMention, title: str) -> bool:
    """Tell whether a report's title names a place, with or without "City" and the like."""
    bare = " ".join(w for w in m.text.split() if w.lower() not in place_words().features)
    return any(name and name in title for name in (m.text, bare, m.name))


def _filed_from(m: PlaceMention) -> bool:
    """Tell whether a mention is the capital of a dateline ("KYIV, 9 September"), where the reporter sits."""
    return m.feature == "PPLC" and len(m.text) > 3 and m.text.isupper() and m.start < _LEAD


def _follows(text: str, m: PlaceMention, kind: str) -> bool:
    """Tell whether words of a kind lead up to a place: "twice the size of Wales", "based in Coventry"."""
    before = text[max(0, m.start - 40) : m.start].casefold().split()
    if before and before[-1] == "the":
        before.pop()
    return any(before[-len(words) :] == words for words in map(str.split, claim_words()[kind]))


def _puts_within(text: str, m: PlaceMention, evidence: Span) -> bool:
    """Tell whether a clause puts what it tells within a country: "an insurgency inside Turkey"."""
    return _overlaps(m, evidence) and m.kind == "literal" and _follows(text, m, "within")


def _lends_its_name(text: str, m: PlaceMention) -> bool:
    """Tell whether a place only gives a paper, a force or a group its name: "the Arakan Army"."""
    if m.kind == "associative" and _in_a_groups_name(
        text[max(0, m.start - _WINDOW) : m.end + _WINDOW], m.text
    ):
        return True
    behind = _NAME_BEHIND.match(text, m.end)
    return behind is not None and any(word in claim_words()["namesakes"] for word in behind[0].split())


@lru_cache(maxsize=1024)
def _in_a_groups_name(around: str, place: str) -> bool:
    """Tell whether the words around a place are a group's name that it stands in ("Tahrir al-Sham")."""
    return any(
        hit.entry.kind == "group" and place in around[hit.start : hit.end] != place for hit in find(around)
    )


class _SentenceNumbers:
    """The number of the sentence at an offset."""

    def __init__(self, parse: Parse) -> None:
        from bisect import bisect_right

        self._starts = [s.start for s in parse.sentences]
        self._bisect = bisect_right

    def __call__(self, offset: int) -> int:
        return self._bisect(self._starts, offset) - 1


def _key(m: PlaceMention) -> tuple[float, float]:
    return round(m.lat or 0.0, 2), round(m.lon or 0.0, 2)


def _overlaps(m: PlaceMention, span: Span) -> bool:
    return m.start < span.end and span.start < m.end


def _rank(m: PlaceMention, sentence: Span, evidence: Span) -> tuple[int, int]:
    """Order the mentions of one place: in the clause, in the sentence, before it, after it."""
    if _overlaps(m, evidence):
        return 0, m.start
    if sentence.start <= m.start < sentence.end:
        return 1, abs(m.start - evidence.start)
    if m.start < sentence.start:
        return 2, sentence.start - m.start
    return 3, m.start


def _contains(outer: PlaceMention, inner: PlaceMention) -> bool:
    """Tell whether one place holds the other and is much the larger."""
    if outer.lat is None or outer.lon is None or inner.lat is None or inner.lon is None:
        return False
    wide, narrow = outer.radius_km or 0.0, inner.radius_km or 0.0
    if wide < 2 * narrow or outer.precision in {"settlement", "point"}:
        return False
    if outer.precision == "country":
        return outer.country == inner.country
    return kilometres(outer.lat, outer.lon, inner.lat, inner.lon) <= wide * 1.4 + 10
