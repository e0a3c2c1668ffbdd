"""The names of one document: states, groups, bodies and people, by token."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ..gazetteer import open_gazetteer
from ..people import People, Person
from .data import countries
from .lexicon import Entry, Hit, find, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...extract.parse import Parse

_PEACE = frozenset({"United Nations", "African Union", "ECOWAS", "NATO", "OSCE", "European Union"})
_NAME = r"[A-Z][\w'’&.-]*"
_DEFINED = re.compile(
    rf"(?<![\w&.-])(?<!\w['’])"
    rf"({_NAME}(?:[ \u00a0](?:of|for|the|and|in|on|to|de|des|al|el)(?= )|[ \u00a0]{_NAME}){{1,9}})"
    r"\s?\(([A-Z][\w/-]{1,11})\)"
)
_BRACKET = re.compile(r"\s?\((?:the )?([A-Z][\w/-]{1,11})(?:[;,][^()\n]{0,60})?\)")


def definitions(text: str) -> dict[str, str]:
    """Return the full names of the acronyms that a text defines: "Front for Change (FC)"."""
    found = {}
    for match in _DEFINED.finditer(text):
        words, acronym = match.group(1).split(), match.group(2)
        letters = [c for c in acronym if c.isupper()]
        starts = [i for i, word in enumerate(words) if word[0].isupper() and word[0] == letters[0]]
        for i in starts:
            initials = [part[0] for word in words[i:] for part in word.split("-") if part[:1].isupper()]
            if len(initials) <= len(letters) + 2 and sum(
                a == b for a, b in zip(initials, letters, strict=False)
            ) >= min(2, len(letters)):
                found[acronym] = " ".join(words[i:]).removeprefix("The ")
                break
    return found


class Names:
    """Find every name of a document once.

    Args:
        parse: the parsed document.
    """

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.doc: Doc = parse.doc
        self.text = parse.document.text
        self.defined = definitions(self.text)
        self.hits = [self._dated(hit) for hit in self._with_local(find(self.text))]
        self.people = People(self.doc, self.hits)
        self.hit_at: dict[int, Hit] = {}
        self.person_at: dict[int, Person] = {}
        self._place()

    def _with_local(self, hits: list[Hit]) -> list[Hit]:
        """Add the names that the document itself explains: "al-Shabaab (AS)", "Front for Change (FC)"."""
        local: dict[str, Entry] = {}
        for hit in hits:
            if hit.entry.kind in {"group", "body"}:
                match = _BRACKET.match(self.text, hit.end)
                if match and not find(match.group(1)):
                    local[match.group(1)] = hit.entry
        for acronym, name in self.defined.items():
            if (
                acronym not in local
                and not find(acronym)
                and not any(hit.entry.kind in {"group", "body"} for hit in find(name))
            ):
                local[acronym] = local[name] = Entry("group", name, name)
        if not local:
            return hits
        words = sorted(local, key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
        taken = bytearray(len(self.text))
        for hit in hits:
            if hit.entry.kind in {"group", "body"}:
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        extra = []
        for match in pattern.finditer(self.text):
            if not any(taken[match.start() : match.end()]):
                extra.append(Hit(match.start(), match.end(), local[match.group()]))
        inside = bytearray(len(self.text))
        for hit in extra:
            inside[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        kept = [hit for hit in hits if not all(inside[hit.start : hit.end])]
        return sorted([*kept, *extra], key=lambda hit: hit.start)

    def _dated(self, hit: Hit) -> Hit:
        """Give a state of today the state it was part of when the report came out."""
        row = countries().get(hit.entry.side)
        if row is None or row.before is None:
            return hit
        published = self.parse.document.published
        if published is None or published >= date(row.before.year, 1, 1):
            return hit
        whole = countries()[row.before.state]
        entry = Entry(hit.entry.kind, whole.names[0], row.before.state, hit.entry.voice)
        return Hit(hit.start, hit.end, entry, hit.foreign)

    def _place(self) -> None:
        """Map tokens to the names that cover them."""
        rows: list[tuple[int, int, Hit | Person]] = [(hit.start, hit.end, hit) for hit in self.hits]
        rows += [(m.start, m.end, person) for person in self.people.people for m in person.mentions]
        rows.sort(key=lambda row: row[0])
        doc, i = self.doc, 0
        for start, end, named in rows:
            while i < len(doc) and doc[i].idx + len(doc[i]) <= start:
                i += 1
            j = i
            while j < len(doc) and doc[j].idx < end:
                if isinstance(named, Hit):
                    self.hit_at[j] = named
                else:
                    self.person_at[j] = named
                j += 1

    @cached_property
    def entity_at(self) -> dict[int, str]:
        """The words of the organisation or people over each token."""
        return {
            i: ent.text
            for ent in self.doc.ents
            if ent.label_ in {"ORG", "NORP"}
            for i in range(ent.start, ent.end)
        }

    @cached_property
    def hit_words(self) -> list[tuple[Hit, frozenset[str]]]:
        """The groups and bodies named, each with the words of its name, folded."""
        return [
            (
                hit,
                frozenset(
                    fold(f"{hit.entry.name} {self.text[hit.start : hit.end]}").replace("-", " ").split()
                ),
            )
            for hit in self.hits
            if hit.entry.kind in {"group", "body"} and not hit.foreign
        ]

    def name_at(self, i: int) -> Hit | None:
        """Return the name over token ``i`` that stands for its bearer ("Turkish-backed" does not)."""
        hit = self.hit_at.get(i)
        return hit if hit is not None and not hit.foreign else None

    @cached_property
    def weights(self) -> Counter[str]:
        """How much the document speaks of each state, in tenths; the beginning counts more."""
        count: Counter[str] = Counter()
        early = 0.2 * max(1, len(self.text))
        for hit in self.hits:
            weight = 15 if hit.start < early else 10
            if hit.entry.kind in {"state", "demonym", "people"}:
                count[hit.entry.side] += weight
            elif hit.entry.kind == "seat":
                count[hit.entry.side] += int(0.6 * weight)
            else:
                states = hit.entry.states[:2]
                for state in states:
                    count[state] += int(0.6 * weight / len(states))
        return count

    @cached_property
    def home(self) -> str | None:
        """The state that the document is mostly about, None where no state is named."""
        return max(self.weights, key=lambda iso: self.weights[iso]) if self.weights else None

    @cached_property
    def ground(self) -> str | None:
        """The state where most towns of the document lie; the home of one without towns.

        A report on an invasion may speak more of the invader; the mayor of "the town" is not his.
        """
        towns = {ent.text for ent in self.doc.ents if ent.label_ == "GPE" and ent.start not in self.hit_at}
        count: Counter[str] = Counter()
        for town in towns:
            states = [place.country for place in open_gazetteer().look_up(town) if place.country]
            count.update(states[:1])
        return max(count, key=lambda iso: (count[iso], self.weights[iso])) if count else self.home

    @cached_property
    def peacekeepers(self) -> str:
        """The body whose peacekeepers the document means: the United Nations unless only another is named."""
        named = [hit.entry.side for hit in self.hits if hit.entry.side in _PEACE]
        return named[-1] if named and "United Nations" not in named else "United Nations"

    @cached_property
    def groups(self) -> Counter[str]:
        """How often each group that is no state is named."""
        return Counter(
            hit.entry.side
            for hit in self.hits
            if hit.entry.kind == "group" and not hit.foreign and not is_state(hit.entry.side)
        )


def is_state(side: str | None) -> bool:
    """Tell whether a side is a state (ISO 3166 alpha-3, or its name where the code means civilians)."""
    return side is not None and side in countries()
