"""How pairs of claims are weighed: what tells for one occurrence, what against, by Splink as in SQL."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from made import said

from fogline.link import pairs as module
from fogline.link.features import record, records, turns
from fogline.link.pairs import Link, Pairs, entries
from fogline.link.parameters import comparisons, families, weights
from fogline.model import Words
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
        return {entry.block for entry in entries([record(told)]) if "|g" in entry.block}

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
    told = [record(stored) for stored in CLAIMS.values()]
    found = []
    for least in (0, 10**9):
        monkeypatch.setattr(module, "SPLINK_FROM", least)
        pairs = Pairs(entries(told))
        pairs.load(told)
        found.append(pairs.links(threshold=-50.0))
        pairs.close()
    assert found[0] == found[1]
    assert len(found[0]) >= 3


def test_only_pairs_with_a_new_claim_are_compared_where_asked() -> None:
    told = [record(CLAIMS[name]) for name in ("took", "again", "left")]
    new = CLAIMS["left"].claim.id
    pairs = Pairs(entries(told), new=[new])
    pairs.load(told)
    assert all(new in (link.one, link.other) for link in pairs.links(threshold=-50.0))
    others = sorted(CLAIMS[name].claim.id for name in ("took", "again"))
    assert pairs.pairs() == sorted((min(new, other), max(new, other)) for other in others)
    pairs.close()


def test_claims_without_day_and_place_share_no_block() -> None:
    vague = [said(f"fighting went on {n}", "CLASH", outlet=f"Paper {n}", told=None) for n in range(3)]
    blocks = [entry.block for entry in entries([record(stored) for stored in vague])]
    assert blocks == [f"in|Paper {n}-None" for n in range(3)]


def compared(*claims: Stored) -> bool:
    """Tell whether two claims are compared."""
    pairs = Pairs(entries([record(stored) for stored in claims]))
    found = bool(pairs.pairs())
    pairs.close()
    return found


def test_claims_of_one_report_are_compared_whatever_was_read_of_them() -> None:
    took, flew = (("CAPTURE", "Sake"), ("DECLARE", "Palmyra"))
    told = [said(f"{n}", kind, at=[at], on=DAY) for n, (kind, at) in enumerate((took, flew))]
    assert compared(*told)
    assert not compared(told[0], said("1", "DECLARE", at=["Palmyra"], on=DAY, outlet="Mirror"))


def test_a_telling_word_brings_claims_together_whose_places_were_read_apart() -> None:
    def paper(outlet: str, at: str, words: str, told: date = date(2023, 2, 10)) -> Stored:
        return said(words, "ATTACK", at=[at], on=DAY, outlet=outlet, told=told)

    one = paper("Wire", "Sake", "a lorry ploughed into the orphanage")
    assert compared(one, paper("Mirror", "Goma", "the orphanage was struck by a lorry"))
    assert not compared(one, paper("Mirror", "Palmyra", "a minaret was struck by a plane"))
    late = paper("Mirror", "Palmyra", "the orphanage was struck by a lorry", date(2023, 9, 10))
    assert not compared(one, late)


def in_report(*sentences: tuple[str, str | None]) -> list[Stored]:
    """Return claims of one report one after the other, each with its words for a day."""
    found: list[Stored] = []
    for words, day in sentences:
        stored = said(words, "CLASH", at=["Sake"], on=DAY, words_for_day=day)
        start = found[-1].claim.evidence.end + 1 if found else 0
        evidence = Words(start, start + len(words), words)
        claim = msgspec.structs.replace(stored.claim, evidence=evidence).identified()
        found.append(msgspec.structs.replace(stored, claim=claim))
    return found


def test_claims_between_which_another_day_is_told_are_farther_apart() -> None:
    told = in_report(
        ("On Friday they fought", "Friday"), ("and they fought", "Friday"),
        ("The next day they fought", "The next day"), ("on Monday they fought", "Monday"),
    )  # fmt: skip
    claims = {stored.claim.id: stored for stored in told}
    turn = turns(stored.claim for stored in reversed(told))
    assert [turn[stored.claim.id] for stored in told] == [1, 1, 2, 3]
    pairs = Pairs()
    pairs.load(records(claims, turn))
    first, *others = [stored.claim.id for stored in told]
    assert [row["turn"] for row in pairs.levels([(first, other) for other in others])] == [
        "same",
        "one",
        "more",
    ]
    weight = {(link.one, link.other): link.weight for link in pairs.weigh([(first, o) for o in others])}
    pairs.close()
    close, near, far = (weight[min(first, o), max(first, o)] for o in others)
    assert close > near > far


def test_days_of_another_report_are_not_counted() -> None:
    told = [*in_report(("On Friday they fought", "Friday")), said("it rained", "CLASH", outlet="Mirror")]
    assert sorted(turns(stored.claim for stored in told).values()) == [0, 1]


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
