"""Clusters: claims that go together on average, and what people judged."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from fogline.link.clusters import clusters, parted

NAMES = [f"c{n}" for n in range(8)]
links = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.floats(0, 9)).filter(
        lambda link: link[0] < link[1]
    ),
    unique_by=lambda link: link[:2],
)
pairs = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] < p[1]), max_size=4
)


def test_what_is_linked_is_one_and_what_is_not_is_alone() -> None:
    assert clusters(["a", "b", "c"], [("a", "b", 3.0)]) == [("a", "b"), ("c",)]


def test_a_chain_does_not_grow() -> None:
    chain = [(f"c{n}", f"c{n + 1}", 1.0) for n in range(7)]
    # weak links: four claims at most, not the chain of eight (two before unlinked pairs weighed -0.1)
    assert max(len(cluster) for cluster in clusters(NAMES, chain)) == 4


def test_claims_that_are_all_linked_are_one() -> None:
    every = [(a, b, 1.0) for a in NAMES for b in NAMES if a < b]
    assert clusters(NAMES, every) == [tuple(NAMES)]


def test_what_a_person_judged_the_same_is_one_without_any_link() -> None:
    assert clusters(["a", "b"], [], same=[("a", "b")]) == [("a", "b")]


def test_what_a_person_judged_not_the_same_is_apart_however_it_is_linked() -> None:
    every = [("a", "b", 9.0), ("b", "c", 9.0), ("a", "c", 9.0)]
    found = clusters(["a", "b", "c"], every, apart=[("a", "c")])
    assert not any({"a", "c"} <= set(cluster) for cluster in found)


def test_what_is_gathered_by_links_is_parted_by_what_speaks_against_it() -> None:
    linked = [("a", "b", 6.0), ("b", "c", 2.0), ("a", "c", 1.0), ("c", "d", 6.0), ("b", "d", 1.0)]
    together = clusters(["a", "b", "c", "d"], linked)
    assert together == [("a", "b", "c", "d")]
    against = [*linked[:2], *linked[3:4], ("a", "c", -2.0), ("a", "d", -2.0), ("b", "d", -2.0)]
    assert parted(together, lambda groups: against) == [("a", "b"), ("c", "d")]
    assert parted(together, lambda groups: linked) == together


def test_two_claims_that_are_linked_are_not_asked_about_again() -> None:
    asked: list[str] = []

    def weigh(groups: Sequence[Sequence[str]]) -> list[tuple[str, str, float]]:
        asked.extend(claim for group in groups for claim in group)
        return []

    assert parted([("a", "b"), ("c",)], weigh) == [("a", "b"), ("c",)]
    assert asked == []


@given(links, pairs, pairs)
def test_each_claim_is_in_one_cluster_and_judgements_hold(
    linked: list[tuple[str, str, float]], same: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    found = clusters(NAMES, linked, same=same, apart=apart)
    assert sorted(claim for cluster in found for claim in cluster) == NAMES
    assert not any({one, other} <= set(cluster) for one, other in apart for cluster in found)
    if not apart:
        assert all(any({one, other} <= set(cluster) for cluster in found) for one, other in same)


@given(links)
def test_the_order_of_links_does_not_matter(linked: list[tuple[str, str, float]]) -> None:
    assert clusters(NAMES, linked) == clusters(NAMES, linked[::-1])
