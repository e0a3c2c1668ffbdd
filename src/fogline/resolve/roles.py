"""The words for who speaks: offices, titles, kinds of body."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from .parties.data import nouns, read

if TYPE_CHECKING:
    from spacy.tokens import Token


class Roles(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for who speaks."""

    offices: dict[str, frozenset[str]]
    titles: frozenset[str]
    bodies: dict[str, frozenset[str]]
    papers: frozenset[str]
    polite: frozenset[str]
    qualifiers: frozenset[str]
    leading: frozenset[str]
    facilities: frozenset[str]
    particles: frozenset[str]
    private: frozenset[str]
    observers: frozenset[str]
    speaking: frozenset[str]
    military: frozenset[str]
    organs: frozenset[str]

    @property
    def all_offices(self) -> frozenset[str]:
        """Every word for a person by office."""
        return frozenset().union(*self.offices.values())


@lru_cache(maxsize=1)
def roles() -> Roles:
    """Return the words for who speaks."""
    return read(__package__, "roles.yml", Roles)


@lru_cache(maxsize=1)
def office_words() -> frozenset[str]:
    """Return every word for a person by office."""
    return roles().all_offices


def is_office(token: Token) -> bool:
    """Tell whether a token is a word for a person by office, or a title that tells one."""
    word = token.lower_.rstrip(".")
    if word in office_words() or word.removesuffix("s") in office_words():
        return True
    return word in roles().titles and word not in roles().polite and token.text[:1].isupper()


def private_words(words: Collection[str], *, head: str | None = None) -> bool:
    """Tell whether words for a speaker, lower case, make a private person of them.

    Those who look on for a living or a cause (aid workers, lawyers, reporters) are none,
    nor is an army's medic.

    Args:
        words: all words of the description.
        head: the one that has to be a word for a private person; any of them where None.
    """
    lists = roles()
    if lists.observers & set(words) or (head is not None and lists.military & set(words)):
        return False
    plain = lists.private | nouns().civilians
    return head in plain if head is not None else bool(plain & set(words))
