"""How pairs of claims are weighed: what tells for one occurrence, what against, by Splink as in SQL."""

from __future__ import annotations

from datetime import date

import pytest
from made import said

from fogline.link import pairs as module
from fogline.link.features import record
from fogline.link.pairs import Link, Pairs, entries
from fogline.link.parameters import comparisons, families, weights
from fogline.store import Stored

DAY = date(2023, 2, 8)
TOOK = said("rebels took the town of Sake", "CAPTURE", agents=[("rebels", "M23")], at=["Sake"], on=DAY)
LEFT = said(
    "its troops left Sake for Goma", "WITHDRAW", by="the army", agents=[("its troops", "COD")],
    at=[("Sake", "from")], on=DAY, outlet="Mirror",
)  # fmt: skip
CLAIMS = {
    "took": TOOK,
    "again": said(
        "Sake was taken by rebels", "CAPTURE", agents=[("rebels", "M23")], at=["Sake"], on=DAY,
        outlet="Mirror",
    ),
    "left": LEFT,
    "elsewhere": said(
        "rebels took Palmyra", "CAPTURE", agents=[("rebels", "M23")], at=["Palmyra"], on=DAY, outlet="Mirror"
    ),
    "later": said(
        "rebels took Sake", "CAPTURE", agents=[("rebels", "M23")], at=["Sake"], on=date(2023, 8, 20),
        outlet="Mirror", told=date(2023, 8, 21),
    ),
    "advance": said(
        "rebels moved towards Sake", "ADVANCE", agents=[("rebels", "M23")], at=[("Sake", "to")], on=DAY,
        outlet="Mirror",
    ),
    "talks": said("envoys met in Sake", "NEGOTIATE", at=["Sake"], on=DAY, outlet="Mirror"),
}  # fmt: skip


def weigh(one: Stored, other: Stored) -> Link:
    """Return the link between two claims, whatever it weighs."""
    pairs = Pairs()
    pairs.load([record(one), record(other)])
    (link,) = pairs.weigh([(one.claim.id, other.claim.id)])
    pairs.close()
    return link


def test_the_same_capture_told_twice_is_linked() -> None:
    assert weigh(CLAIMS["took"], CLAIMS["again"]).weight > 0


def test_withdrawal_and_capture_of_a_place_on_a_day_are_two_sides_of_one() -> None:
    link = weigh(CLAIMS["took"], CLAIMS["left"])
    assert link.weight > weigh(CLAIMS["took"], CLAIMS["advance"]).weight
    assert "two sides of one occurrence" in link.why


@pytest.mark.parametrize("other", ["elsewhere", "later", "advance", "talks"])
def test_what_is_another_occurrence_is_not_linked(other: str) -> None:
    assert weigh(CLAIMS["took"], CLAIMS[other]).weight < 0


def test_a_denial_is_compared_with_what_is_told_of_its_region_alone() -> None:
    def blocks(status: str, at: list[str]) -> set[str]:
        told = said("they shot captives", "ABUSE", agents=[("soldiers", "RUS")], at=at, on=DAY, status=status)
        return {entry.block for entry in entries([record(told)])}

    region = blocks("happened", ["Kharkiv region"])
    assert region & blocks("denied", ["Kharkiv region", "Izium"])
    assert not region & blocks("happened", ["Kharkiv region", "Izium"])


def levels(one: Stored, other: Stored) -> dict[str, str]:
    """Return the level that each comparison of two claims comes to."""
    pairs = Pairs()
    pairs.load([record(one), record(other)])
    (found,) = pairs.levels([(one.claim.id, other.claim.id)])
    pairs.close()
    return found


def test_the_name_of_a_side_is_no_telling_word() -> None:
    told = [said(words, "SHELL", outlet=words) for words in ("Russian howitzers boomed", "Russian mortars")]
    assert levels(told[0], told[1])["words"] == "other"
    told = [said(words, "SHELL", outlet=words) for words in ("howitzers boomed", "howitzers of Russia")]
    assert levels(told[0], told[1])["words"] == "one"


def test_two_places_in_both_tell_more_than_one() -> None:
    moved = [said(f"they moved {n}", "ADVANCE", at=["Sake", ("Goma", "to")], on=DAY, outlet=n) for n in "ab"]
    assert levels(*moved)["place"] == "several"
    assert levels(moved[0], CLAIMS["advance"])["place"] == "same"
    assert weigh(*moved).weight > weigh(moved[0], CLAIMS["advance"]).weight


def test_a_sentence_gives_each_weight_and_they_add_up() -> None:
    link = weigh(CLAIMS["took"], CLAIMS["again"])
    told = [float(part.rsplit("(", 1)[1].rstrip(").")) for part in link.why.split("; ")]
    assert sum(told) + weights()[0] == pytest.approx(link.weight, abs=0.05 * len(comparisons()))
    assert "both are at Sake" in link.why


def test_splink_and_plain_sql_weigh_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [record(stored) for stored in CLAIMS.values()]
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(module, "SPLINK_FROM", least)
        pairs = Pairs(entries(records))
        pairs.load(records)
        found.append(pairs.links(threshold=-50.0))
        pairs.close()
    assert found[0] == found[1]
    assert len(found[0]) >= 3


def test_only_pairs_with_a_new_claim_are_compared_where_asked() -> None:
    records = [record(CLAIMS[name]) for name in ("took", "again", "left")]
    new = CLAIMS["left"].claim.id
    pairs = Pairs(entries(records), new=[new])
    pairs.load(records)
    assert all(new in (link.one, link.other) for link in pairs.links(threshold=-50.0))
    others = sorted(CLAIMS[name].claim.id for name in ("took", "again"))
    assert pairs.pairs() == sorted((min(new, other), max(new, other)) for other in others)
    pairs.close()


def test_claims_without_day_and_place_share_no_block() -> None:
    vague = [said(f"fighting went on {n}", "CLASH", outlet=f"Paper {n}", told=None) for n in range(3)]
    assert entries([record(stored) for stored in vague]) == []


def test_types_that_may_be_one_are_compared_at_all() -> None:
    known = families()
    for kind, others in (*known.sides.items(), *known.parts.items()):
        for other in others:
            assert set(known.blocks[kind]) & set(known.blocks[other]), (kind, other)
    assert (
        "CAPTURE" not in (*known.sides["ADVANCE"], *known.parts["ADVANCE"])
        if "ADVANCE" in known.sides
        else True
    )
