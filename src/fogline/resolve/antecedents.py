"""Whom a pronoun or role takes up: the mention before it that is nearest, a subject, and speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model import Span, VoiceKind
from .bodies import BodyMention
from .parties.data import nouns
from .parties.lexicon import fold, nouns_for
from .parties.reading import SUBJECTS
from .parties.sides import Sides
from .people import Person
from .roles import office_words, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = 40  # mentions looked at before a pronoun
_NEAR = 150  # tokens looked at for a speaker without a name
_NONE = -9.0


class Antecedents:
    """Score what a document names before a point of its text.

    Args:
        sides: the sides of the document.
        bodies: its bodies in the order of the text.
    """

    def __init__(self, sides: Sides, bodies: Sequence[BodyMention]) -> None:
        self._sides = sides
        self._doc = sides.doc
        self._bodies = bodies
        self._starts = [body.span.start for body in bodies]
        self._hit_starts = [hit.start for hit in sides.hits]

    def score(self, mention: Span, later: Token) -> float:
        """Score a mention as antecedent of ``later``: near, a subject, and best of all one who speaks."""
        tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if tokens is None:
            return _NONE
        root, speaking = tokens.root, roles().speaking
        gap = self._sides.discourse.sentence[later.i] - self._sides.discourse.sentence[root.i]
        score = -0.8 * gap - 0.004 * (later.i - root.i)
        if root.dep_ in SUBJECTS:
            score += 3.0 if root.head.lemma_ in speaking else 1.5
        elif root.dep_ == "appos" and root.head.dep_ in SUBJECTS:
            score += 3.0 if root.head.head.lemma_ in speaking else 1.5
        elif root.dep_ in {"poss", "compound", "amod"}:
            score -= 1.0
        elif _according(root):
            score += 2.5
        if gap == 0 and root.dep_ == "dobj":
            score -= 0.5
        if gap == 0 and self._announces(root, later):
            score += 1.5
        return score

    def _announces(self, subject: Token, later: Token) -> bool:
        """Tell whether a colon ends the clause of a subject: "Two officers disagreed: it had, …"."""
        if subject.dep_ not in SUBJECTS or later.i - subject.i > _NEAR:
            return False
        return any(t.text == ":" for t in self._doc[subject.i : later.i])

    def person(self, pronoun: Token, gender: str) -> tuple[Person | None, float]:
        """Return the person that "he" or "she" means, with the score."""
        best, best_score = None, _NONE
        for mention, person in self._sides.people.before(pronoun.idx, _MOST):
            if person.gender not in (None, gender) or not self._solid(person):
                continue
            score = self.score(mention, pronoun)
            if score > best_score:
                best, best_score = person, score
        return best, best_score

    def _solid(self, person: Person) -> bool:
        """Tell whether a name is surely a person's: of two words, with an office, or one who speaks."""
        if len(person.name.split()) > 1 or person.offices or person.side is not None:
            return True
        for mention in person.mentions[:5]:
            tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if (
                tokens is not None
                and tokens.root.dep_ == "nsubj"
                and tokens.root.head.lemma_ in roles().speaking
            ):
                return True
        return False

    def unnamed(self, pronoun: Token, gender: str, above: float) -> Token | None:
        """Return a nameless speaker ("a doctor") that fits a pronoun better than the score ``above``."""
        words = roles().offices["any"] | roles().offices[gender]
        people = self._sides.names.person_at
        best = None
        for i in range(pronoun.i - 1, max(-1, pronoun.i - _NEAR), -1):
            token = self._doc[i]
            told = token.dep_ in SUBJECTS or _according(token)
            if token.tag_ != "NN" or not told or token.lower_ not in words:
                continue
            own = self.score(Span(token.idx, token.idx + len(token)), pronoun) - 0.8
            near = range(token.left_edge.i, min(token.i + 8, pronoun.i))
            if own > above and not any(j in people for j in near):
                best, above = token, own
        return best

    def body(self, pronoun: Token, *, plural: bool) -> tuple[BodyMention | None, float]:
        """Return the body that "it" or "they" means, with the score."""
        best, best_score = None, _NONE
        stop = bisect_left(self._starts, pronoun.idx)
        for body in self._bodies[max(0, stop - _MOST) : stop]:
            if body.span.end > pronoun.idx:
                continue
            score = self.score(body.span, pronoun) + (0.5 if plural and body.kind == "party" else 0.0)
            if score >= best_score:
                best, best_score = body, score
        return best, best_score

    def state(self, pronoun: Token) -> tuple[str | None, float]:
        """Return the state that "it" means, with the score."""
        best, best_score = None, _NONE
        stop = bisect_left(self._hit_starts, pronoun.idx)
        for hit in self._sides.hits[max(0, stop - _MOST) : stop]:
            if hit.entry.kind not in {"state", "seat"} or hit.foreign:
                continue
            score = self.score(Span(hit.start, hit.end), pronoun) - 0.5
            if score >= best_score:
                best, best_score = hit.entry.side, score
        return best, best_score

    def plural(self, pronoun: Token) -> Token | None:
        """Return the plural subject of the last verb of saying before "they"."""
        for i in range(pronoun.i - 1, max(-1, pronoun.i - _NEAR), -1):
            token = self._doc[i]
            if token.tag_ not in {"NNS", "NNPS"}:
                continue
            speaks = token.dep_ in SUBJECTS and token.head.lemma_ in roles().speaking
            if (
                speaks
                or _according(token)
                or (self._same(token, pronoun) and self._announces(token, pronoun))
            ):
                return token
        return None

    def _same(self, one: Token, other: Token) -> bool:
        return self._sides.discourse.sentence[one.i] == self._sides.discourse.sentence[other.i]

    def repeated(self, pronoun: Token) -> Token | None:
        """Return the same pronoun as subject of the sentence before: "They said … They said …"."""
        verb, first = pronoun.head, pronoun.sent[0].i
        if verb.dep_ != "ROOT" or pronoun.dep_ not in SUBJECTS or not first:
            return None
        before = self._doc[first - 1].sent.root
        same = (c for c in before.lefts if c.dep_ in SUBJECTS and c.lower_ == pronoun.lower_)
        return next(same, None)

    def several(self, pronoun: Token) -> Token | None:
        """Return the last people before "one of them", whatever they did."""
        words = nouns().civilians | nouns().armed | nouns().nonstate | nouns().state_forces
        for i in range(pronoun.i - 1, max(-1, pronoun.i - _NEAR), -1):
            token = self._doc[i]
            if token.tag_ == "NNS" and (token.lower_ in words or token.lemma_.lower() in office_words()):
                return token
        return None

    def role(self, span: Span, kinds: frozenset[VoiceKind], word: str) -> BodyMention | None:
        """Return the body before ``span`` that a role suits: by its own description, else by its kind."""
        here = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if here is None:
            return None
        best, best_score = None, -99.0
        stop = bisect_left(self._starts, span.start)
        for body in self._bodies[max(0, stop - 2 * _MOST) : stop]:
            own = word in body.words or word in fold(body.name).split()
            own = own or word in nouns_for().get(body.name, ())
            if body.span.end > span.start or (not own and body.kind not in kinds):
                continue
            score = self.score(body.span, here[0]) + (2.0 if own else 0.0)
            if score >= best_score:
                best, best_score = body, score
        return best


def _according(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "to" and noun.head.head.lower_ == "according"
