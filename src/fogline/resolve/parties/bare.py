"""Read a noun that tells its side by what it is: people, armed men, an army with no name beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...extract.place_words import place_words
from .data import nouns
from .lexicon import Hit
from .names import is_state
from .offices import local_office_side
from .reading import Reading, sort_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from .sides import Sides

DEPTH = 3  # phrases within phrases that are followed


def backed(sides: Sides, head: Token) -> Reading | None:
    """Read "Iran-backed militias": neither Iran nor without a side, but known by that phrase."""
    lists, lower = nouns(), head.lower_
    if lower not in lists.nonstate | lists.armed | lists.mercenaries:
        return None
    for child in head.lefts:
        if any(
            (hit := sides.names.hit_at.get(t.i)) is not None and hit.foreign
            for t in child.subtree
            if t.i < head.i
        ):
            phrase = " ".join(t.text_with_ws for t in sides.doc[child.left_edge.i : head.i + 1]).split()
            words = " ".join(phrase).replace(" - ", "-")
            return Reading(head.i, words, "known by who stands behind them", "group", lower, named=True)
    return None


def people(
    sides: Sides, head: Token, hit: Hit | None, owner: Token | None, speaker: str | None, depth: int
) -> Reading:
    """Read a noun for people: civilians, unless they are somebody's armed men."""
    lower = head.lower_
    if lower in {"men", "man", "youths", "boys"}:
        dressed = (t for c in head.rights if c.lower_ in {"in", "with"} for t in c.rights)
        armed = any(t.lower_ in {"armed", "masked"} for t in head.lefts)
        armed = armed or any(t.lower_ in nouns().fighting_dress for t in dressed)
        if hit is not None and (hit.entry.kind in {"group", "body"} or armed):
            return sides.modified(head, hit)
        if owner is not None and depth < DEPTH:
            of_owner = sides.of_owner(owner, speaker, depth)
            if of_owner.side not in (None, "CIV"):
                return Reading(
                    head.i, of_owner.side, of_owner.reason, sort_of("fighters", of_owner.side), lower
                )
        if armed:
            return Reading(head.i, None, "armed men of no told side", "group", lower)
    of = sides.of(head, speaker, depth)
    if of is not None and of.sort in {"group", "force"} and lower in {"men", "man", "people", "staff", "one"}:
        return of.moved(head)
    if (
        hit is not None
        and hit.entry.kind == "body"
        and lower in {"staff", "worker", "workers", "employee", "employees"}
    ):
        return sides.modified(head, hit)
    return Reading(head.i, "CIV", f"{head.text} are civilians", "people", lower)


def is_condition(head: Token) -> bool:
    """Tell whether a noun is no state but how things stand: "the state of emergency"."""
    of = (c for c in head.rights if head.lower_ == "state" and c.lower_ == "of")
    return any(t.lower_ in nouns().conditions for c in of for t in c.rights)


def bare(sides: Sides, head: Token, speaker: str | None) -> Reading:
    """Read a noun with no name beside it by what went before."""
    lists, lower = nouns(), head.lower_
    if is_condition(head):
        return Reading(head.i, None, "a condition, not a party", "thing", lower)
    if lower in lists.enemies:
        return Reading(head.i, sides.enemy(head, speaker), "whom the speaker fights", "force", lower)
    if lower in lists.dwellings:
        return Reading(head.i, "CIV", f"{head.text}: where civilians live", "thing", lower)
    unaligned = any(t.lower_ in lists.unaligned for t in head.lefts)
    if lower in lists.government and unaligned:
        return Reading(head.i, None, "of no told state", "thing", lower)
    if any(t.dep_ == "det" and t.lower_ in {"the", "this", "that"} for t in head.lefts):
        by_word = sides.discourse.by_name_word(head)
        if by_word is not None and not (
            lower in lists.state_forces | lists.government
            and is_state(sides.names.home)
            and by_word.sort == "body"
        ):
            return by_word
    if lower in lists.peacekeepers:
        return Reading(head.i, sides.names.peacekeepers, "peacekeepers", "force", lower)
    if lower in lists.nonstate:
        return _of_a_people(sides, head) or sides.discourse.group(head)
    located = sides.seat_behind(head)
    if located is not None and lower in lists.state_forces | lists.government | lists.sources:
        return Reading(
            head.i,
            located.entry.side,
            f"in {located.entry.name}",
            sort_of(lower, located.entry.side),
            lower,
        )
    if lower in lists.sources and any(
        t.lower_ in lists.state_forces | lists.government | {"security", "defence", "defense"}
        for t in head.lefts
    ):
        return sides.discourse.state(head)
    if lower in lists.local_offices:
        phrase = sides.doc[head.left_edge.i : head.right_edge.i + 1]
        state = local_office_side(phrase, sides.names)
        if state is not None:
            return Reading(head.i, state, f"{head.text} in {state}", sort_of(lower, state), lower)
    if lower in lists.government and any(t.lower_ in lists.local_words for t in head.lefts):
        return Reading(head.i, sides.names.home, "of the state told of", sort_of(lower, None), lower)
    own = any(t.lower_ in lists.state_words and t.dep_ in {"amod", "compound", "nmod"} for t in head.lefts)
    if lower in lists.state_forces | lists.government or (own and lower in lists.armed):
        return sides.discourse.state(head)
    if lower in lists.armed and not (head.pos_ == "PROPN" and head.ent_type_ == "ORG"):
        return sides.discourse.force(head)
    if head.pos_ == "PROPN":
        return unknown_name(sides, head)
    return Reading(head.i, None, "no side is told", "thing", lower)


def _of_a_people(sides: Sides, head: Token) -> Reading | None:
    """Read "Tuareg rebels": the group named that has the word in its name, else known by these words."""
    peoples = place_words().peoples
    kin = next((t for t in head.lefts if t.ent_type_ == "NORP" or t.text in peoples), None)
    lists = nouns()
    if kin is None or kin.lower_ in lists.unaligned | lists.creeds or not head.lower_.endswith("s"):
        return None
    named = next((g for g in sides.names.groups if kin.text in g.split()), None)
    if named is not None:
        return Reading(head.i, named, f"{named} is named", "group", head.lower_, named=True)
    words = f"{kin.text} {head.lower_}"
    return Reading(head.i, words, "known by their people", "group", head.lower_, named=True)


def unknown_name(sides: Sides, head: Token) -> Reading:
    """Read a name that no data file knows: an organ of a state, else a group of its own name."""
    if head.ent_type_ not in {"ORG", "NORP"}:
        return Reading(head.i, None, "no side is told", "thing", head.lower_)
    words = sides.names.entity_at.get(head.i, head.text)
    name = words.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s")
    if {word.casefold() for word in name.split()} & nouns().institutions:
        state = sides.discourse.state(head)
        return Reading(head.i, state.side, state.reason, "force", head.lower_)
    known = sides.names.defined.get(name)
    if known is None and (" " not in name or any(t.lower_ in {"a", "an"} for t in head.lefts)):
        return Reading(head.i, None, "no side is told", "thing", head.lower_)
    return Reading(head.i, known or name, "as named in the text", "body", head.lower_)
