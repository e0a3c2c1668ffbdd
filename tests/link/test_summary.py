"""Titles and summaries: sentences that can be printed, each word with the claims it rests on."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
import yaml
from hypothesis import given
from made import place, said
from test_versions import some_claims

from fogline.link.data import PACKAGE
from fogline.link.slots import _WANTING
from fogline.link.summary import summary_of, title_of
from fogline.link.versions import versions_of
from fogline.link.ways import stands_against, way_of
from fogline.link.wording import amount, days, forces, on_days, place_name, plural, state, voice_name
from fogline.store import Stored

DAY = date(2016, 3, 27)


def told(*claims: Stored) -> str:
    """Return the summary of claims in words."""
    found = versions_of(claims)
    return "".join(piece.text for piece in summary_of(claims, (), found.disputes, found.figures))


@pytest.mark.parametrize(
    ("claim", "title", "summary"),
    [
        (
            said("the army retook Palmyra", "CAPTURE", agents=[("the army", "SYR")], at=["Palmyra"], on=DAY,
                 by="Syrian Ministry of Defence", side="SYR", kind="military"),
            "Recapture of Palmyra by Syrian forces, 27 March 2016",
            "Syrian forces retook Palmyra on 27 March 2016, according to the Syrian Ministry of Defence.",
        ),
        (
            said("M23 rebels pulled out of Sake", "WITHDRAW", agents=[("M23 rebels", "M23")],
                 at=[("Sake", "from")], on=(DAY, date(2016, 3, 28))),
            "Withdrawal of M23 rebels from Sake, 27–28 March 2016",
            "M23 rebels withdrew from Sake on 27–28 March 2016, Lake Wire reports.",
        ),
        (
            said("drones hit a depot in Kharkiv", "AIRSTRIKE", agents=[("Russian drones", "RUS")],
                 targets=[("a depot", None)], at=["Kharkiv"], on=DAY,
                 counts=[("killed", 2, 2), ("wounded", 7, 7)], by="mayor", side="UKR"),
            "Drone strike by Russian forces on a depot in Kharkiv, 27 March 2016",
            "Russian drones struck a depot in Kharkiv on 27 March 2016, killing 2 people and wounding 7, "
            "according to the mayor.",
        ),
        (
            said("some 350 residents were killed", "CASUALTIES", at=["Marawi"], counts=[("killed", 350, 350)],
                 by="a doctor in Marawi", kind="person"),
            "350 deaths in Marawi",
            "350 people were killed in Marawi, according to a doctor in Marawi.",
        ),
        (
            said("that its soldiers had shelled Goma", "SHELL", agents=[("its soldiers", "RWA")], at=["Goma"],
                 status="denied", by="Government of Rwanda", side="RWA", on=DAY),
            "Shelling of Goma by Rwandan forces (denied), 27 March 2016",
            "There was no shelling of Goma by Rwandan forces on 27 March 2016, according to the Government "
            "of Rwanda.",
        ),
        (
            said("the army will move into Marawi", "ADVANCE", agents=[("the army", "PHL")],
                 at=[("Marawi", "to")], status="intended", on=(DAY, None), by="spokesman", side="PHL"),
            "Entry of Philippine forces into Marawi (planned)",
            "The entry of Philippine forces into Marawi is planned or announced, according to the spokesman.",
        ),
        (
            said("a truce may be signed", "AGREE", status="possible"),
            "Ceasefire (possible)",
            "A ceasefire is thought possible, Lake Wire reports.",
        ),
        (
            said("residents of Sake fled to Goma", "DISPLACE", targets=[("residents", "CIV")],
                 at=[("Goma", "to")], counts=[("displaced", 3000, 3000)]),
            "Flight of residents to Goma",
            "3,000 people fled to Goma, Lake Wire reports.",
        ),
        (
            said("troops were driven out of 20 villages", "CAPTURE", agents=[("troops", "RUS")],
                 at=["Oskil River"], counts=[("settlements", 20, None)], by="General Staff", kind="military"),
            "Expulsion of Russian forces from at least 20 settlements",
            "Russian forces were driven out of at least 20 settlements, according to the General Staff.",
        ),
        (
            said("they hold it", "CONTROL", agents=[("they", "Islamic State")]),
            "Control by Islamic State",
            "Islamic State held a place that is not named, Lake Wire reports.",
        ),
    ],
)  # fmt: skip
def test_one_claim_in_words(claim: Stored, title: str, summary: str) -> None:
    assert title_of([claim]) == title
    assert told(claim) == summary


def test_a_dispute_and_a_series_are_told() -> None:
    claims = [
        said("the bomb killed 12", "ATTACK", by="Mayor", counts=[("killed", 12, 12)], at=["Goma"],
             told=date(2023, 2, 6)),
        said("the bomb killed 31", "ATTACK", by="Mayor", counts=[("killed", 31, 31)], at=["Goma"],
             told=date(2023, 2, 8)),
        said("the bomb killed 5", "ATTACK", by="Ministry", counts=[("killed", 5, 5)], at=["Goma"],
             told=date(2023, 2, 8)),
    ]  # fmt: skip
    text = told(*claims)
    assert "Disputed: killed 5 (Ministry) / 31 (Mayor)." in text
    assert text.endswith("Mayor’s figure for killed rose from 12 (6 February) to 31 (8 February 2023).")


def test_every_piece_with_words_of_claims_names_them() -> None:
    claim = said("the army retook Palmyra", "CAPTURE", agents=[("the army", "SYR")], at=["Palmyra"], on=DAY)
    bare = [piece.text for piece in summary_of([claim]) if not piece.claims]
    assert bare == ["."]


@given(some_claims())
def test_any_claims_make_a_whole_sentence(claims: list[Stored]) -> None:
    text = told(*claims)
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")
    assert "{" not in text + title_of(claims)
    assert "  " not in text
    assert " ." not in text


def test_slots_that_templates_name_are_those_that_are_filled_or_have_words_in_their_place() -> None:
    import re

    table = yaml.safe_load((PACKAGE / "wording.yml").read_text(encoding="utf-8"))
    for event, row in table["types"].items():
        assert "words" not in row["ways"][-1], f"the last way of {event} has to be the plain one"
        for way in row["ways"]:
            for name in ("noun", "active", "passive"):
                outside = re.sub(r"\[[^\]]*\]", "", way[name])
                needed = set(re.findall(r"\{(\w+)\}", outside)) - ({"agent"} if name == "active" else set())
                assert needed <= set(_WANTING), f"{event}: {way[name]}"
                assert way[name].count("[") == way[name].count("]")


def test_accounts_that_stand_against_each_other_are_named_in_the_table() -> None:
    table = yaml.safe_load((PACKAGE / "wording.yml").read_text(encoding="utf-8"))
    known = {f"{event}/{way['account']}" for event, row in table["types"].items() for way in row["ways"]}
    assert {name for pair in table["against"] for name in pair} <= known
    fled = way_of(said("the garrison fled", "WITHDRAW").claim)
    left = way_of(said("the garrison left", "WITHDRAW").claim)
    thrown = way_of(said("the garrison was driven out", "WITHDRAW").claim)
    assert not stands_against(fled, left)
    assert stands_against(left, thrown)


def test_words_are_the_fields_own() -> None:
    assert amount(2500, 3000, "km2") == "2,500 to 3,000 km²"
    assert amount(None, 50, None) == "up to 50"
    assert days(date(2022, 9, 1), date(2022, 9, 30)) == "September 2022"
    assert days(date(2022, 9, 29), date(2022, 10, 2)) == "29 September to 2 October 2022"
    assert on_days(date(2022, 9, 5), date(2022, 9, 9)) == "between 5 and 9 September 2022"
    assert on_days(date(2021, 12, 31), date(2022, 1, 1)) == "on 31 December 2021 or 1 January 2022"
    assert on_days(None, date(2022, 1, 1)) == "by 1 January 2022"
    assert on_days(None, None) == ""
    assert (forces("UKR"), forces("Boko Haram")) == ("Ukrainian forces", "Boko Haram")
    assert state("Syrian Democratic Forces") == "the Syrian Democratic Forces"
    assert voice_name("resident of Goma") == "a resident of Goma"
    assert voice_name("Witnesses") == "witnesses"
    assert voice_name("Armed Forces of Chad") == "the Armed Forces of Chad"
    assert (plural("residents"), plural("Homs"), plural("ten fishermen")) == (True, False, True)
    region = place("Kharkiv region")
    assert place_name(region) == "the Kharkiv region"


def test_a_place_that_is_only_guessed_is_not_told_where_a_clause_names_one() -> None:
    guessed = msgspec.structs.replace(place("Sake", start=500), score=0.3)
    army = [("the army", "COD")]
    claims = [
        said("the army retook 40 villages", "CAPTURE", agents=army, by=by, document=by) for by in ("a", "b")
    ]
    claims = [
        msgspec.structs.replace(one, claim=msgspec.structs.replace(one.claim, places=(guessed,)))
        for one in claims
    ]
    named = said("the army retook the villages around Goma", "CAPTURE", agents=army, at=["Goma"], by="c")
    assert "Sake" in title_of(claims)
    assert "Goma" in title_of([*claims, named]) and "Sake" not in title_of([*claims, named])
