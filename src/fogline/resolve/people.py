"""The people of one document: each with the full name, side and office that the text gives."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from ..model import Span
from .parties.data import people as known_people
from .parties.lexicon import Hit, fold
from .person_names import covered_tokens, name_ranges
from .roles import is_office, roles

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEFT = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "NUM", "ADP"})
_LINKS = frozenset({"of", "for", "in", "at", "with", "to"})
_REACH = 14
_CANDIDATES = 40


@dataclass(slots=True)
class Person:
    """A person and all mentions of the name; ``offices`` are the descriptions beside it, in order."""

    name: str
    side: str | None = None
    mentions: list[Span] = field(default_factory=list)
    offices: list[Span] = field(default_factory=list)
    hit: Hit | None = None  # the state, group or body of the description
    gender: str | None = None
    private: bool = False  # described by age or trade alone

    @property
    def last(self) -> str:
        """The last word of the name, folded."""
        return fold(self.name.split()[-1])


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[tuple[str, str], ...]]:
    """Well-known people by the first two letters of the folded last name."""
    index: dict[str, list[tuple[str, str]]] = {}
    for side, names in known_people().items():
        for name in names:
            index.setdefault(_last(name)[:1], []).append((name, side))
    return {key: tuple(rows) for key, rows in index.items()}


@lru_cache(maxsize=1)
def _whole() -> dict[str, tuple[str, str]]:
    """Well-known people by their whole name, however it is joined: "Kim Jong-un", "Kim Jong Un"."""
    rows = (row for rows in _known().values() for row in rows)
    return {_unjoined(name): (name, side) for name, side in rows}


def _unjoined(name: str) -> str:
    return fold(name).replace("-", " ")


def _last(name: str) -> str:
    words = [w for w in name.split() if w.rstrip(".") not in {"Jr", "Sr", "II", "III", "IV"}]
    return fold(words[-1]).removeprefix("al-").removeprefix("el-")


def alike(a: str, b: str) -> bool:
    """Tell whether two folded names are one name spelt in two ways.

    Up to a quarter of the letters may differ (insertions, deletions, changes, swapped neighbours; the
    optimal string alignment distance), none in names shorter than five letters, and the first letter
    must agree.
    """
    if a == b:
        return True
    longest = max(len(a), len(b))
    if longest < 5 or a[:1] != b[:1]:
        return False
    return OSA.distance(a, b, score_cutoff=longest // 4) <= longest // 4


def well_known(name: str, sides: Counter[str]) -> tuple[str, str] | None:
    """Return full name and side of the well-known person that ``name`` means, None where unsure.

    A last name alone is enough where the document speaks of that person's side.
    """
    words = name.split()
    if len(words) > 1 and (told := _whole().get(_unjoined(name))) is not None:
        return told
    last = _last(name)
    rows = [row for row in _known().get(last[:1], ()) if alike(_last(row[0]), last)]
    if len(words) > 1:
        first = fold(words[0])
        rows = [row for row in rows if alike(fold(row[0].split()[0]), first) or fold(row[0]) == fold(name)]
    else:
        rows = [row for row in rows if sides[row[1]] and (_last(row[0]) == last or len(last) >= 6)]
    exact = [row for row in rows if _last(row[0]) == last]
    best = exact or rows
    return max(best, key=lambda row: sides[row[1]]) if best else None


class People:
    """Find the people of a document and bring the spellings of one name together.

    Args:
        doc: the parse.
        hits: the known names of states, groups and bodies in its text.
    """

    def __init__(self, doc: Doc, hits: Sequence[Hit]) -> None:
        self._doc = doc
        self._text = doc.text  # spaCy joins the document anew each time
        self._hits = hits
        self._sides = Counter(hit.entry.side for hit in hits)
        self.people: list[Person] = []
        self._by_letter: dict[str, list[Person]] = {}
        for first, last in name_ranges(doc, covered_tokens(doc, hits)):
            self._add(first, last)
        self._missed()
        for person in self.people:
            person.mentions.sort()
            person.offices.sort()
            self._settle(person)

    @cached_property
    def _in_order(self) -> tuple[list[int], list[tuple[Span, Person]]]:
        rows = sorted(self._pairs(), key=lambda row: row[0])
        return [mention.start for mention, _ in rows], rows

    def _pairs(self) -> Iterator[tuple[Span, Person]]:
        for person in self.people:
            for mention in person.mentions:
                yield mention, person

    def before(self, offset: int, most: int) -> list[tuple[Span, Person]]:
        """Return the last mentions of people that begin before ``offset``, at most ``most``."""
        starts, rows = self._in_order
        stop = bisect_left(starts, offset)
        return rows[max(0, stop - most) : stop]

    def within(self, span: Span) -> list[tuple[Span, Person]]:
        """Return the mentions of people that lie in ``span``, in order."""
        starts, rows = self._in_order
        near = rows[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        return [(mention, person) for mention, person in near if span.covers(mention)]

    def named(self, name: str) -> Person | None:
        """Return the person of the document that a name means."""
        words = [fold(word) for word in name.split()]
        fits = [person for person in self.people if _fits(words, [fold(w) for w in person.name.split()])]
        return max(fits, key=lambda person: len(person.mentions)) if fits else None

    def _missed(self) -> None:
        """Add the later mentions by last name that no tagger saw."""
        inside = {i for p in self.people for m in p.mentions for i in range(m.start, m.end)}
        covered = covered_tokens(self._doc, self._hits)
        for token in self._doc:
            named = token.pos_ == "PROPN" or (token.text[:1].isupper() and len(token) > 6)
            if not named or len(token) < 5 or covered[token.i] or token.idx in inside:
                continue
            word = fold(token.text)
            for person in self._by_letter.get(word[:1], [])[-_CANDIDATES:]:
                if len(person.name.split()) > 1 and alike(word, person.last):
                    person.mentions.append(Span(token.idx, token.idx + len(token)))
                    break

    def _add(self, first: int, last: int) -> None:
        doc = self._doc
        span = Span(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
        name = " ".join(span.of(self._text).split())
        words = [fold(word) for word in name.split()]
        person = None
        letter = words[-1][:1]
        for candidate in reversed(self._by_letter.get(letter, [])[-_CANDIDATES:]):
            if _fits(words, [fold(word) for word in candidate.name.split()]):
                person = candidate
                break
        if person is None:
            person = Person(name)
            self.people.append(person)
            for first_letter in {word[:1] for word in words}:
                self._by_letter.setdefault(first_letter, []).append(person)
        elif len(name.split()) > len(person.name.split()):
            person.name = name
        person.mentions.append(span)
        before, after = self._before(first), self._after(last)
        if before is not None:
            person.offices.append(before)
            start = doc.char_span(before.start, before.end, alignment_mode="expand")
            if start is not None and start.start and doc[start.start - 1].text == ",":
                further = self._before(start.start)  # "the army's spokesman, Major General Ana Gil"
                if further is not None:
                    person.offices.append(further)
        if after is not None:
            person.offices.append(after[0])
            person.private = person.private or after[1]

    def _before(self, first: int) -> Span | None:
        """Return the description before a name: "Russian Defence Ministry spokesman"."""
        doc = self._doc
        i = first - 1
        if i >= 0 and doc[i].text == "," and not doc[first].is_sent_start:
            i -= 1
        stop = i + 1
        link = None
        while i >= 0 and stop - i <= _REACH:
            token = doc[i]
            if (token.pos_ not in _LEFT and token.text not in {"-", "&", "’s", "'s"}) or token.is_space:
                break
            if token.pos_ == "ADP":
                if token.lower_ not in _LINKS:
                    break
                link = i
            i -= 1
            if token.is_sent_start:
                break
        start = i + 1
        if link is not None and not any(is_office(doc[j]) for j in range(start, link)):
            start = link + 1
        if start >= stop:
            return None
        if not any(is_office(doc[j]) for j in range(start, stop)) and stop != first:
            return None
        span = Span(doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1]))
        if any(is_office(doc[j]) for j in range(start, stop)):
            return span
        hit = self._hit(Span(doc[stop - 1].idx - 25, span.end))
        return (
            Span(hit.start, hit.end) if hit is not None and span.end - hit.end <= 2 and link is None else None
        )

    def _after(self, last: int) -> tuple[Span, bool] | None:
        """Return the description behind a name, and whether it is a private person's.

        ", a spokesman for the ministry", ", who leads the brigade", "of the UNHCR" tell an office;
        ", 31," and ", a hotel cook," a private person.
        """
        doc = self._doc
        if last >= len(doc) - 2 or doc[last].is_sent_start or doc[last + 1].is_sent_start:
            return None
        mark, first = doc[last], doc[last + 1]
        start = last + 1
        if mark.lower_ in {"of", "for"}:
            start = last
        elif mark.text not in {",", "("}:
            return None
        leads = first.lower_ == "who" and doc[min(start + 1, len(doc) - 1)].lemma_ in roles().leading
        stop = start + 2 if leads else start
        while stop < len(doc) and stop - start < _REACH and not doc[stop].is_sent_start:
            token = doc[stop]
            if token.text in {",", ")", ";", ".", ":", "–", "—"} or token.is_space or token.is_quote:
                break
            if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound"}:
                break
            stop += 1
        if start >= stop:
            return None
        span = Span(doc[start].idx, doc[stop - 1].idx + len(doc[stop - 1]))
        if any(is_office(doc[j]) for j in range(start, stop)):
            return span, False
        if leads or (
            (mark.lower_ in {"of", "for"} or first.lower_ in {"of", "for"}) and self._hit(span) is not None
        ):
            return span, False
        if mark.text == "," and ((first.text.isdigit() and len(first) == 2) or first.lower_ in {"a", "an"}):
            return span, self._hit(span) is None
        return None

    def _hit(self, span: Span) -> Hit | None:
        for hit in self._hits[self._first_hit(span.start) :]:
            if span.start <= hit.start and hit.end <= span.end and not hit.foreign:
                return hit
            if hit.start >= span.end:
                break
        return None

    def _first_hit(self, start: int) -> int:
        return bisect_left(self._hits, start, key=lambda hit: hit.start)

    def _settle(self, person: Person) -> None:
        """Work out name, side and gender from all mentions."""
        doc = self._doc
        known = well_known(person.name, self._sides)
        for office in person.offices:
            person.hit = person.hit or self._hit(office)
            words = {
                token.lower_
                for token in doc.char_span(office.start, office.end, alignment_mode="expand") or ()
            }
            for gender in ("he", "she"):
                if words & roles().offices[gender]:
                    person.gender = person.gender or gender
        if person.hit is not None:
            person.side = person.hit.entry.side
        if known is not None and (person.side in (None, known[1]) or len(person.name.split()) > 1):
            person.name, person.side = known
        if person.name.split():
            person.gender = person.gender or self._title_gender(person)

    def _title_gender(self, person: Person) -> str | None:
        for mention in person.mentions:
            before = self._text[max(0, mention.start - 5) : mention.start].split()
            if before:
                word = before[-1].rstrip(".")
                if word in {"Mr", "Sir", "Lord"}:
                    return "he"
                if word in {"Mrs", "Ms", "Miss", "Dame"}:
                    return "she"
        return None


def _fits(words: list[str], name: list[str]) -> bool:
    """Tell whether a mention may mean the person of a name, both as folded words."""
    short, long = (words, name) if len(words) <= len(name) else (name, words)
    if len(short) == 1:
        return alike(short[0], long[-1]) or (len(long) <= 4 and len(short[0]) > 3 and short[0] in long)
    if not alike(short[-1], long[-1]) and short[-1] not in long:
        return False
    return (
        alike(short[0], long[0])
        or short[0] in long
        or (len(short[0].rstrip(".")) == 1 and long[0][0] == short[0][0])
    )
