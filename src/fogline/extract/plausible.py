"""Tell how sure a claim is once its clause is parsed, and leave out what is not.

The reader's score knows the words that it marked and little of how they hang together. Here that score
is joined with the clause's shape (a finite verb, a subject, a clause broken off at a preposition, a
headline), with how sure the document's other claims are (one claim in a long article is likely none), and
with how well its words go with the event: each stem's share of the event types in annotated reports,
multiplied as in naive Bayes, the product damped by the root of the number of stems, since words of one
clause do not speak independently. The weights are a ridge logistic regression's; they and the counts are
the data file ``plausible.json``, made by ``training/plausible.py`` on reports that were held back from
the reader.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..model import EventType, Span
from .reader.gate import stems
from .reader.labels import EVENTS

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from .parse import Parse
    from .reader import Reading

SMOOTHING = 2.0  # uses added to each stem's, shared among the events by how common they are
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPEN_ENDS = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PART"})
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "you"})
_SHORT = 12  # sentences from which a document is long enough for a lone claim to be doubted
_OTHERS = 3  # surest other claims of a document that count
_NO_OTHER = -3.0  # log odds that stand for each of them that is missing
_HEADLINE = 90  # characters that a headline has at most
_OVERLAP = 0.3  # share of the shorter evidence from which two are of the same words


@dataclass(frozen=True, slots=True)
class Plausibility:
    """Weights of what `features` tells, counts of stems by event, and from when a claim is kept.

    A claim below ``least`` is left out, and one below ``second`` whose words a surer one has. ``weights``
    are in log odds, ``bias`` among them.
    """

    weights: dict[str, float]
    least: float
    second: float
    events: dict[EventType, int]
    words: dict[str, dict[EventType, int]]

    def sure(self, told: dict[str, float]) -> float:
        """Return the probability that a claim with these features is right."""
        return 1 / (1 + math.exp(-sum(self.weights[name] * value for name, value in told.items())))

    def fit(self, words: str, event: EventType) -> float:
        """Return the log probability of ``event`` by the stems of ``words`` alone."""
        known = [self.words[stem] for stem in stems(words) if stem in self.words]
        number = sum(self.events.values())
        root = math.sqrt(max(1, len(known)))
        odds = []
        for name in EVENTS:
            usual = max(self.events.get(name, 0), 1) / number
            told = sum(
                math.log((uses.get(name, 0) / usual + SMOOTHING) / (sum(uses.values()) + SMOOTHING))
                for uses in known
            )
            odds.append(math.log(usual) + told / root)
        top = max(odds)
        return odds[EVENTS.index(event)] - top - math.log(sum(math.exp(o - top) for o in odds))


@lru_cache(maxsize=1)
def plausibility() -> Plausibility:
    """Load the weights and counts that ship."""
    told = files(__package__).joinpath("plausible.json").read_text(encoding="utf-8")
    return Plausibility(**json.loads(told))


def weighed(parse: Parse, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings that are sure enough, each with how sure it is, in order.

    Args:
        parse: the parsed document.
        readings: what the trained reader found in it, each with its own confidence as ``score``.
    """
    known = plausibility()
    told = features(parse, readings, known, len(parse.sentences))
    sure = [replace(r, score=known.sure(t)) for r, t in zip(readings, told, strict=True)]
    return apart([r for r in sure if r.score >= known.least], known.second)


def apart(readings: Sequence[Reading], second: float) -> list[Reading]:
    """Leave out readings below ``second`` of words that a surer one has; of one event the surest stands."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda r: -r.score):
        others = [k for k in kept if _mostly(reading.evidence, k.evidence)]
        if not others or (reading.score >= second and all(k.event != reading.event for k in others)):
            kept.append(reading)
    return sorted(kept, key=lambda r: (r.evidence, r.event))


def features(
    parse: Parse, readings: Sequence[Reading], known: Plausibility, sentences: int
) -> list[dict[str, float]]:
    """Return what is told of each of the readings of a document of so many sentences: numbers by name."""
    size = min(1.0, (sentences - 1) / (_SHORT - 1))
    odds = [log_odds(r.score) for r in readings]
    return [
        _told(parse, reading, known)
        | {"score": odds[at], "size": size, "company": size * _company(odds[:at] + odds[at + 1 :])}
        for at, reading in enumerate(readings)
    ]


def log_odds(score: float) -> float:
    """Return the log odds of a probability, between about -14 and 14."""
    score = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(score / (1 - score))


def _company(others: Sequence[float]) -> float:
    """Return how sure the surest other claims are, in log odds, on average; missing ones count as unsure."""
    surest = sorted((max(_NO_OTHER, min(-_NO_OTHER, o)) for o in others), reverse=True)[:_OTHERS]
    return (sum(surest) + _NO_OTHER * (_OTHERS - len(surest))) / _OTHERS


def _told(parse: Parse, reading: Reading, known: Plausibility) -> dict[str, float]:
    told = {"bias": 1.0, "fit": known.fit(reading.evidence.of(parse.document.text), reading.event)}
    told |= {name: 1.0 for name, on in _layout(parse.document.text, reading.evidence).items() if on}
    tokens = parse.tokens(reading.evidence)
    if tokens is None:
        return told
    told["length"] = math.log(len(tokens) + 1)
    return told | {name: 1.0 for name, on in _shape(tokens).items() if on}


def _layout(text: str, evidence: Span) -> dict[str, bool]:
    begin = text.rfind("\n", 0, evidence.start) + 1
    end = text.find("\n", evidence.end)
    line = text[begin : end if end >= 0 else len(text)].rstrip()
    return {
        "headline": len(line) < _HEADLINE and not line.endswith((".", "”", '"')),
        "question": text[evidence.end : evidence.end + 1] == "?",
    }


def _shape(tokens: Tokens) -> dict[str, bool]:
    root: Token = tokens.root
    tags, kinds = {t.tag_ for t in tokens}, {t.pos_ for t in tokens}
    parts = {t.dep_ for t in tokens}
    return {
        "two words": len(tokens) <= 2,
        "long": len(tokens) > 25,
        "finite": bool(tags & _FINITE),
        "past": "VBD" in tags,
        "present": bool(tags & {"VBZ", "VBP"}),
        "modal": "MD" in tags,
        "verb": "VERB" in kinds,
        "name": "PROPN" in kinds,
        "subject": bool(parts & {"nsubj", "nsubjpass"}),
        "negated": "neg" in parts,
        "headed by a verb": root.pos_ == "VERB",
        "headed by a noun": root.pos_ == "NOUN",
        "headed by neither": root.pos_ in {"PROPN", "ADP", "ADJ", "NUM"},
        "copula": root.lemma_ == "be",
        "begins with a preposition": tokens[0].pos_ == "ADP",
        "begins with a conjunction": tokens[0].pos_ in {"CCONJ", "SCONJ"},
        "begins with a pronoun": tokens[0].pos_ == "PRON",
        "broken off": tokens[-1].pos_ in _OPEN_ENDS,
        "first person": any(t.lower_ in _FIRST_PERSON for t in tokens),
    }


def _mostly(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > _OVERLAP * max(1, min(one.end - one.start, other.end - other.start))
