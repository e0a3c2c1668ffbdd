"""The cues as data: which words put content into whose mouth, and what they take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from ...errors import DataError

CueKind = Literal["saying", "thinking", "intending", "perceiving", "showing", "judging"]
_KINDS = frozenset({"saying", "thinking", "intending", "perceiving", "showing", "judging"})


@dataclass(frozen=True, slots=True)
class Cue:
    """What one word takes as content, and what it says about its source's commitment."""

    kind: CueKind
    frames: frozenset[str] = frozenset()
    preps: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()
    hedge: bool = False
    denies: bool = False
    vouches: bool = True
    raising: bool = False
    needs_that: bool = False
    required: bool = False

    def joined(self, other: Cue) -> Cue:
        """Return one cue that takes what either takes; the first one's kind stands."""
        return Cue(
            self.kind,
            self.frames | other.frames,
            self.preps | other.preps,
            self.tail | other.tail,
            self.hedge or other.hedge,
            self.denies or other.denies,
            self.vouches or other.vouches,
            self.raising or other.raising,
            self.needs_that or other.needs_that,
            self.required or other.required,
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every cue that is known, by part of speech."""

    verbs: dict[str, Cue]
    phrasal: dict[tuple[str, str], Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    prepositions: dict[str, tuple[tuple[str, ...], ...]]  # by first word, longest first
    views: frozenset[str]
    adverbs: frozenset[str]
    citing: frozenset[str]
    media_words: frozenset[str]
    media_names: frozenset[str]
    pictures: frozenset[str]
    publishing: frozenset[str]
    tolls: frozenset[str]
    attitudes: dict[str, str]  # the reporter's, by the cue's lemma
    gatherers: frozenset[str]
    no_sources: frozenset[str]
    things: frozenset[str]
    speaking: frozenset[str]
    by_wire: frozenset[str]


def _cue(row: dict[str, Any]) -> Cue:
    if row.get("kind") not in _KINDS:
        raise DataError(
            f"The cue group {row!r} has no known kind. Give it one of {sorted(_KINDS)} in cues.yml."
        )
    return Cue(
        kind=row["kind"],
        frames=frozenset(row.get("frames", ())),
        preps=frozenset(row.get("preps", ())),
        tail=frozenset(row.get("tail", ())),
        hedge=bool(row.get("hedge", False)),
        denies=bool(row.get("denies", False)),
        vouches=bool(row.get("vouches", True)),
        raising=bool(row.get("raising", False)),
        needs_that=bool(row.get("needs_that", False)),
        required=bool(row.get("required", False)),
    )


def _table(rows: list[dict[str, Any]]) -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for row in rows:
        cue = _cue(row)
        for lemma in row["lemmas"]:
            table[lemma] = table[lemma].joined(cue) if lemma in table else cue
    return table


def _by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append(words)
    return {first: tuple(rest) for first, rest in table.items()}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the cues once.

    Raises:
        DataError: a group of the data file is wrong.
    """
    import yaml

    text = resources.files(__package__).joinpath("cues.yml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Lexicon(
        verbs=_table(data["verbs"]),
        phrasal={(row["verb"], row["particle"]): _cue(row) for row in data["phrasal"]},
        nouns=_table(data["nouns"]),
        adjectives=_table(data["adjectives"]),
        prepositions=_by_first_word(data["prepositions"]),
        views=frozenset(data["views"]),
        adverbs=frozenset(data["adverbs"]),
        citing=frozenset(data["citing"]),
        media_words=frozenset(data["media_words"]),
        media_names=frozenset(name.replace("-", " ") for name in data["media_names"]),
        pictures=frozenset(data["pictures"]),
        publishing=frozenset(data["publishing"]),
        tolls=frozenset(data["tolls"]),
        attitudes={lemma: name for name, lemmas in data["attitudes"].items() for lemma in lemmas},
        gatherers=frozenset(data["gatherers"]),
        no_sources=frozenset(data["no_sources"]),
        things=frozenset(data["things"]),
        speaking=frozenset(data["speaking"]),
        by_wire=frozenset(data["by_wire"]),
    )
