"""Events keep their ids while claims come and go."""

from __future__ import annotations

from fogline.link.identity import Changed, identify


def test_a_cluster_is_the_event_that_most_of_its_claims_were_of() -> None:
    named, changes = identify([("a", "b", "c", "new")], {"a": "e1", "b": "e1", "c": "e2"})
    assert named == {"e1": ("a", "b", "c", "new")}
    assert changes == [Changed(event="e2", what="merged", into="e1")]


def test_an_event_goes_on_in_the_cluster_that_has_most_of_it() -> None:
    named, changes = identify([("a", "b"), ("c",)], dict.fromkeys("abc", "e1"))
    (other,) = set(named) - {"e1"}
    assert named["e1"] == ("a", "b")
    assert changes == [Changed(event="e1", what="split", into=other)]


def test_new_clusters_get_ids_of_their_own_that_depend_on_their_claims_alone() -> None:
    one, _ = identify([("a", "b")], {})
    again, _ = identify([("b", "a"), ("c",)], {})
    (id,) = one
    assert id in again
    assert len(again) == 2


def test_an_id_that_is_taken_is_not_given_again() -> None:
    (id,) = identify([("a",)], {})[0]
    (other,) = identify([("a",)], {}, {id})[0]
    assert other != id


def test_an_event_whose_claims_are_gone_is_said_to_be_empty() -> None:
    assert identify([], {"a": "e1"})[1] == [Changed(event="e1", what="emptied", into="")]
