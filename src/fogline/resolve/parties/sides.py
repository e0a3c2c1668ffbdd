"""Tell which side the words of a party mean, from the words themselves and from what went before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from ...model import Span
from ..people import People, Person
from .data import nouns
from .lexicon import Entry, Hit, adjective, find

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

    from ...extract.parse import Parse

Sort = Literal["state", "group", "body", "people", "person", "thing", "unknown"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
_FIRST = frozenset({"we", "us", "our", "ours", "ourselves", "my", "me", "i", "myself"})
_ONE = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
_IT = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves", "both", "some", "others", "most", "many", "all",
                   "these", "those", "neither", "each", "several", "few", "none", "who", "which", "that"})  # fmt: skip
_SAYING = frozenset({"say", "tell", "add", "announce", "claim", "state", "report", "write", "warn", "declare",
                     "insist", "deny", "confirm", "acknowledge", "admit", "boast", "argue", "explain"})  # fmt: skip
_OWNING = frozenset({"of", "from", "for", "by", "with", "to", "against"})
_LOOK_BACK = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What a noun phrase was read as; ``token`` is the index of its head."""

    token: int
    side: str | None
    reason: str
    sort: Sort
    noun: str = ""


class Sides:
    """The sides of one document's parties.

    Args:
        parse: the parsed document.
    """

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.doc: Doc = parse.doc
        self.hits: list[Hit] = find(parse.document.text)
        self.people = People(self.doc, self.hits)
        self._hit_at: dict[int, Hit] = {}
        self._person_at: dict[int, Person] = {}
        self._place_hits()
        self.readings: dict[int, Reading] = {}
        self._order: list[Reading] = []
        self._asking = False
        for chunk in self.doc.noun_chunks:
            self._read_chunk(chunk)

    # --- what is known before reading -------------------------------------------------------------

    def _place_hits(self) -> None:
        spans = [(hit.start, hit.end, hit, None) for hit in self.hits]
        spans += [(m.start, m.end, None, person) for person in self.people.people for m in person.mentions]  # type: ignore[misc]
        spans.sort(key=lambda row: row[0])
        i = 0
        tokens = self.doc
        for start, end, hit, person in spans:
            while i < len(tokens) and tokens[i].idx + len(tokens[i]) <= start:
                i += 1
            j = i
            while j < len(tokens) and tokens[j].idx < end:
                if hit is not None:
                    self._hit_at[j] = hit
                elif person is not None:
                    self._person_at[j] = person
                j += 1

    @cached_property
    def weights(self) -> Counter[str]:
        """How much the document speaks of each state; the beginning counts more."""
        count: Counter[str] = Counter()
        size = max(1, len(self.parse.document.text))
        for hit in self.hits:
            weight = 1.5 if hit.start < 0.2 * size else 1.0
            if hit.entry.kind in {"state", "demonym", "people"}:
                count[hit.entry.side] += weight  # type: ignore[assignment]
            elif hit.entry.kind == "seat":
                count[hit.entry.side] += 0.6 * weight  # type: ignore[assignment]
            else:
                for state in hit.entry.states[:2]:
                    count[state] += 0.6 * weight / len(hit.entry.states[:2])  # type: ignore[assignment]
        return count

    @cached_property
    def home(self) -> str | None:
        """The state that the document is mostly about, None where no state is named."""
        return max(self.weights, key=lambda iso: self.weights[iso]) if self.weights else None

    @cached_property
    def groups(self) -> Counter[str]:
        """How often each group that is no state is named."""
        return Counter(hit.entry.side for hit in self.hits if hit.entry.kind == "group" and not hit.foreign)

    # --- reading ------------------------------------------------------------------------------------

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
        return reading.side, reading.reason

    def _read_chunk(self, chunk: TokenSpan) -> None:
        reading = self._read(chunk, speaker=None, depth=0)
        self.readings[reading.token] = reading
        self._order.append(reading)

    def _read(self, tokens: TokenSpan, *, speaker: str | None, depth: int) -> Reading:
        head = _head(tokens)
        lower = head.lower_
        whole = self._whole(tokens)
        if whole is not None:
            return self._named(head, whole)
        if lower in _FIRST:
            side = speaker or self._speaker(head)
            return Reading(head.i, side, "the speaker's own side" if side else "the speaker is not known", "unknown")
        person = self._person_at.get(head.i)
        if person is not None:
            why = f"{person.name} speaks or acts for {person.side}" if person.side else "a person of no told side"
            return Reading(head.i, person.side, why, "person")
        if head.i in self._hit_at and not self._hit_at[head.i].foreign:
            return self._named(head, self._hit_at[head.i])
        if head.pos_ in {"PRON", "DET"} or lower in _MANY or lower in _IT or lower in _ONE:
            of = self._owned(head, speaker=speaker, depth=depth)
            return of or self._pronoun(head)
        return self._noun(head, speaker=speaker, depth=depth)

    def _whole(self, tokens: TokenSpan) -> Hit | None:
        """Return the known name that all words of the phrase but an article or title make up."""
        names = {
            id(hit): hit
            for token in tokens
            if (hit := self._hit_at.get(token.i)) is not None and not hit.foreign
        }
        if len(names) != 1:
            return None
        hit = next(iter(names.values()))
        rest = [
            token
            for token in tokens
            if not (hit.start <= token.idx < hit.end) and token.pos_ not in {"DET", "PART", "PUNCT", "SPACE"}
        ]
        return None if rest else hit

    def _named(self, head: Token, hit: Hit) -> Reading:
        entry = hit.entry
        sort: Sort = "state" if entry.kind in {"state", "seat", "demonym", "people"} else "group"
        if entry.kind == "body":
            sort = "body"
        return Reading(head.i, entry.side, f"{entry.name} is named", sort, head.lower_)

    def _noun(self, head: Token, *, speaker: str | None, depth: int) -> Reading:
        lists, lower = nouns(), head.lower_
        civil = lower in lists.civilians
        armed = civil and any(t.lower_ in {"armed", "masked"} for t in head.lefts)
        hit, owner = self._modifier(head)
        if hit is not None and not (civil and not armed):
            return self._modified(head, hit.entry)
        if owner is not None and not civil:
            side, why = self._owner(owner, speaker)
            if side is not None:
                return Reading(head.i, side, why, "unknown", lower)
        of = self._owned(head, speaker=speaker, depth=depth)
        if of is not None and not (civil and of.sort != "group"):
            return of
        if armed:
            return self._recent_group(head, lower)
        if civil:
            return Reading(head.i, "CIV", f"{head.text} are civilians", "people", lower)
        if lower in lists.enemies:
            side = self._enemy(speaker or self._speaker(head))
            return Reading(head.i, side, "whom the speaker fights", "unknown", lower)
        if lower in lists.dwellings:
            return Reading(head.i, "CIV", f"{head.text}: where civilians live", "thing", lower)
        if lower in lists.nonstate:
            return self._recent_group(head, lower)
        if lower in lists.state_forces or lower in lists.government:
            return self._recent_state(head, lower)
        if lower in lists.armed:
            return self._recent_any(head, lower)
        return Reading(head.i, None, "no side is told", "thing", lower)

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
                found = self._hit_at.get(token.i)
                if found is not None and not found.foreign and token.dep_ not in {"nsubj", "relcl"}:
                    hit = found
        if hit is None:
            i = head.i - 1
            while i >= 0 and self.doc[i].dep_ in {"amod", "compound", "nmod", "punct", "nummod"} and head.i - i < 8:
                found = self._hit_at.get(i)
                if found is not None and not found.foreign and self.doc[i].head.i in range(i, head.i + 1):
                    hit = found
                i -= 1
        return hit, owner

    def _modified(self, head: Token, entry: Entry) -> Reading:
        lists, lower = nouns(), head.lower_
        if entry.kind in {"demonym", "state", "people"} and len(entry.side) == 3:
            word = adjective(entry.side)
            if lower in lists.mercenaries and word:
                return Reading(head.i, f"{word} {_plural(lower)}", f"{head.text} are not their state's forces", "group", lower)
            if lower in lists.nonstate and word:
                return Reading(head.i, self._local_group(entry.side, lower), f"{word} {lower}", "group", lower)
        return self._named_by(head, entry)

    def _named_by(self, head: Token, entry: Entry) -> Reading:
        sort: Sort = "state" if entry.kind in {"state", "seat", "demonym", "people"} else "group"
        return Reading(head.i, entry.side, f"{head.text} of {entry.name}", sort, head.lower_)

    def _local_group(self, iso: str, lower: str) -> str:
        return f"{adjective(iso)} {_plural(lower)}"

    def _owner(self, owner: Token, speaker: str | None) -> tuple[str | None, str]:
        lower = owner.lower_
        if lower in _FIRST:
            side = speaker or self._speaker(owner)
            return side, "the speaker's own"
        person = self._person_at.get(owner.i)
        if person is not None:
            return person.side, f"{person.name}'s"
        hit = self._hit_at.get(owner.i)
        if hit is not None:
            return hit.entry.side, f"{hit.entry.name}'s"
        if owner.pos_ in {"PRON", "DET"}:
            reading = self._pronoun(owner)
            return reading.side, reading.reason
        reading = self._noun(owner, speaker=speaker, depth=1)
        return (None, reading.reason) if reading.side == "CIV" else (reading.side, reading.reason)

    def _owned(self, head: Token, *, speaker: str | None, depth: int) -> Reading | None:
        """Read "soldiers of the 33rd Brigade", "members of Hamas", "fighters from Wagner"."""
        if depth > 2:
            return None
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "from", "with"} or child.dep_ == "appos":
                targets = [child] if child.dep_ == "appos" else [t for t in child.rights if t.dep_ == "pobj"]
                for target in targets:
                    reading = self._target(target, child.lower_, speaker, depth)
                    if reading is not None:
                        return Reading(head.i, reading.side, reading.reason, reading.sort, head.lower_)
        return None

    def _target(self, target: Token, link: str, speaker: str | None, depth: int) -> Reading | None:
        hit = self._hit_at.get(target.i)
        if hit is not None and not hit.foreign:
            return None if link == "with" and hit.entry.kind == "state" else self._named_by(target, hit.entry)
        person = self._person_at.get(target.i)
        if person is not None:
            return Reading(target.i, person.side, f"{person.name}'s", "person") if person.side else None
        if link != "of" and target.lower_ not in nouns().state_forces | nouns().armed | nouns().nonstate:
            return None
        if target.pos_ in {"PRON", "DET"}:
            return self._pronoun(target)
        if target.pos_ not in {"NOUN", "PROPN"}:
            return None
        reading = self._noun(target, speaker=speaker, depth=depth + 1)
        return reading if reading.side is not None and reading.sort != "thing" else None

    # --- what went before ---------------------------------------------------------------------------

    def _back(self, token: Token) -> list[Reading]:
        """Return readings before ``token``, nearest first."""
        back = []
        for reading in reversed(self._order):
            if reading.token < token.i:
                back.append(reading)
                if len(back) >= _LOOK_BACK:
                    break
        return back

    def _sentence(self, i: int) -> int:
        return self._sentence_of[i]

    @cached_property
    def _sentence_of(self) -> list[int]:
        numbers, n = [], -1
        for token in self.doc:
            n += bool(token.is_sent_start) or n < 0
            numbers.append(n)
        return numbers

    def _pronoun(self, token: Token) -> Reading:
        lower = token.lower_
        want: frozenset[str]
        if lower in _ONE:
            want = frozenset({"person"})
        elif lower in _IT:
            want = frozenset({"state", "group", "body", "unknown"})
        else:
            want = frozenset({"state", "group", "people", "unknown", "body"})
        if lower in {"who", "which", "that"} and token.dep_ in SUBJECTS | {"dobj", "pobj", "nsubjpass"}:
            noun = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
            if noun is not None and noun.head.i in self.readings:
                found = self.readings[noun.head.i]
                return Reading(token.i, found.side, found.reason, found.sort, lower)
        best, best_score = None, 0.0
        here = self._sentence(token.i)
        for reading in self._back(token):
            if reading.side is None or reading.sort not in want:
                continue
            gap = here - self._sentence(reading.token)
            if gap > 3:
                break
            score = 4.0 - 1.2 * gap
            before = self.doc[reading.token]
            if before.dep_ in SUBJECTS:
                score += 2.0
            if gap == 0 and before.dep_ in {"pobj"}:
                score -= 0.7
            if lower in _MANY and before.morph.get("Number") == ["Plur"]:
                score += 0.8
            if lower in _IT and before.morph.get("Number") == ["Plur"]:
                score -= 1.5
            score -= 0.01 * (token.i - reading.token)
            if best is None or score > best_score:
                best, best_score = reading, score
        if best is None:
            return Reading(token.i, None, f"nobody that {token.text!r} could mean stands before it", "unknown", lower)
        return Reading(token.i, best.side, f"{token.text!r} means {self._words(best)}", best.sort, lower)

    def _recent_state(self, head: Token, lower: str) -> Reading:
        """Read "the army", "troops", "police", "the government" with nothing beside it."""
        governor = self._subject_side(head, {"state", "unknown", "person", "group"})
        if governor is not None and lower in nouns().state_forces:
            return Reading(head.i, governor.side, f"{head.text} of {self._words(governor)}", governor.sort, lower)
        here = self._sentence(head.i)
        lists = nouns()
        plural = lower in lists.state_forces and head.tag_ in {"NNS", "NNPS"}
        for reading in self._back(head):
            gap = here - self._sentence(reading.token)
            if reading.side is None or reading.side == "CIV" or reading.sort not in {"state", "unknown", "group"}:
                continue
            if reading.noun == lower and gap <= 12 and reading.sort != "group":
                return Reading(head.i, reading.side, f"as {self._words(reading)} before", "state", lower)
            if plural and gap <= 1 and reading.noun in lists.state_forces | lists.armed:
                return Reading(head.i, reading.side, f"as {self._words(reading)} before", reading.sort, lower)
        if self.home is not None:
            return Reading(head.i, self.home, f"the document is about {self.home}", "state", lower)
        return Reading(head.i, None, "no state is named", "state", lower)

    def _recent_group(self, head: Token, lower: str) -> Reading:
        """Read "the rebels", "militants", "the group" with nothing beside it."""
        here = self._sentence(head.i)
        for reading in self._back(head):
            if reading.sort == "group" and reading.side and here - self._sentence(reading.token) <= 6:
                return Reading(head.i, reading.side, f"as {self._words(reading)} before", "group", lower)
        if self.groups:
            name, count = self.groups.most_common(1)[0]
            if count >= 2:
                return Reading(head.i, name, f"the document is about {name}", "group", lower)
        if self.home is not None and lower.startswith(("rebel", "insurgen", "separatis", "opposition")):
            return Reading(head.i, self._local_group(self.home, lower), f"in {self.home}", "group", lower)
        return Reading(head.i, None, "no group is named", "unknown", lower)

    def _recent_any(self, head: Token, lower: str) -> Reading:
        governor = self._subject_side(head, {"state", "group", "unknown", "person"})
        if governor is not None:
            return Reading(head.i, governor.side, f"{head.text} of {self._words(governor)}", governor.sort, lower)
        here = self._sentence(head.i)
        for reading in self._back(head):
            if here - self._sentence(reading.token) > 3:
                break
            if reading.side not in (None, "CIV") and reading.sort in {"state", "group", "unknown"}:
                return Reading(head.i, reading.side, f"as {self._words(reading)} before", reading.sort, lower)
        return Reading(head.i, None, "no side is told", "unknown", lower)

    def _subject_side(self, head: Token, sorts: set[str]) -> Reading | None:
        """Return the reading of the subject whose object ``head`` is: "it was withdrawing troops"."""
        if head.dep_ not in {"dobj", "oprd"}:
            return None
        verb = head.head
        for _ in range(3):
            for child in verb.lefts:
                if child.dep_ in {"nsubj"}:
                    reading = self.readings.get(child.i)
                    if reading is not None and reading.side not in (None, "CIV") and reading.sort in sorts:
                        return reading if verb.lemma_ in _OWN_VERBS else None
                    return None
            if verb.dep_ not in {"xcomp", "conj", "advcl", "pcomp"}:
                return None
            verb = verb.head
        return None

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
        for offset in (0, 1, -1, -2):
            i = sentence.end if offset == 1 else sentence.start - 1
            if offset == 0:
                tokens = sentence
            elif 0 <= i < len(self.doc):
                tokens = self.doc[i].sent
            else:
                continue
            for word in tokens:
                if word.lemma_ in _SAYING and word.pos_ == "VERB":
                    for child in word.children:
                        if child.dep_ == "nsubj" and child.lower_ not in _FIRST:
                            reading = self._read(self.doc[child.left_edge.i : child.right_edge.i + 1], speaker=None, depth=1)
                            if reading.side:
                                return reading.side
        if self.parse.document.outlet:
            outlet = find(self.parse.document.outlet)
            if outlet:
                return outlet[0].entry.side
        return None

    def _enemy(self, own: str | None) -> str | None:
        """Return the side that fights ``own`` most in this document."""
        count: Counter[str] = Counter()
        for side, n in self.groups.items():
            count[side] += n
        for side, weight in self.weights.items():
            count[side] += int(weight)
        own = own or self.home
        count.pop(own or "", None)
        return count.most_common(1)[0][0] if count else None

    def _words(self, reading: Reading) -> str:
        token = self.doc[reading.token]
        return " ".join(self.doc[token.left_edge.i : token.i + 1].text.split())[-60:]


_OWN_VERBS = frozenset({"withdraw", "deploy", "send", "move", "mass", "lose", "pull", "redeploy", "evacuate", "bring",
                        "have", "station", "mobilise", "mobilize", "dispatch", "order", "concentrate", "reinforce",
                        "use", "fire", "commit", "rush", "leave", "keep", "put", "regroup", "launch", "gather",
                        "transfer", "recall", "fly", "land", "rotate"})  # fmt: skip


def _head(tokens: TokenSpan) -> Token:
    """Return the root of a phrase, past "a number of", "dozens of" and the like."""
    return tokens.root


def _plural(noun: str) -> str:
    if noun.endswith("s") or noun in {"opposition", "resistance", "militia"}:
        return noun
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


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
