"""Gather linked claims into events: agglomerative clustering by average weight, held by people's judgements.

Chains do not grow: two clusters are one only where their claims go together on average, pairs that are not
linked counting against it. What a person judged the same starts as one cluster; what a person judged not the
same is never in one.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence

from .parameters import settings

Pair = tuple[str, str]
Weighed = tuple[str, str, float]  # a pair with its weight in bits


def clusters(
    claims: Sequence[str],
    links: Iterable[Weighed],
    *,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[tuple[str, ...]]:
    """Return the claims in clusters, each in the order given; the clusters by their first claim.

    The work grows with the links (times the log of their number), not with the pairs of claims.

    Args:
        claims: the claims; each ends in exactly one cluster.
        links: pairs of them with their weight in bits, below nought where it speaks against; other pairs
            weigh what the setting ``missing`` says.
        same: pairs that a person judged the same.
        apart: pairs that a person judged not the same; where both are told of, these hold.
    """
    own = settings().clusters
    place = {claim: nth for nth, claim in enumerate(claims)}
    gathering = _Gathering(len(claims), own.missing)
    for one, other in apart:
        if one in place and other in place:
            gathering.keep_apart(place[one], place[other])
    for one, other in same:
        if one in place and other in place:
            gathering.put_together(place[one], place[other])
    for one, other, weight in links:
        if one in place and other in place:
            gathering.link(place[one], place[other], weight)
    return [tuple(claims[nth] for nth in members) for members in gathering.run()]


def parted(
    found: Sequence[tuple[str, ...]],
    weigh: Callable[[Sequence[Sequence[str]]], Iterable[Weighed]],
    *,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[tuple[str, ...]]:
    """Return clusters, those parted within which pairs that are not linked speak against one occurrence.

    Args:
        found: clusters by links alone.
        weigh: gives the pairs within clusters that were compared, linked or not, with their weight in bits.
        same: pairs that a person judged the same.
        apart: pairs that a person judged not the same.
    """
    some = [cluster for cluster in found if 2 < len(cluster) <= settings().clusters.weighed]
    members = [claim for cluster in some for claim in cluster]
    again = clusters(members, weigh(some), same=same, apart=apart)
    return sorted([*(set(found) - set(some)), *again])


class _Gathering:
    """Clusters that grow: who is in each, and what links each to others."""

    def __init__(self, count: int, missing: float) -> None:
        self._missing = missing
        self._members = {nth: [nth] for nth in range(count)}
        self._at = list(range(count))  # the cluster that a claim started in or was put into by judgement
        self._links: dict[int, dict[int, tuple[float, int]]] = {}  # cluster -> cluster -> weight, pairs
        self._apart: dict[int, set[int]] = {}

    def keep_apart(self, one: int, other: int) -> None:
        """Forbid two claims to be in one cluster."""
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)

    def put_together(self, one: int, other: int) -> None:
        """Begin with two claims in one cluster, unless that is forbidden."""
        one, other = self._at[one], self._at[other]
        if one != other and other not in self._apart.get(one, ()):
            self._join(min(one, other), max(one, other))

    def link(self, one: int, other: int, weight: float) -> None:
        """Count a link between two claims."""
        one, other = self._at[one], self._at[other]
        if one == other:
            return
        for a, b in ((one, other), (other, one)):
            theirs = self._links.setdefault(a, {})
            before, pairs = theirs.get(b, (0.0, 0))
            theirs[b] = (before + weight, pairs + 1)

    def run(self) -> list[list[int]]:
        """Join the two clusters that go together best, until none do; ties go to the earlier claims."""
        heap = [
            (-score, one, other)
            for one, theirs in self._links.items()
            for other in theirs
            if one < other and (score := self._score(one, other)) > 0
        ]
        heapq.heapify(heap)
        while heap:
            score, one, other = heapq.heappop(heap)
            if one not in self._members or other not in self._members:
                continue
            if other in self._apart.get(one, ()):
                continue
            now = self._score(one, other)
            if now <= 0:
                continue
            if abs(now + score) > 1e-9:  # one of the two has grown since
                heapq.heappush(heap, (-now, one, other))
                continue
            self._join(one, other)
            for third in self._links.get(one, ()):
                if (score := self._score(one, third)) > 0:
                    heapq.heappush(heap, (-score, min(one, third), max(one, third)))
        return sorted(sorted(members) for members in self._members.values())

    def _score(self, one: int, other: int) -> float:
        weight, pairs = self._links.get(one, {}).get(other, (0.0, 0))
        all_pairs = len(self._members[one]) * len(self._members[other])
        return (weight + self._missing * (all_pairs - pairs)) / all_pairs

    def _join(self, one: int, other: int) -> None:
        """Put the second cluster into the first."""
        for nth in self._members[other]:
            self._at[nth] = one
        self._members[one] += self._members.pop(other)
        mine = self._links.setdefault(one, {})
        mine.pop(other, None)
        for third, (weight, pairs) in self._links.pop(other, {}).items():
            theirs = self._links[third]
            theirs.pop(other, None)
            if third == one:
                continue
            before, counted = mine.get(third, (0.0, 0))
            mine[third] = theirs[one] = (before + weight, counted + pairs)
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart.setdefault(one, set()).add(third)
