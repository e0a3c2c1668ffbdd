"""What a noun phrase was read as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..roles import office_words
from .data import nouns
from .lexicon import Hit
from .names import is_state

if TYPE_CHECKING:
    from spacy.tokens import Token

Sort = Literal["state", "force", "group", "body", "people", "person", "thing"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a noun phrase was read as; ``token`` is the index of its head, ``noun`` its head in lower case.

    ``named`` tells that a name in the phrase itself gives the side.
    """

    token: int
    side: str | None
    reason: str
    sort: Sort
    noun: str = ""
    named: bool = False

    def moved(self, head: Token) -> Reading:
        """Return the same reading for another head."""
        return Reading(head.i, self.side, self.reason, self.sort, head.lower_, self.named)


def sort_of(noun: str, side: str | None) -> Sort:
    """Return the sort of thing that a noun with a side stands for."""
    lists = nouns()
    if noun in lists.civilians:
        return "people"
    if noun in lists.nonstate or noun in lists.mercenaries:
        return "group"
    if noun in lists.state_forces or noun in lists.armed:
        return "force" if is_state(side) or side is None else "group"
    if noun in lists.government:
        return "state" if is_state(side) else "group"
    return "thing"


def named_sort(hit: Hit) -> Sort:
    """Return the sort of a known name."""
    if hit.entry.kind == "body":
        return "body"
    return "group" if hit.entry.kind == "group" else "state"


def speaks(head: Token) -> bool:
    """Tell whether a noun is a person's office ("spokesman", "officials")."""
    return head.lower_ in office_words() or head.lower_.removesuffix("s") in office_words()


def civil(description: str) -> bool:
    """Tell whether the words beside a name are a civilian's."""
    return any(word in nouns().civilians for word in description.casefold().replace(",", " ").split())
