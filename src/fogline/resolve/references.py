"""Who a mention means: a name, a role, a body or a pronoun, traced through one document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..model import Span, VoiceKind
from .antecedents import Antecedents
from .bodies import BodyMention, government_of, kinds_of, mentions, official_name, relay_name
from .offices import body_of, office_of, office_words_of
from .parties.data import countries, nouns
from .parties.lexicon import Hit, adjective, fold
from .parties.names import is_state
from .parties.sides import sides_of
from .people import Person
from .roles import office_words, private_words, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..extract.parse import Parse

__all__ = ["Named", "References", "relay_name"]

_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself", "this", "that", "which"})
_THEY = frozenset({"they", "them", "their", "themselves", "both", "some", "others", "many", "who"})
_I = frozenset({"i", "me", "my", "we", "us", "our"})
_AUTHORS: frozenset[VoiceKind] = frozenset(
    {"research", "monitor", "international", "official", "military", "agency", "party", "body"}
)
_TRIM = re.compile(r"^(?:the|a|an|its|their|his|her|our|one(?!\s+of\b)|that|this)\s+", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:several|some|many|other|a few|a number of) (?!of\b)", re.IGNORECASE)
_STAFF = frozenset({"staff", "worker", "workers", "employee", "employees", "lawyers"})
_STATE_MEDIUM = re.compile(
    r"(?:the )?(?P<owned>state|state-run|national|public|official|government)"
    r" (?P<medium>television|TV|radio|media|press|broadcaster|news agency)",
    re.IGNORECASE,
)
_SELF_NAMED = re.compile(  # "a shopkeeper who asked to be called only Amadou"
    r"\b(?:calle?d?|calls|gave|gives|identified|named)\b[^,;.]{0,30}?\b(?:only|simply|just|himself|herself|as|by)"
    r"\s(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’.-]+){0,3})"
)
_ONE = frozenset({"a", "an", "one", "another"})
_FAR = 300  # tokens back to where a nameless speaker was introduced
_DEEP = 8  # steps up the grammar from a name to the head of its phrase


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a mention means.

    ``name`` is the full name or organisation (misspellings mended, pronouns and roles resolved), None
    where the text names nobody; ``side`` as in the codebook; ``reason`` says what it rests on. ``office``
    and ``body`` are those of ``Voice``.
    """

    name: str | None
    side: str | None
    kind: VoiceKind | None
    reason: str
    office: str | None = None
    body: str | None = None


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
        self._spoken_for: dict[Span, str | None] = {}
        self._descriptions: dict[int, frozenset[str]] = {}

    @cached_property
    def _bodies(self) -> list[BodyMention]:
        return mentions(self._sides)

    @cached_property
    def _before(self) -> Antecedents:
        return Antecedents(self._sides, self._bodies)

    def name(self, span: Span) -> Named:
        """Tell whom the mention at ``span`` means."""
        tokens = self._parse.tokens(span)
        if tokens is None:
            return Named(None, None, None, "no words")
        head = tokens.root
        lower = head.lower_
        person = self._person(span, head)
        if person is not None:
            return self._as_person(person, f"{person.name} is named", span.end, described=lower)
        if len(tokens) <= 2:
            if lower in _HE | _SHE:
                return self._he(head)
            if lower in _IT | _THEY:
                return self._it(head, plural=lower in _THEY)
            if lower in _I and head.text != "US":
                return self._first(head)
            surname = self._surname(tokens[0]) if len(tokens) == 1 else None
            if surname is not None:
                return self._as_person(surname, f"{surname.name} is named elsewhere", span.end)
        return self._noun(span, head)

    def _surname(self, word: Token) -> Person | None:
        """Return the person of the report whose surname a word is, whatever a tagger takes it for."""
        if word.pos_ != "PROPN" or any(h.start <= word.idx < h.end for h in self._sides.hits):
            return None
        person = self._people.named(word.text)
        return person if person is not None and person.name.split()[-1] == word.text else None

    # --- people -------------------------------------------------------------------------------------

    def _person(self, span: Span, head: Token) -> Person | None:
        """Return the person whom the phrase names, unless the name only tells whose or where.

        "Assad's office", "residents of Port Salman", "survivors whom Ana Gil met" name no person.
        """
        best, rank = None, 0
        for mention, person in self._people.within(span):
            tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
            told = self._standing(tokens.root, head) if tokens is not None else 0
            if told >= max(rank, 1):
                best, rank = person, told
        return best

    def _standing(self, name: Token, head: Token) -> int:
        """Rank how a name stands in the phrase of ``head``: 0 where it is not whom the phrase means."""
        if name.i == head.i:
            return 3
        at, steps = name, 0
        while at.i != head.i and steps < _DEEP:
            of = at.head
            if (
                at.dep_ == "appos"
                and of.dep_ == "pobj"
                and of.pos_ == "PROPN"
                and head.lower_ in office_words()
            ):
                return 2  # "a spokesman for Hamas, Ana Gil"
            if at.dep_ in {"relcl", "acl", "poss"}:
                return 0
            if at.dep_ == "pobj":
                return 0 if head.pos_ in {"NOUN", "PRON", "NUM"} or head.lower_ in office_words() else 1
            at, steps = at.head, steps + 1
        return 2

    def _as_person(self, person: Person, reason: str, at: int, *, described: str = "") -> Named:
        side = self._sides.person_side(person)
        words = self._described_as(person)
        if side is None:
            side = "CIV" if private_words({*words, described}) or person.private else None
        kind = self._person_kind(person.hit, side, words)
        office = office_of(self._doc, person, at)
        if office is None:
            return Named(person.name, side, kind, reason)
        told = office_words_of(self._text, office)
        if office not in self._spoken_for:
            self._spoken_for[office] = None  # an office that leads back to itself tells no body
            self._spoken_for[office] = body_of(
                self._doc, self._text, office, side, self._bodies, self._taken_up
            )
        body = self._spoken_for[office] if side != "CIV" else None
        return Named(person.name, side, kind, f"{reason}, {told}", told, body)

    def _described_as(self, person: Person) -> frozenset[str]:
        """Return the words of all descriptions of a person, lower case."""
        if id(person) not in self._descriptions:
            spans = (self._doc.char_span(o.start, o.end, alignment_mode="expand") for o in person.offices)
            self._descriptions[id(person)] = frozenset(t.lower_ for span in spans for t in span or ())
        return self._descriptions[id(person)]

    def _taken_up(self, organ: Token) -> str | None:
        """Return the body that a bare "ministry" inside an office means."""
        named = self._noun(Span(organ.idx, organ.idx + len(organ)), organ)
        return named.name if named.kind in {"official", "military"} else None

    def _person_kind(self, hit: Hit | None, side: str | None, words: frozenset[str]) -> VoiceKind:
        if hit is not None and hit.entry.voice is not None and hit.entry.voice != "party":
            return hit.entry.voice
        if side == "CIV":
            return "resident"
        if side is None:
            return "person"
        if is_state(side):
            return "military" if words & roles().military else "official"
        return "party"

    def _he(self, pronoun: Token) -> Named:
        gender = "he" if pronoun.lower_ in _HE else "she"
        person, score = self._before.person(pronoun, gender)
        unnamed = self._before.unnamed(pronoun, gender, score)
        if unnamed is not None:
            return self._noun(self._phrase(unnamed), unnamed)
        if person is not None:
            return self._as_person(person, f"{pronoun.text!r} means {person.name}", pronoun.idx)
        return Named(None, None, None, f"nobody that {pronoun.text!r} could mean is named before it")

    def _first(self, head: Token) -> Named:
        side, why = self._sides.side(Span(head.idx, head.idx + len(head)))
        return Named(None, side, None, why)

    # --- bodies -------------------------------------------------------------------------------------

    def _it(self, pronoun: Token, *, plural: bool) -> Named:
        again = self._before.repeated(pronoun)
        if again is not None:
            return self._it(again, plural=plural)
        body, score = self._before.body(pronoun, plural=plural)
        state, state_score = self._before.state(pronoun)
        if state is not None and state_score > score:
            named = government_of(countries()[state].names[0])
            return Named(named, state, "official", f"{pronoun.text!r} means the {named}")
        if plural:
            subject = self._before.plural(pronoun)
            if subject is not None:
                words = Span(self._doc[subject.left_edge.i].idx, subject.idx + len(subject))
                if body is None or body.span.end < words.start or self._before.score(words, pronoun) > score:
                    return self._noun(words, subject)
        if body is not None and score > -5:
            return self._as_body(body, f"{pronoun.text!r} means {body.name}")
        return Named(None, None, None, f"nobody that {pronoun.text!r} could mean is named before it")

    def _as_body(self, body: BodyMention, reason: str) -> Named:
        side = body.side
        if side is None:
            side = body.name if body.kind != "body" else self._sides.side(body.span)[0] or body.name
        return Named(body.name, side, body.kind, reason)

    def _noun(self, span: Span, head: Token) -> Named:
        span = self._first_named(span, head)
        part = self._part(span, head)
        if part is not None:
            return part
        text = " ".join(span.of(self._text).split())
        lower = head.lower_
        lists = roles()
        end = head.idx + len(head)
        side, why = self._first_side(span) or self._sides.side(span)
        if lower in office_words() or lower.removesuffix("s") in office_words():
            held = self._holder(span, head, side if self._told(span) else None)
            if held is not None:
                return held
        if lower in office_words() | nouns().sources or lower.removesuffix("s") in office_words():
            earlier = self._described(head)
            if earlier is not None:
                return earlier
            return self._unnamed(text, side, lower, span, why)
        medium = self.medium(text)
        if medium is not None:
            return medium
        if lower in lists.papers:
            return self._paper(span, head, text, side, why)
        inside = [body for body in self._inside(span) if not self._only_told(body.span, head)]
        for body in inside:
            if body.span.start <= head.idx < max(body.span.end, body.span.start + 1) or body.span.end >= end:
                return self._as_body(body, f"{body.name} is named")
        official = official_name(text, side) if lower in roles().organs else None
        if official is not None:
            return Named(official[0], side, official[1], why)
        hit = self._state(span, head)
        if hit is not None:
            named = government_of(hit.entry.name)
            return Named(named, hit.entry.side, "official", f"{hit.entry.name} stands for its government")
        if (
            lower in roles().bodies["party"]
            and side not in (None, "CIV")
            and not is_state(side)
            and not inside
        ):
            return Named(side, side, "party", why)
        role = kinds_of(_TRIM.sub("", text))
        if not inside and self._bare_role(head) and (role or not is_state(side)):
            body_found = self._before.role(span, role, lower)
            if body_found is not None:
                return self._as_body(body_found, f"{text!r} means {body_found.name}")
        if inside:
            return self._as_body(inside[0], f"{inside[0].name} is named")
        bare = _TRIM.sub("", text).removesuffix("'s").removesuffix("’s")
        if bare in self._sides.names.defined:
            return Named(
                self._sides.names.defined[bare],
                side or self._sides.names.defined[bare],
                "body",
                "the text gives the full name",
            )
        if head.pos_ == "PROPN":
            person = self._people.named(bare)
            if person is not None:
                return self._as_person(person, f"{person.name} is named elsewhere", span.end)
            return Named(bare, side, "body" if side else "person", "as written")
        return self._unnamed(text, side, lower, span, why)

    def _inside(self, span: Span) -> list[BodyMention]:
        return [body for body in self._bodies if span.covers(body.span) or body.span.covers(span)]

    def _only_told(self, name: Span, head: Token) -> bool:
        """Tell whether a name only tells more of who speaks: "survivors interviewed by the Observatory"."""
        tokens = self._doc.char_span(name.start, name.end, alignment_mode="expand")
        if tokens is None or name.start <= head.idx:
            return False
        if head.lower_ in nouns().civilians - _STAFF:
            return True
        at = tokens.root
        for _ in range(_DEEP):
            if at.dep_ in {"relcl", "acl"}:
                return True
            if at.i == head.i:
                break
            at = at.head
        return False

    def _name_in(self, span: Span, head: Token) -> Hit | None:
        """Return the known name in a phrase that tells who speaks."""
        for hit in self._sides.hits:
            if hit.start >= span.end:
                break
            if span.start <= hit.start and hit.end <= span.end:
                return None if self._only_told(Span(hit.start, hit.end), head) else hit
        return None

    def _part(self, span: Span, head: Token) -> Named | None:
        """Read "one of them", "two of the residents": by whom they are of."""
        if head.pos_ not in {"NUM", "PRON", "DET", "ADJ"} and head.lower_ not in nouns().quantities:
            return None
        link = next((c for c in head.rights if c.lower_ == "of"), None)
        of = next((c for c in link.rights if c.dep_ == "pobj"), None) if link is not None else None
        if of is None or of.idx >= span.end:
            return None
        several = self._before.several(of) if of.lower_ in _THEY else None
        if several is not None:
            whole = self._noun(self._phrase(several), several)
        else:
            whole = self.name(Span(self._doc[of.left_edge.i].idx, min(span.end, of.idx + len(of))))
        if whole.name is None:
            return None
        them = whole.name if whole.kind not in {"unnamed", "resident"} else f"the {whole.name}"
        return Named(f"{head.lower_} of {them}", whole.side, whole.kind, whole.reason)

    def medium(self, words: str) -> Named | None:
        """Tell which state's "state television" words without a country mean: the one that is told of."""
        found = _STATE_MEDIUM.fullmatch(words)
        home = self._sides.names.home
        owner = adjective(home) if home is not None else None
        if found is None or owner is None:
            return None
        kind: VoiceKind = "agency" if "agency" in found["medium"] else "broadcaster"
        kind = "media" if found["medium"] in {"media", "press"} else kind
        name = f"{owner} {found['owned'].casefold()} {found['medium'].replace('TV', 'television')}"
        return Named(name, home, kind, f"{words!r} in a report on {home}")

    def _first_named(self, span: Span, head: Token) -> Span:
        """Return the words of the first of several who speak together ("Kinshasa, the UN and Paris")."""
        for link in head.rights:
            if link.dep_ in ("cc", "conj") and any(c.dep_ == "conj" for c in head.rights):
                end = self._doc[max(link.left_edge.i - 1, head.i)]
                end = self._doc[end.i - 1] if end.is_punct and end.i > head.i else end
                return Span(span.start, min(span.end, end.idx + len(end)))
        return span

    def _first_side(self, span: Span) -> tuple[str | None, str] | None:
        """Return the side of the first of two that are named together: "Russian and Syrian officials"."""
        named = [h for h in self._sides.hits if span.start <= h.start and h.end <= span.end][:2]
        if len(named) < 2 or named[0].entry.side is None:
            return None
        if self._text[named[0].end : named[1].start].strip() not in {"and", ",", "or"}:
            return None
        return named[0].entry.side, f"{named[0].entry.name} is named first"

    def _told(self, span: Span) -> bool:
        """Tell whether the words themselves name a side."""
        return any(span.start <= h.start and h.end <= span.end for h in self._sides.hits)

    def _bare_role(self, head: Token) -> bool:
        """Tell whether a phrase is a definite role and no more: "the agency", "the same news agency"."""
        definite = any(c.lower_ in {"the", "this", "that"} for c in head.lefts)
        plain = all(
            c.dep_ in {"det", "amod", "punct"} or (c.dep_ == "compound" and c.pos_ != "PROPN")
            for c in head.lefts
        )
        more = any(c.dep_ in {"prep", "relcl", "acl"} for c in head.rights)
        known = head.tag_ == "NN" or (head.tag_ == "NNP" and bool(kinds_of(head.lower_)))
        return definite and plain and not more and known

    def _state(self, span: Span, head: Token) -> Hit | None:
        for hit in self._sides.hits:
            if hit.start >= span.end:
                break
            if hit.start >= span.start and hit.end <= span.end and hit.start <= head.idx < hit.end:
                alone = hit.entry.kind == "demonym" and head.dep_ == "amod"  # "a British announcement"
                return hit if alone or hit.entry.kind in {"state", "seat"} else None
        return None

    def _paper(self, span: Span, head: Token, text: str, side: str | None, why: str) -> Named:
        """Read "the same report", "its statement", "a report by the institute", "a book by John Paden"."""
        by = next((c for c in head.rights if c.lower_ == "by" and c.idx < span.end), None)
        authors = self._people.within(Span(by.idx, span.end)) if by is not None else []
        if authors:
            return self._as_person(authors[0][1], f"{text!r} is by {authors[0][1].name}", span.end)
        inside = [b for b in self._bodies if span.covers(b.span) and not self._only_told(b.span, head)]
        if inside:
            return self._as_body(inside[0], f"{text!r} is of {inside[0].name}")
        hit = self._name_in(span, head)
        if hit is not None and hit.entry.kind in {"state", "seat", "demonym"}:
            named = government_of(hit.entry.name)
            return Named(named, hit.entry.side, "official", f"{text!r} is of {hit.entry.name}")
        for child in head.lefts:
            if child.dep_ == "poss" and child.pos_ == "PRON":
                return self.name(Span(child.idx, child.idx + len(child)))
            if child.dep_ in {"compound", "nmod", "poss"} and child.lower_ in roles().organs:
                return self._noun(Span(child.idx, child.idx + len(child)), child)  # "a police statement"
        definite = any(child.lower_ in {"the", "this", "that", "same"} for child in head.lefts)
        if definite:
            found = self._before.role(span, _AUTHORS, head.lower_)
            if found is not None:
                return self._as_body(found, f"{text!r} is of {found.name}")
        told = text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
        return Named(told, side, "unnamed", "no author is told")

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
        return self._as_person(best, f"{best.name} is the {word}", span.end)

    def _described(self, head: Token) -> Named | None:
        """Return whom "the source" takes up: "a military source" said to be one before."""
        lefts = {c.lower_ for c in head.lefts}
        if "the" not in lefts or lefts - {"the", "same"} or any(c.dep_ == "prep" for c in head.rights):
            return None
        for i in range(head.i - 1, max(-1, head.i - _FAR), -1):
            token = self._doc[i]
            if (
                token.lower_ == head.lower_
                and token.pos_ == "NOUN"
                and _ONE & {c.lower_ for c in token.lefts}
            ):
                return self._noun(self._phrase(token), token)
        return None

    def _phrase(self, head: Token) -> Span:
        """Return the words of a nameless speaker with where or of whom: "a source in the ministry"."""
        last, doc = head, self._doc
        if head.i + 1 < len(doc) and doc[head.i + 1].lower_ in {"at", "in", "from", "of"}:
            edge = doc[head.i + 1].right_edge
            last = edge if edge.i - head.i <= _DEEP else head
        return Span(doc[head.left_edge.i].idx, last.idx + len(last))

    def _unnamed(self, text: str, side: str | None, noun: str, span: Span, why: str) -> Named:
        bare = _COUNTED.sub("", _TRIM.sub("", text)).replace("U.S.", "US").replace("U.N.", "UN")
        told = _SELF_NAMED.search(bare)
        if told is not None:
            private = side in (None, "CIV") and private_words(bare[: told.start()].casefold().split())
            kind: VoiceKind = "resident" if private else "person"
            return Named(told["name"], "CIV" if private else side, kind, f"so called in {text!r}")
        tokens = self._parse.tokens(span)
        hit = self._name_in(span, tokens.root) if tokens is not None else None
        if hit is not None and hit.entry.voice in {"research", "monitor", "agency", "paper", "broadcaster"}:
            return Named(
                hit.entry.name, hit.entry.side, hit.entry.voice, f"{text!r} speaks for {hit.entry.name}"
            )
        lists = nouns()
        if bare.casefold() in {"authorities", "government", "state"} and side is not None and is_state(side):
            return Named(government_of(countries()[side].names[0]), side, "official", why)
        if (
            hit is None
            and noun in lists.nonstate | lists.armed
            and side not in (None, "CIV")
            and not is_state(side)
        ):
            return Named(side, side, "party", why)
        if side in (None, "CIV"):
            if private_words(_up_to(noun, bare), head=noun):
                return Named(bare, "CIV", "resident", "civilians without a name")
            side = None
        spoken_for = hit.entry.name if hit is not None and hit.entry.kind in {"group", "body"} else None
        return Named(bare, side, "unnamed", why, body=spoken_for if noun in office_words() else None)


def _up_to(noun: str, words: str) -> set[str]:
    """Return the words of a mention up to its head, lower case: not those of whom they met or fled."""
    before, found, _ = words.casefold().partition(noun)
    return {noun, *before.split()} if found else {noun, *words.casefold().split()}
