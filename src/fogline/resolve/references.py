"""Who a mention means: a name, a role, a body or a pronoun, traced through one document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..model import Span, VoiceKind
from .bodies import BodyMention, kinds_of, mentions, official_name, relay_name
from .parties.data import countries, nouns
from .parties.lexicon import Hit, fold, nouns_for
from .parties.names import is_state
from .parties.sides import SUBJECTS, sides_of
from .people import Person, office_words, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse

__all__ = ["Named", "References", "relay_name"]

_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself", "this", "that", "which"})
_THEY = frozenset({"they", "them", "their", "themselves", "both", "some", "others", "many", "who"})
_I = frozenset({"i", "me", "my", "we", "us", "our"})
_SPEAKING = frozenset(
    """say tell add announce claim state report write warn declare insist deny confirm acknowledge admit argue explain
    believe estimate assess note describe call accuse urge post tweet publish predict expect think suggest conclude
    reckon cite stress quote recall repeat reply respond doubt dismiss reject put count promise vow concede hint list
    hope fear complain wonder ask answer call smile speak maintain allege assert charge demand appeal agree disagree
    estimate blame release publish continue go make give show see know learn find document verify""".split()
)
_AUTHORS: frozenset[VoiceKind] = frozenset(
    {"research", "monitor", "international", "official", "military", "agency", "party", "body"}
)
_MILITARY = frozenset(
    """general colonel major captain lieutenant sergeant brigadier admiral marshal commander army navy military
    commander-in-chief force forces brigade battalion defence defense staff""".split()
)
_OFFICIAL = frozenset(
    """ministry army military police force forces staff government navy embassy intelligence presidency department
    secretariat gendarmerie""".split()
)
_TRIM = re.compile(r"^(?:the|a|an|its|their|his|her|our|one|that|this)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a mention means.

    ``name`` is the full name or organisation (misspellings mended, pronouns and roles resolved), None
    where the text names nobody; ``side`` as in the codebook; ``reason`` says what it rests on.
    """

    name: str | None
    side: str | None
    kind: VoiceKind | None
    reason: str


