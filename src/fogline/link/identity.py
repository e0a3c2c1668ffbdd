"""Which event a cluster of claims is: events keep their ids while claims come and go."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct

Became = Literal["merged", "split", "emptied"]


class Changed(Struct, frozen=True, kw_only=True):
    """What became of an event: merged into another, split so that another began, or left without claims."""

    event: str
    what: Became
    into: str


def identify(
    clusters: Sequence[Sequence[str]], before: Mapping[str, str], taken: Collection[str] = ()
) -> tuple[dict[str, Sequence[str]], list[Changed]]:
    """Name clusters, and say what became of earlier events.

    A cluster is the earlier event that most of its earlier claims were of, and an event goes on in the
    cluster that has most of its claims; a cluster that is no earlier event gets an id of its own.

    Args:
        clusters: claims by cluster.
        before: the event that each claim was of; claims that are new are not in it.
        taken: ids of events that are not among these.

    Returns:
        The clusters by id, and the changes.
    """
    shares = sorted(
        (-count, nth, event)
        for nth, claims in enumerate(clusters)
        for event, count in Counter(before[claim] for claim in claims if claim in before).items()
    )
    named: dict[int, str] = {}
    heirs: dict[str, int] = {}
    for _, nth, event in shares:
        if nth not in named and event not in heirs:
            named[nth], heirs[event] = event, nth
    used = {*taken, *before.values()}
    for nth, claims in enumerate(clusters):
        if nth not in named:
            named[nth] = _fresh(claims, used)
            used.add(named[nth])
    changes = []
    for _, nth, event in shares:
        if named[nth] == event:
            continue
        what: Became = "split" if event in heirs else "merged"
        changes.append(Changed(event=event, what=what, into=named[nth]))
    kept = {event for _, _, event in shares}
    changes += [Changed(event=e, what="emptied", into="") for e in sorted(set(before.values()) - kept)]
    return {named[nth]: claims for nth, claims in enumerate(clusters)}, changes


def fresh_id(claims: Sequence[str], tried: int = 0) -> str:
    """Return an id made of the cluster's first claim; another for each that was tried and is taken."""
    cause = min(claims) + "+" * tried
    return f"e{hashlib.sha256(cause.encode()).hexdigest()[:12]}"


def _fresh(claims: Sequence[str], used: Collection[str]) -> str:
    """Return an id that no event has; an event that went on may have that of the cluster's first claim."""
    tried = 0
    while (id := fresh_id(claims, tried)) in used:
        tried += 1
    return id
