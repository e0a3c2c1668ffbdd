"""Find the names of states, groups and bodies in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ...model import VoiceKind
from .data import bodies, countries, nouns

EntryKind = Literal["state", "demonym", "people", "seat", "group", "body"]

_WORD = re.compile(r"\w+")
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name: what it names, and the side that is."""

    kind: EntryKind
    name: str
    side: str
    voice: VoiceKind | None = None
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text; ``foreign`` where it only describes somebody else ("Turkish-backed")."""

    start: int
    end: int
    entry: Entry
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    exact: str | None  # the words as printed, where the case must agree
    entry: Entry
    proper: bool  # whether it is written with a capital


def fold(text: str) -> str:
    """Return ``text`` without accents, in lower case."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("ı", "i")


def adjective(iso: str) -> str | None:
    """Return the adjective of a state as the names of its ministries use it ("Russian", "British")."""
    row = countries().get(iso)
    if row is None:
        return None
    return row.style or (row.demonyms[0] if row.demonyms else None)


def _forms() -> Iterator[tuple[str, Entry]]:
    for iso, country in countries().items():
        named = country.names[0] if country.names else iso
        for name in country.names:
            yield name, Entry("state", named, iso)
        for word in country.demonyms:
            yield word, Entry("demonym", named, iso)
            if word[-1] in "nilkt" and not word.endswith(("sh", "ch")):
                yield word + "s", Entry("people", named, iso)
        for word in country.nouns:
            yield word, Entry("people", named, iso)
        for word in country.seats:
            yield word, Entry("seat", named, iso)
        if country.forces:
            yield country.forces, Entry("body", country.forces, iso, "military")
    for body in bodies():
        kind: EntryKind = "group" if body.kind == "party" else "body"
        entry = Entry(kind, body.name, body.side or body.name, body.kind, body.states)
        for word in (body.name, *body.aliases):
            yield word, entry
        for word in body.also:
            yield word, Entry(kind, word, body.side or word, body.kind, body.states)


@lru_cache(maxsize=1)
def nouns_for() -> dict[str, frozenset[str]]:
    """Return the nouns that mean a body, by its name."""
    return {body.name: frozenset(body.called) for body in bodies() if body.called}


@lru_cache(maxsize=1)
def called() -> dict[tuple[str, str], str]:
    """Return the side that a bare noun means in a report on a state, by state and noun."""
    table: dict[tuple[str, str], str] = {}
    for body in bodies():
        for state in body.states:
            for noun in body.called:
                table.setdefault((state, noun), body.side or body.name)
    return table


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[_Form, ...]]:
    index: dict[str, dict[tuple[tuple[str, ...], str | None], _Form]] = {}
    for text, entry in _forms():
        printed = _WORD.findall(text)
        words = tuple(fold(word) for word in printed)
        ways = [(words, printed)]
        if words[0] == "the" and len(words) > 2:
            ways.append((words[1:], printed[1:]))
        for way, print_ in ways:
            # one word, or an acronym with stops, must be printed as in the file
            strict = len(way) == 1 or (way[0] == "the" and len(way) == 2) or all(len(w) == 1 for w in way)
            exact = " ".join(print_) if strict else None
            index.setdefault(way[0], {})[way, exact] = _Form(way, exact, entry, not text.islower())
    return {
        first: tuple(sorted(forms.values(), key=lambda form: -len(form.words)))
        for first, forms in index.items()
    }


def find(text: str) -> list[Hit]:
    """Return the known names of ``text`` in order, longest first where they overlap.

    Linear in the length of the text: each word is looked up once, and a name has at most a dozen words.
    """
    index = _index()
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    folded = [fold(word) for word, _, _ in words]
    hits = []
    i = 0
    while i < len(words):
        found = None
        for form in index.get(folded[i], ()):
            stop = i + len(form.words)
            if stop > i + 1 and (stop > len(folded) or folded[i + 1] != form.words[1]):
                continue
            if tuple(folded[i:stop]) != form.words or not _joined(text, words[i:stop]):
                continue
            printed = " ".join(word for word, _, _ in words[i:stop])
            if form.exact is not None and _plain(printed).removeprefix("the ").removeprefix("The ") != _plain(
                form.exact
            ).removeprefix("the ").removeprefix("The "):
                continue
            if form.exact is None and form.proper and not any(c.isupper() for c in printed):
                continue
            found = form
            break
        if found is None:
            i += 1
            continue
        stop = i + len(found.words)
        hits.append(Hit(words[i][1], words[stop - 1][2], found.entry, _foreign(text, folded, words, i, stop)))
        i = stop
    return hits


def _plain(text: str) -> str:
    return (
        text
        if text.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    )


def _joined(text: str, words: list[tuple[str, int, int]]) -> bool:
    """Tell whether nothing but a blank, hyphen, stop or apostrophe lies between the words."""
    for (word, _, end), (_, start, _) in pairwise(words):
        gap = text[end:start]
        if len(gap) > 3 or "\n" in gap or any(c not in " -–.'’‘ʼ/&()" for c in gap):
            return False
        if gap == ". " and len(word) > 2:
            return False
    return True


def _foreign(text: str, folded: list[str], words: list[tuple[str, int, int]], i: int, stop: int) -> bool:
    lists = nouns()
    if stop < len(words) and folded[stop] in lists.foreign:
        gap = text[words[stop - 1][2] : words[stop][1]]
        if gap in {"-", "–", " - "}:
            return True
    if i and folded[i - 1] in lists.prefixes:
        return text[words[i - 1][2] : words[i][1]] in {"-", "–"}
    return False