class References:
    """The people and bodies of one document, and the mention each name, role or pronoun goes back to.

    Args:
        parse: the parsed document.
    """

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._doc = parse.doc
        self._text = parse.document.text
        self._sides = sides_of(parse)
        self._people = self._sides.people

    @cached_property
    def _bodies(self) -> list[BodyMention]:
        return mentions(self._sides)

    @cached_property
    def _sentence(self) -> list[int]:
        numbers, n = [], -1
        for token in self._doc:
            n += bool(token.is_sent_start) or n < 0
            numbers.append(n)
        return numbers

    def name(self, span: Span) -> Named:
        """Tell whom the mention at ``span`` means."""
        tokens = self._parse.tokens(span)
        if tokens is None:
            return Named(None, None, None, "no words")
        head = tokens.root
        lower = head.lower_
        person = self._person(span, head)
        if person is not None:
            return self._as_person(person, f"{person.name} is named")
        if len(tokens) <= 2:
            if lower in _HE | _SHE:
                return self._he(head)
            if lower in _IT | _THEY:
                return self._it(head, plural=lower in _THEY)
            if lower in _I:
                return self._first(head)
        return self._noun(span, head)

    # --- people -------------------------------------------------------------------------------------

    def _person(self, span: Span, head: Token) -> Person | None:
        """Return the person named by the phrase, unless the name only owns something ("Assad's office")."""
        person = self._people.at(span)
        if person is None:
            return None
        for mention in reversed(person.mentions):
            if span.covers(mention):
                tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
                if tokens is None:
                    continue
                root = tokens.root
                if root.dep_ == "poss" and root.i != head.i and not (head.lower_ in office_words()):
                    return None
                if root.dep_ == "pobj" and root.head.lower_ in {"of", "to", "for", "by"} and mention.end == span.end:
                    return None if head.lower_ in office_words() or head.pos_ == "NOUN" else person
                return person
        return person

    def _as_person(self, person: Person, reason: str) -> Named:
        side = self._sides.person_side(person)
        words = {
            token.lower_
            for office in person.offices
            for token in self._doc.char_span(office.start, office.end, alignment_mode="expand") or ()
        }
        if side is None and words:
            civil = {word for word in words if word in nouns().civilians}
            side = "CIV" if civil or person.private else None
        return Named(person.name, side, self._person_kind(person.hit, side, words), reason)

    def _person_kind(self, hit: Hit | None, side: str | None, words: set[str]) -> VoiceKind:
        if hit is not None and hit.entry.voice is not None and hit.entry.voice != "party":
            return hit.entry.voice
        if side == "CIV":
            return "resident"
        if side is None:
            return "person"
        if len(side) == 3 and side.isupper():
            return "military" if words & _MILITARY else "official"
        return "party"

    def _he(self, pronoun: Token) -> Named:
        gender = "he" if pronoun.lower_ in _HE else "she"
        best, best_score = None, -9.0
        here = self._sentence[pronoun.i]
        for person in self._people.people:
            if person.gender not in (None, gender) or not self._solid(person):
                continue
            for mention in person.mentions:
                if mention.end > pronoun.idx:
                    break
                score = self._score(mention, here, pronoun)
                if score > best_score:
                    best, best_score = person, score
        before = self._unnamed_before(pronoun, gender, best_score)
        if before is not None:
            return before
        if best is not None:
            return self._as_person(best, f"{pronoun.text!r} means {best.name}")
        return Named(None, None, None, f"nobody that {pronoun.text!r} could mean is named before it")

    def _solid(self, person: Person) -> bool:
        """Tell whether a name is surely a person's: of two words, with an office, or one who speaks."""
        if len(person.name.split()) > 1 or person.offices or person.side is not None:
            return True
        for mention in person.mentions:
            tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if tokens is not None and tokens.root.dep_ == "nsubj" and tokens.root.head.lemma_ in _SPEAKING:
                return True
        return False

    def _unnamed_before(self, pronoun: Token, gender: str, score: float) -> Named | None:
        """Return a speaker without a name ("a doctor") that fits a pronoun better than ``score``."""
        words = roles().offices["any"] | roles().offices[gender]
        here = self._sentence[pronoun.i]
        best = None
        for i in range(pronoun.i - 1, max(-1, pronoun.i - 150), -1):
            token = self._doc[i]
            if token.tag_ == "NN" and token.dep_ in SUBJECTS and token.lower_ in words:
                span = Span(self._doc[token.left_edge.i].idx, token.idx + len(token))
                own = self._score(Span(token.idx, token.idx + len(token)), here, pronoun) - 0.8
                near = self._doc[token.left_edge.i : min(token.i + 8, pronoun.i)]
                if own > score and not any(t.i in self._sides.names.person_at for t in near):
                    best, score = (span, token), own
        return self._noun(*best) if best is not None else None

    def _score(self, mention: Span, here: int, pronoun: Token) -> float:
        """Score an antecedent: near, a subject, and best of all one who speaks."""
        tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if tokens is None:
            return -9.0
        root = tokens.root
        gap = here - self._sentence[root.i]
        score = -0.8 * gap
        if root.dep_ in SUBJECTS:
            score += 1.5
            if root.head.lemma_ in _SPEAKING:
                score += 1.5
        elif root.dep_ == "appos" and root.head.dep_ in SUBJECTS:
            score += 3.0 if root.head.head.lemma_ in _SPEAKING else 1.5
        elif root.dep_ in {"poss", "compound", "amod"}:
            score -= 1.0
        elif root.dep_ == "pobj" and root.head.lower_ == "to" and root.head.head.lower_ == "according":
            score += 2.5
        if gap == 0 and root.dep_ in {"dobj"}:
            score -= 0.5
        return score - 0.004 * (pronoun.i - root.i)

    def _first(self, head: Token) -> Named:
        side, why = self._sides.side(Span(head.idx, head.idx + len(head)))
        return Named(None, side, None, why)

    # --- bodies -------------------------------------------------------------------------------------

    def _it(self, pronoun: Token, *, plural: bool) -> Named:
        best, best_score = None, -9.0
        here = self._sentence[pronoun.i]
        for body in self._bodies:
            if body.span.end > pronoun.idx:
                break
            score = self._score(body.span, here, pronoun)
            if plural and body.kind in {"party"}:
                score += 0.5
            if score >= best_score:
                best, best_score = body, score
        state = self._state_before(pronoun, here)
        if state is not None and state[0] > best_score:
            named = f"Government of {countries()[state[1]].names[0]}"
            return Named(named, state[1], "official", f"{pronoun.text!r} means the {named}")
        if plural:
            group = self._plural_before(pronoun)
            if group is not None and (best is None or best.span.end < group[0]):
                return group[1]
        if best is not None and best_score > -5:
            return self._as_body(best, f"{pronoun.text!r} means {best.name}")
        return Named(None, None, None, f"nobody that {pronoun.text!r} could mean is named before it")

    def _state_before(self, pronoun: Token, here: int) -> tuple[float, str] | None:
        best: tuple[float, str] | None = None
        for hit in self._sides.hits:
            if hit.end > pronoun.idx:
                break
            if hit.entry.kind not in {"state", "seat"} or hit.foreign:
                continue
            score = self._score(Span(hit.start, hit.end), here, pronoun) - 0.5
            if best is None or score >= best[0]:
                best = (score, hit.entry.side)
        return best

    def _plural_before(self, pronoun: Token) -> tuple[int, Named] | None:
        for i in range(pronoun.i - 1, max(-1, pronoun.i - 90), -1):
            token = self._doc[i]
            if token.dep_ in SUBJECTS and token.tag_ in {"NNS", "NNPS"} and token.head.lemma_ in _SPEAKING:
                start = self._doc[token.left_edge.i].idx
                return start, self._noun(Span(start, token.idx + len(token)), token)
        return None

    def _as_body(self, body: BodyMention, reason: str) -> Named:
        side = body.side
        if side is None:
            side = body.name if body.kind != "body" else self._sides.side(body.span)[0] or body.name
        return Named(body.name, side, body.kind, reason)

    def _noun(self, span: Span, head: Token) -> Named:
        text = " ".join(span.of(self._text).split())
        lower = head.lower_
        lists = roles()
        end = head.idx + len(head)
        side, why = self._sides.side(span)
        if lower in office_words() or lower.removesuffix("s") in office_words():
            held = self._holder(span, head, side)
            if held is not None:
                return held
            return self._unnamed(text, side, lower, span, why)
        if lower in lists.papers:
            return self._paper(span, head, text, side, why)
        inside = [body for body in self._bodies if span.covers(body.span) or body.span.covers(span)]
        for body in inside:
            if body.span.start <= head.idx < max(body.span.end, body.span.start + 1) or body.span.end >= end:
                return self._as_body(body, f"{body.name} is named")
        official = official_name(text, side) if lower in _OFFICIAL else None
        if official is not None:
            return Named(official[0], side, official[1], why)
        hit = self._state(span, head)
        if hit is not None:
            named = f"Government of {hit.entry.name}"
            return Named(named, hit.entry.side, "official", f"{hit.entry.name} stands for its government")
        if lower in roles().bodies["party"] and side not in (None, "CIV") and not is_state(side) and not inside:
            return Named(side, side, "party", why)
        role = kinds_of(_TRIM.sub("", text))
        if not inside and self._bare_role(head) and (role or not is_state(side)):
            body_found = self._body_before(span, role, lower)
            if body_found is not None:
                return self._as_body(body_found, f"{text!r} means {body_found.name}")
        if inside:
            return self._as_body(inside[0], f"{inside[0].name} is named")
        bare = _TRIM.sub("", text).removesuffix("'s").removesuffix("’s")
        if bare in self._sides.names.defined:
            return Named(self._sides.names.defined[bare], side or self._sides.names.defined[bare], "body", "the text gives the full name")
        if head.pos_ == "PROPN":
            person = self._people.named(bare)
            if person is not None:
                return self._as_person(person, f"{person.name} is named elsewhere")
            return Named(bare, side, "body" if side else "person", "as written")
        return self._unnamed(text, side, lower, span, why)

    def _bare_role(self, head: Token) -> bool:
        """Tell whether a phrase is a definite role and no more: "the agency", "the same news agency"."""
        definite = any(c.lower_ in {"the", "this", "that"} for c in head.lefts)
        plain = all(c.dep_ in {"det", "amod", "compound", "punct"} for c in head.lefts)
        more = any(c.dep_ in {"prep", "relcl", "acl"} for c in head.rights)
        known = head.tag_ == "NN" or (head.tag_ == "NNP" and bool(kinds_of(head.lower_)))
        return definite and plain and not more and known

    def _state(self, span: Span, head: Token) -> Hit | None:
        for hit in self._sides.hits:
            if hit.start >= span.end:
                break
            if hit.start >= span.start and hit.end <= span.end and hit.start <= head.idx < hit.end:
                return hit if hit.entry.kind in {"state", "seat"} else None
        return None

    def _body_before(self, span: Span, kinds: frozenset[VoiceKind], word: str) -> BodyMention | None:
        """Return the body before ``span`` that a role suits: by its own description, else by its kind."""
        here = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        if here is None:
            return None
        best, best_score = None, -99.0
        for body in self._bodies:
            if body.span.end > span.start:
                break
            own = word in body.words or word in fold(body.name).split() or word in nouns_for().get(body.name, ())
            if not own and body.kind not in kinds:
                continue
            score = self._score(body.span, self._sentence[here.start], here[0])
            if own:
                score += 2.0
            if score >= best_score:
                best, best_score = body, score
        return best

    def _paper(self, span: Span, head: Token, text: str, side: str | None, why: str) -> Named:
        """Read "the same report", "its statement", "a report by the institute"."""
        inside = [body for body in self._bodies if span.covers(body.span)]
        if inside:
            return self._as_body(inside[0], f"{text!r} is of {inside[0].name}")
        hit = next((h for h in self._sides.hits if span.start <= h.start and h.end <= span.end), None)
        if hit is not None and hit.entry.kind in {"state", "seat", "demonym"}:
            named = f"Government of {hit.entry.name}"
            return Named(named, hit.entry.side, "official", f"{text!r} is of {hit.entry.name}")
        for child in head.lefts:
            if child.dep_ == "poss" and child.pos_ == "PRON":
                return self.name(Span(child.idx, child.idx + len(child)))
        definite = any(child.lower_ in {"the", "this", "that", "same"} for child in head.lefts)
        if definite:
            found = self._body_before(span, _AUTHORS, head.lower_)
            if found is not None:
                return self._as_body(found, f"{text!r} is of {found.name}")
        return Named(_TRIM.sub("", text), side, "unnamed", "no author is told")

    def _holder(self, span: Span, head: Token, side: str | None) -> Named | None:
        """Return the person who holds the office: "the spokesman" whose name stood before."""
        if head.tag_ == "NNS" or any(c.lower_ in {"a", "an", "another", "one"} for c in head.lefts):
            return None
        word = head.lower_
        best, best_key = None, None
        for person in self._people.people:
            if not any(word in fold(office.of(self._text)).split() for office in person.offices):
                continue
            first = person.mentions[0].start
            before = [m.end for m in person.mentions if m.end <= span.start]
            same = side is None or person.side in (None, side)
            key = (same, bool(before), before[-1] if before else -first)
            if best_key is None or key > best_key:
                best, best_key = person, key
        if best is None or best_key is None or not best_key[0]:
            return None
        return self._as_person(best, f"{best.name} is the {word}")

    def _unnamed(self, text: str, side: str | None, noun: str, span: Span, why: str) -> Named:
        bare = _TRIM.sub("", text).replace("U.S.", "US").replace("U.N.", "UN")
        hit = next((h for h in self._sides.hits if span.start <= h.start and h.end <= span.end), None)
        if hit is not None and hit.entry.voice in {"research", "monitor", "agency", "paper", "broadcaster"}:
            return Named(hit.entry.name, hit.entry.side, hit.entry.voice, f"{text!r} speaks for {hit.entry.name}")
        lists = nouns()
        if bare.casefold() in {"authorities", "government", "state"} and side is not None and is_state(side):
            return Named(f"Government of {countries()[side].names[0]}", side, "official", why)
        if hit is None and noun in lists.nonstate | lists.armed and side not in (None, "CIV") and not is_state(side):
            return Named(side, side, "party", why)
        if noun in nouns().civilians and side in (None, "CIV"):
            return Named(bare, "CIV", "resident", "civilians without a name")
        return Named(bare, side, "unnamed", why)
