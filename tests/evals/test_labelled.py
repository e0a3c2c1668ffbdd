"""What the labelled claims are divided into: what is measured on sets no weight."""

from __future__ import annotations

from labelled import labelled


def reports(half: str) -> set[str]:
    """Return the reports that have a labelled claim of a half."""
    return {claim.document for one in labelled(half) for claim in one.claims}


def test_reports_measured_whole_are_in_no_half_that_sets_weights() -> None:
    assert not reports("wide") & (reports("weights") | reports("stories"))
    assert not reports("reports") & (reports("weights") | reports("stories"))


def test_no_group_of_a_story_outweighs_the_others() -> None:
    for one in (*labelled("wide"), *labelled("stories")):
        groups = [claim.group for claim in one.claims]
        assert max(groups.count(group) for group in groups) <= 8, one.name
