"""Tell which side the words of a party mean, from the words themselves and from what went before."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from ...model import Span
from ..people import Person
from .bare import DEPTH, backed, bare, people
from .data import nouns
from .discourse import IT, ONE, Discourse, local_group
from .lexicon import Hit, adjective, find
from .names import Names
from .offices import local_office_side
from .reading import SUBJECTS, Reading, Sort, civil, named_sort, sort_of, speaks

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

    from ...extract.parse import Parse

__all__ = ["SUBJECTS", "Sides", "side", "sides_of"]

_FIRST = frozenset({"we", "us", "our", "ours", "ourselves", "my", "me", "i", "myself", "mine"})
_PRONOUNS = frozenset(
    {"they", "them", "their", "theirs", "themselves", "both", "neither", "these", "those"}
    | {"who", "which", "that", "whom", "whose"}
)
_PLACES = frozenset(
    {"in", "near", "at", "from", "to", "against", "on", "by", "between", "over", "into", "towards"}
)


class Sides:
    """The sides of one document's parties.

    Args:
        parse: the parsed document.
    """

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.doc = parse.doc
        self.names = Names(parse)
        self.hits = self.names.hits
        self.people = self.names.people
        self.discourse = Discourse(self.names)
        self._asking = False
        self._person_sides: dict[int, str | None] = {}
        for chunk in self.doc.noun_chunks:
            self.discourse.add(self._read(chunk, speaker=None, depth=0))

    def side(self, span: Span, *, speaker: str | None = None) -> tuple[str | None, str]:
        """Return the side that the words of ``span`` mean, and the reason.

        Args:
            span: the party's words.
            speaker: the side of the voice that says them, for "we" and "the enemy".
        """
        tokens = self.parse.tokens(span)
        if tokens is None:
            return None, "no words"
        reading = self._read(tokens, speaker=speaker, depth=0)
        if reading.side is None and reading.sort in {"thing", "person"}:
            reading = self._anywhere(tokens) or reading
        return reading.side, reading.reason

    def _anywhere(self, tokens: TokenSpan) -> Reading | None:
        """Return a group or body named anywhere in the phrase: "known as the White Army"."""
        for token in reversed(tokens):
            hit = self.names.name_at(token.i)
            if hit is not None and hit.entry.kind in {"group", "body"} and token.head.lower_ not in _PLACES:
                return self._named(tokens.root, hit)
        return None

    def person_side(self, person: Person) -> str | None:
        """Return a person's side: of the name beside it, else of the office in its context, else None."""
        if person.side is not None:
            return person.side
        key = id(person)
        if key not in self._person_sides:
            self._person_sides[key] = None
            self._person_sides[key] = self._office_side(person)
        return self._person_sides[key]

    def _office_side(self, person: Person) -> str | None:
        for office in person.offices:
            tokens = self.doc.char_span(office.start, office.end, alignment_mode="expand")
            if tokens is None:
                continue
            head = tokens.root
            if any(t.lower_ in nouns().unaligned for t in tokens):
                continue
            local = local_office_side(tokens, self.names)
            if local is not None:
                return local
            if head.pos_ == "NOUN" or head.lower_ in nouns().government | nouns().state_forces:
                reading = self._noun(head, speaker=None, depth=1)
                if reading.side is not None and reading.side != "CIV":
                    return reading.side
            words = {t.lower_.rstrip(".") for t in tokens}
            if words & nouns().state_offices:
                return self.discourse.state(head).side
            for token in tokens:
                if token.dep_ in {"pobj", "dobj"}:
                    reading = self._noun(token, speaker=None, depth=1)
                    if reading.side not in (None, "CIV") and reading.sort != "thing":
                        return reading.side
        return None

    # --- a noun phrase ------------------------------------------------------------------------------

    def _read(self, tokens: TokenSpan, *, speaker: str | None, depth: int) -> Reading:
        head = tokens.root
        lower = head.lower_
        whole = self._whole(tokens)
        if whole is not None:
            return self._named(head, whole)
        if lower in _FIRST:
            side = speaker or self._speaker(head)
            return Reading(
                head.i, side, "the speaker's own side" if side else "no speaker is known", "force", lower
            )
        person = self.names.person_at.get(head.i)
        if person is not None:
            return self._person(head, person)
        hit = self.names.name_at(head.i)
        if hit is not None:
            return self._named(head, hit)
        if lower in ONE or lower in IT or lower in _PRONOUNS:
            of = self.of(head, speaker, depth)
            return of.moved(head) if of is not None else self.discourse.pronoun(head)
        return self._noun(head, speaker=speaker, depth=depth)

    def _whole(self, tokens: TokenSpan) -> Hit | None:
        """Return the known name that all words of the phrase but an article or title make up."""
        hit = None
        for token in tokens:
            here = self.names.hit_at.get(token.i)
            if here is None:
                if token.pos_ not in {"DET", "PART", "PUNCT", "SPACE"} and token.text not in {
                    "-",
                    "’s",
                    "'s",
                }:
                    return None
            elif here.foreign or (hit is not None and here is not hit):
                return None
            else:
                hit = here
        return hit

    def _named(self, head: Token, hit: Hit) -> Reading:
        side = hit.entry.side
        if hit.entry.kind == "people" and side in {"SRB", "YUG"} and self.names.groups["Bosnian Serbs"]:
            side = "Bosnian Serbs"
        return Reading(head.i, side, f"{hit.entry.name} is named", named_sort(hit), head.lower_, named=True)

    def _person(self, head: Token, person: Person) -> Reading:
        side = self.person_side(person)
        if side is None and (
            person.private or any(civil(office.of(self.names.text)) for office in person.offices)
        ):
            side = "CIV"
        why = f"{person.name} is of {side}" if side else f"the text does not tell the side of {person.name}"
        return Reading(head.i, side, why, "person", head.lower_)

    def _noun(self, head: Token, *, speaker: str | None, depth: int) -> Reading:
        lists, lower = nouns(), head.lower_
        hit, owner = self._modifier(head)
        if lower in lists.civilians and not self._commands(head):
            return people(self, head, hit, owner, speaker, depth)
        if any(t.lower_ in {"civilian", "civilians", "residential"} for t in head.lefts):
            return Reading(head.i, "CIV", f"{head.text} of civilians", "thing", lower)
        if hit is not None:
            return self.modified(head, hit)
        supported = backed(self, head)
        if supported is not None:
            return supported
        if any(t.lower_ in lists.enemies for t in head.lefts):
            return Reading(
                head.i, self.enemy(head, speaker), "whom the speaker fights", sort_of(lower, None), lower
            )
        if owner is not None and depth < DEPTH:
            of_owner = self.of_owner(owner, speaker, depth)
            if of_owner.side is not None and (of_owner.side != "CIV" or lower in lists.dwellings):
                return Reading(head.i, of_owner.side, of_owner.reason, sort_of(lower, of_owner.side), lower)
        wielder = self._wielder(head, speaker, depth) if depth < DEPTH else None
        if wielder is not None:
            return wielder.moved(head)
        of = self.of(head, speaker, depth)
        if of is not None:
            counted = lower in lists.quantities or head.pos_ == "NUM"
            return (
                of.moved(head)
                if counted
                else Reading(head.i, of.side, of.reason, sort_of(lower, of.side), lower, of.named)
            )
        if lower in lists.remains:
            behind = takewhile(lambda t: t.pos_ not in {"VERB", "AUX"}, self.doc[head.i + 1 : head.sent.end])
            civilian = any(t.lower_ in lists.civilians for t in islice(behind, 8))
            told = f"{head.text} of civilians" if civilian else "it is not told whose"
            return Reading(head.i, "CIV" if civilian else None, told, "thing", lower)
        if head.pos_ == "NUM" or (
            lower in lists.quantities and lower not in lists.armed | lists.state_forces
        ):
            among = [t for c in head.rights if c.lower_ == "of" for t in c.rights if t.pos_ == "NOUN"]
            fighting = among and among[0].lower_ in lists.armed | lists.state_forces | lists.nonstate
            if among and (fighting or head.pos_ == "NUM") and depth < DEPTH:  # "two of the tanks"
                return self._noun(among[0], speaker=speaker, depth=depth + 1).moved(head)
            return self.discourse.counted(head)
        return bare(self, head, speaker)

    def _wielder(self, head: Token, speaker: str | None, depth: int) -> Reading | None:
        """Return whose the weapons are that somebody fires: "drones launched by Russia"."""
        for clause in head.rights:
            if clause.dep_ == "acl" and clause.lemma_ in nouns().wielding:
                by = next((c for c in clause.rights if c.dep_ == "agent"), None)
                who = next((c for c in by.rights if c.dep_ == "pobj"), None) if by is not None else None
                reading = self.of_owner(who, speaker, depth) if who is not None else None
                if reading is not None and reading.side not in (None, "CIV"):
                    return reading
        return None

    # --- names beside the noun ----------------------------------------------------------------------

    def _modifier(self, head: Token) -> tuple[Hit | None, Token | None]:
        """Return the known name before a noun that tells whose it is, and the possessive owner."""
        hit = None
        owner = None
        for child in head.lefts:
            if child.dep_ == "poss":
                owner = child
            for token in child.subtree:
                if token.i >= head.i:
                    break
                found = self.names.name_at(token.i)
                if found is not None and token.dep_ not in {"nsubj", "relcl", "pobj"}:
                    hit = found
        i = head.i - 1
        while hit is None and i >= 0 and head.i - i < 8:
            if self.doc[i].dep_ not in {"amod", "compound", "nmod", "punct", "nummod"}:
                break
            found = self.names.name_at(i)
            if found is not None and i < self.doc[i].head.i <= head.i:
                hit = found
            i -= 1
        return hit, owner

    def modified(self, head: Token, hit: Hit) -> Reading:
        lists, lower, entry = nouns(), head.lower_, hit.entry
        if entry.kind in {"demonym", "state", "people"} and adjective(entry.side):
            if lower in lists.mercenaries:
                side = local_group(entry.side, lower)
                return Reading(
                    head.i, side, f"{head.text} are not their state's forces", "group", lower, named=True
                )
            if lower in lists.nonstate:
                side = local_group(entry.side, lower)
                return Reading(head.i, side, f"known as {side}", "group", lower, named=True)
        sort: Sort = "force" if self._commands(head) else sort_of(lower, entry.side)
        return Reading(head.i, entry.side, f"{head.text} of {entry.name}", sort, lower, named=True)

    def _commands(self, head: Token) -> bool:
        """Tell whether a noun for people is a force's command: "the general staff"."""
        before = self.doc[head.i - 1].lower_ if head.i else ""
        return before in nouns().compounds.get(head.lower_, ())

    def of_owner(self, owner: Token, speaker: str | None, depth: int) -> Reading:
        if owner.lower_ in _FIRST:
            return Reading(owner.i, speaker or self._speaker(owner), "the speaker's own", "force")
        person = self.names.person_at.get(owner.i)
        if person is not None:
            return self._person(owner, person)
        hit = self.names.name_at(owner.i)
        if hit is not None:
            return self._named(owner, hit)
        if owner.pos_ in {"PRON", "DET"}:
            return self.discourse.pronoun(owner)
        return self._noun(owner, speaker=speaker, depth=depth + 1)

    def of(self, head: Token, speaker: str | None, depth: int) -> Reading | None:
        """Read "soldiers of the 33rd Brigade", "members of Hamas", "fighters from Wagner"."""
        if depth >= DEPTH:
            return None
        for child in head.rights:
            link = child.lower_
            if child.dep_ == "prep" and link in {"of", "from", "with", "under", "among", "for"}:
                targets = [t for t in child.rights if t.dep_ == "pobj"]
            elif child.dep_ == "acl" and link in {
                "linked",
                "affiliated",
                "allied",
                "belonging",
                "loyal",
                "led",
            }:
                targets = [
                    t
                    for p in child.rights
                    if p.dep_ in {"prep", "agent"}
                    for t in p.rights
                    if t.dep_ == "pobj"
                ]
            else:
                continue
            for target in targets:
                reading = self._target(target, link, head, speaker, depth)
                if reading is not None:
                    return reading
        return None

    def _target(
        self, target: Token, link: str, head: Token, speaker: str | None, depth: int
    ) -> Reading | None:
        lists = nouns()
        hit = self.names.name_at(target.i)
        if hit is not None:
            state = hit.entry.kind in {"state", "seat", "demonym", "people"}
            if state and (
                (link in {"with", "from", "under", "for"} and not speaks(head))
                or head.lower_ in lists.dwellings
            ):
                return None
            return Reading(
                head.i,
                hit.entry.side,
                f"{head.text} of {hit.entry.name}",
                named_sort(hit),
                head.lower_,
                named=True,
            )
        person = self.names.person_at.get(target.i)
        if person is not None:
            side = self.person_side(person)
            return Reading(head.i, side, f"{person.name}'s", "group") if side else None
        if (
            link not in {"of", "among"}
            and not (link == "for" and speaks(head))
            and target.lower_ not in lists.state_forces | lists.armed | lists.nonstate
        ):
            return None
        if target.lower_ in _PRONOUNS | IT | ONE:
            return self.discourse.pronoun(target)
        if target.lower_ in _FIRST:
            side = speaker or self._speaker(target)
            return Reading(head.i, side, "the speaker's own", "force") if side else None
        if target.pos_ not in {"NOUN", "PROPN", "NUM"}:
            return None
        reading = self._noun(target, speaker=speaker, depth=depth + 1)
        if reading.side is None or (reading.sort == "thing" and not reading.named):
            return None
        counted = head.lower_ in lists.quantities or head.pos_ == "NUM"
        return reading if counted or reading.side != "CIV" else None

    def seat_behind(self, head: Token) -> Hit | None:
        """Return the state or capital of "the defence ministry in Moscow"."""
        links = [c for c in head.rights if c.dep_ == "prep" and c.lower_ == "in"]
        if head.i + 2 < len(self.doc) and self.doc[head.i + 1].lower_ == "in":
            links.append(self.doc[head.i + 1])  # whatever a parser makes it belong to
        for link in links:
            for target in [*link.rights, *self.doc[link.i + 1 : link.i + 2]]:
                hit = self.names.name_at(target.i)
                if hit is not None and hit.entry.kind in {"state", "seat"}:
                    return hit
        return None

    def enemy(self, head: Token, speaker: str | None) -> str | None:
        return self.discourse.enemy(speaker or self._speaker(head))

    # --- who speaks -----------------------------------------------------------------------------------

    def _speaker(self, token: Token) -> str | None:
        """Return the side of whoever says the sentence of ``token``, as far as the grammar tells."""
        if self._asking:
            return None
        self._asking = True
        try:
            return self._find_speaker(token)
        finally:
            self._asking = False

    def _find_speaker(self, token: Token) -> str | None:
        sentence = token.sent
        near = [sentence]
        if sentence.end < len(self.doc):
            near.append(self.doc[sentence.end].sent)
        if sentence.start:
            near.append(self.doc[sentence.start - 1].sent)
        for tokens in near:
            for word in tokens:
                if word.lemma_ in nouns().saying and word.pos_ == "VERB":
                    for child in word.children:
                        if child.dep_ == "nsubj" and child.lower_ not in _FIRST:
                            phrase = self.doc[child.left_edge.i : child.i + 1]
                            reading = self._read(phrase, speaker=None, depth=1)
                            if reading.side:
                                return reading.side
        if self.parse.document.outlet:
            outlet = find(self.parse.document.outlet)
            if outlet:
                return outlet[0].entry.side
        return None


@lru_cache(maxsize=4)
def sides_of(parse: Parse) -> Sides:
    """Return the sides of a document; read once for the last few documents asked for."""
    return Sides(parse)


def side(parse: Parse, span: Span) -> tuple[str | None, str]:
    """Return the side that the words at ``span`` mean, None where the text does not tell, and why.

    Args:
        parse: the parsed document.
        span: the words of a party ("Russian troops", "the army", "they").

    Returns:
        ISO 3166 alpha-3 of a state, a group's usual English name, ``CIV`` or None; and the reason.
    """
    return sides_of(parse).side(span)
