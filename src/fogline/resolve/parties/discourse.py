"""What went before: whom "they", "the army" or "the rebels" mean at a point of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from .data import nouns
from .lexicon import adjective, called, fold
from .names import Names, is_state
from .reading import SUBJECTS, Reading, Sort, sort_of

if TYPE_CHECKING:
    from spacy.tokens import Token

ONE = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
IT = frozenset({"it", "its", "itself"})
_LOOK_BACK = 80
_OWN_VERBS = frozenset(
    [
        "withdraw",
        "deploy",
        "send",
        "move",
        "mass",
        "lose",
        "pull",
        "redeploy",
        "evacuate",
        "bring",
        "have",
        "station",
        "mobilise",
        "mobilize",
        "dispatch",
        "order",
        "concentrate",
        "reinforce",
        "use",
        "fire",
        "commit",
        "rush",
        "leave",
        "keep",
        "put",
        "regroup",
        "launch",
        "gather",
        "transfer",
        "recall",
        "fly",
        "land",
        "rotate",
    ]
)


class Discourse:
    """The readings of a document so far, and what may be picked up from them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.doc = names.doc
        self.order: list[Reading] = []
        self.at: dict[int, Reading] = {}
        self.fielded: Counter[str] = Counter()

    def add(self, reading: Reading) -> None:
        """Take a reading into account; readings come in the order of the text."""
        self.at[reading.token] = reading
        self.order.append(reading)
        if reading.named and reading.side and reading.sort in {"force", "group"}:
            self.fielded[reading.side] += 1

    @cached_property
    def sentence(self) -> list[int]:
        """The number of the sentence of each token."""
        numbers, n = [], -1
        for token in self.doc:
            n += bool(token.is_sent_start) or n < 0
            numbers.append(n)
        return numbers

    def back(self, token: Token, sentences: int) -> Iterator[tuple[int, Reading]]:
        """Yield the readings before ``token``, nearest first, with how many sentences back they are."""
        here = self.sentence[token.i]
        seen = 0
        for reading in reversed(self.order):
            if reading.token >= token.i:
                continue
            gap = here - self.sentence[reading.token]
            seen += 1
            if gap > sentences or seen > _LOOK_BACK:
                return
            yield gap, reading

    def words(self, reading: Reading) -> str:
        """Return the words of a reading, for a reason."""
        token = self.doc[reading.token]
        return " ".join(self.doc[token.left_edge.i : token.i + 1].text.split())[-60:]

    def take(self, head: Token, from_: Reading, sort: Sort | None = None) -> Reading:
        """Return a reading of ``head`` that follows an earlier one."""
        return Reading(
            head.i,
            from_.side,
            f"{head.text!r} as {self.words(from_)!r} before",
            sort or from_.sort,
            head.lower_,
        )

    # --- pronouns -----------------------------------------------------------------------------------

    def pronoun(self, token: Token) -> Reading:
        """Read a pronoun: the nearest fitting phrase, subjects first."""
        lower = token.lower_
        if lower in {"who", "which", "that", "whom", "whose"}:
            verb = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
            if verb is not None and verb.head.i in self.at:
                found = self.at[verb.head.i]
                return Reading(token.i, found.side, found.reason, found.sort, lower)
        many = lower not in ONE and lower not in IT
        best, best_score = None, -99.0
        for gap, reading in self.back(token, 4):
            score = self._fit(token, reading, gap, lower, many)
            if score is not None and score > best_score:
                best, best_score = reading, score
        if best is None:
            return Reading(
                token.i, None, f"nobody that {token.text!r} could mean stands before it", "thing", lower
            )
        return self.take(token, best)

    def _fit(self, token: Token, reading: Reading, gap: int, lower: str, many: bool) -> float | None:
        if reading.side is None or reading.token == _acting_on(token):
            return None
        if lower in ONE:
            if reading.sort != "person" and not (reading.sort == "people" and gap <= 2):
                return None
        elif reading.sort in {"thing", "person"} or (lower in IT and reading.sort == "people"):
            return None
        before = self.doc[reading.token]
        score = -1.2 * gap - 0.012 * (token.i - reading.token)
        if before.dep_ in SUBJECTS:
            score += 2.0 if token.dep_ in SUBJECTS or before.pos_ == "PRON" else 1.4
        elif before.dep_ == "pobj" and gap == 0:
            score -= 0.6
        elif before.dep_ == "poss":
            score -= 0.3
        plural = before.tag_ in {"NNS", "NNPS"} or before.lower_ in {"they", "them", "their", "we", "police"}
        if many:
            score += 0.9 if plural else (0.2 if reading.sort == "group" else -0.5)
            if reading.sort == "state" and not plural:
                score -= 0.4
        elif lower in IT:
            score += -1.5 if plural else 0.3
            if before.lower_ in IT:
                score += 0.5
        if lower in ONE and reading.sort == "people" and plural:
            return None
        if before.dep_ in {"amod", "compound"}:
            score -= 1.0
        return score

    # --- nouns ----------------------------------------------------------------------------------------

    def by_name_word(self, head: Token) -> Reading | None:
        """Read "the coalition", "the front" as the last group or body whose name has that word."""
        lower = fold(head.lower_)
        if lower in {"group", "force", "forces", "fighters"}:
            return None
        best = None
        for hit, words in self.names.hit_words:
            if hit.start >= head.idx:
                break
            if lower in words:
                best = hit
        if best is None:
            side = called().get((self.names.home or "", lower))
            if side is None or lower in nouns().nonstate:
                return None
            return Reading(head.i, side, f"{head.text!r} in a report on {self.names.home}", "group", lower)
        sort: Sort = "body" if best.entry.kind == "body" else "group"
        return Reading(head.i, best.entry.side, f"{head.text!r} means {best.entry.name}", sort, head.lower_)

    def state(self, head: Token) -> Reading:
        """Read "the army", "troops", "police", "the government" with nothing beside it."""
        lists, lower = nouns(), head.lower_
        forces = lower in lists.state_forces
        governor = self.subject_side(head)
        if governor is not None and forces:
            return self.take(head, governor, "force")
        for gap, reading in self.back(head, 12):
            if not is_state(reading.side):
                continue
            if reading.noun == lower and (gap <= 3 or reading.side in (self.names.home, self._fielder())):
                return self.take(head, reading)
            if forces and gap <= 1 and head.tag_ in {"NNS", "NNPS"} and reading.sort == "force":
                return self.take(head, reading)
        state = self._fielder() if forces else None
        state = state or self.names.home
        if state is None:
            return Reading(head.i, None, "no state is named", sort_of(lower, None), lower)
        return Reading(head.i, state, f"the document is mostly about {state}", sort_of(lower, state), lower)

    def _fielder(self) -> str | None:
        """Return the state whose forces the document names most, None where none are named."""
        states = [(n, side) for side, n in self.fielded.items() if is_state(side)]
        if not states:
            return None
        most, side = max(states, key=lambda row: (row[0], self.names.weights[row[1]]))
        home = self.names.home
        if home is not None and self.fielded[home] * 2 >= most:
            return home
        return side

    def group(self, head: Token) -> Reading:
        """Read "the rebels", "militants", "the group" with nothing beside it."""
        lists, lower = nouns(), head.lower_
        for gap, reading in self.back(head, 12):
            if reading.side in (None, "CIV") or is_state(reading.side) or reading.sort != "group":
                continue
            if reading.noun == lower or (
                gap == 0 and self.doc[reading.token].dep_ in SUBJECTS and lower == "group"
            ):
                return self.take(head, reading)
        groups = self.names.groups
        fits = (
            {g: n for g, n in groups.items() if g in lists.jihadist_groups}
            if lower in lists.jihadists
            else {}
        )
        pool = fits or dict(groups)
        recent: Counter[str] = Counter()
        for gap, reading in self.back(head, 4):
            if reading.side in pool:
                recent[reading.side] += 6 - gap
        if pool:
            name = max(pool, key=lambda g: pool[g] + 0.5 * recent[g])
            if pool[name] >= 2 or recent[name]:
                return Reading(head.i, name, f"{head.text!r} fits {name}, named in the text", "group", lower)
        side = called().get((self.names.home or "", lower))
        if side is not None:
            return Reading(head.i, side, f"{head.text!r} in a report on {self.names.home}", "group", lower)
        if self.names.home is not None and lower.startswith(("rebel", "insurgen", "separatis", "opposition")):
            return Reading(
                head.i, local_group(self.names.home, lower), f"in {self.names.home}", "group", lower
            )
        return Reading(head.i, None, "no group is named", "group", lower)

    def force(self, head: Token) -> Reading:
        """Read "fighters", "forces", "units", "the attackers" with nothing beside it."""
        governor = self.subject_side(head)
        lower = head.lower_
        if governor is not None:
            return self.take(head, governor)
        same = None
        near = None
        harming = self._harming(head)
        for gap, reading in self.back(head, 6):
            if (
                reading.side in harming
                or reading.side in (None, "CIV")
                or reading.sort not in {"state", "group", "force"}
            ):
                continue
            if reading.noun == lower and same is None:
                same = reading
            if near is None and gap <= 2 and reading.sort in {"group", "force"}:
                near = reading
        found = same or near
        if found is not None:
            return self.take(head, found)
        return Reading(head.i, None, "no side is told", sort_of(lower, None), lower)

    def counted(self, head: Token) -> Reading:
        """Read "three others", "hundreds", "some": those counted before, else civilians."""
        harming = self._harming(head)
        for _, reading in self.back(head, 1):
            fits = reading.side is not None and reading.sort in {"people", "force", "group"}
            if fits and reading.side not in harming:
                return self.take(head, reading)
        return Reading(head.i, "CIV", "people counted with nothing said of them", "people", head.lower_)

    def _harming(self, head: Token) -> set[str | None]:
        """Return the sides of those who harm whom ``head`` counts: nobody shoots at his own."""
        at = head
        while at.dep_ == "pobj" and at.head.lower_ == "of" and at.head.head.i != at.i:
            at = at.head.head  # "21 of 30 drones"
        verb = at.head
        if at.dep_ != "dobj" or verb.lemma_ not in nouns().harming:
            return set()
        for _ in range(3):
            subjects = {c.dep_: c for c in verb.lefts if c.dep_ in {"nsubj", "csubj", "advcl"}}
            subject = subjects.get("nsubj") or subjects.get("csubj") or subjects.get("advcl")
            if subject is not None:
                doers = (self.at.get(t.i) for t in subject.subtree)
                return {r.side for r in doers if r is not None and r.side not in (None, "CIV")}
            if verb.dep_ not in {"xcomp", "conj", "advcl", "pcomp", "prep"}:
                break
            verb = verb.head
        return set()

    def subject_side(self, head: Token) -> Reading | None:
        """Return the subject whose own ``head`` is: "it was withdrawing troops"."""
        if head.dep_ not in {"dobj", "oprd"} or head.head.lemma_ not in _OWN_VERBS:
            return None
        verb = head.head
        for _ in range(3):
            for child in verb.lefts:
                if child.dep_ == "nsubj":
                    reading = self.at.get(child.i)
                    fits = (
                        reading is not None and reading.side not in (None, "CIV") and reading.sort != "thing"
                    )
                    return reading if fits else None
            if verb.dep_ not in {"xcomp", "conj", "advcl", "pcomp"}:
                return None
            verb = verb.head
        return None

    def enemy(self, own: str | None) -> str | None:
        """Return the side that fights ``own`` most in this document."""
        own = own or self.names.home
        count = Counter(self.fielded)
        for side, n in self.names.groups.items():
            count[side] += n
        for side, weight in self.names.weights.items():
            count[side] += weight // 20
        count.pop(own or "", None)
        return max(count, key=lambda side: count[side]) if count else None


def _acting_on(pronoun: Token) -> int | None:
    """Return the token that does to a pronoun what its verb tells: whom "accusing it" cannot mean."""
    if pronoun.dep_ != "dobj":
        return None
    verb = pronoun.head
    for _ in range(4):
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
        if subject is not None:
            return subject.i
        if verb.dep_ not in {"xcomp", "conj", "advcl", "pcomp", "prep"}:
            return None
        verb = verb.head
    return None


def local_group(iso: str, noun: str) -> str:
    """Return the name of a group known only by its country: "Syrian rebels"."""
    if not noun.endswith("s") and noun not in {"opposition", "resistance", "militia"}:
        noun = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{adjective(iso)} {noun}"
