"""Who held what, on the gazetteer's own settlements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

import pytest
from builders import claim, day, observation
from msgspec.structs import replace

from fogline.control import Control, areas, box_of, changes, gains, history, settlement_named, shapes_on
from fogline.control.area_checks import check_areas
from fogline.control.cells import Cells, area_km2
from fogline.control.settlements import settlements_in
from fogline.errors import QueryError
from fogline.model import Holder, Observation, Quantity

MOSUL, TAL_AFAR, ERBIL = (36.335, 43.119), (36.379, 42.448), (36.191, 44.009)
MOSUL_ID = 99072
BOX = (42.2, 35.9, 44.2, 36.7)


def seen() -> list[Observation]:
    """Return a small war: Mosul passes from one party to the other, and both speak of it."""
    is_, irq = "Islamic State", "IRQ"
    told = partial(observation, weight=12.0)
    says = partial(told, kind="claim", geonameid=MOSUL_ID, explicit=True)
    return [
        told(is_, *MOSUL, "2016-10-01"),
        told(is_, *TAL_AFAR, "2016-10-01"),
        told(is_, *TAL_AFAR, "2017-05-01"),
        told(irq, *ERBIL, "2016-10-01"),
        says(is_, *MOSUL, "2017-06-20", side=is_, voice="an agency of it"),
        told(irq, *MOSUL, "2017-06-24", weight=-12.0, kind="claim", side=irq, voice="the prime minister"),
        says(irq, *MOSUL, "2017-06-25", side=irq, change=True, voice="the prime minister", claim="c1"),
        told(irq, *MOSUL, "2017-07-01", voice="a geolocation team", change=True),
        told(irq, *MOSUL, "2017-07-02", voice="a geolocation team", change=True),
    ]


def named(holders: Sequence[Holder], name: str) -> Holder:
    """Return the largest settlement of a name, as the gazetteer spells it."""
    return next(h for h in holders if h.name == name)


def test_holders_of_a_day_change_with_what_is_told() -> None:
    control = Control(seen())
    before, after = (control.holders(day(d), box=BOX) for d in ("2016-12-01", "2017-07-10"))
    assert named(before, "Mosul").holder == "Islamic State"
    assert named(after, "Mosul").holder == "IRQ"
    assert named(after, "Tall ‘Afar").holder == "Islamic State"
    mosul = named(after, "Mosul")
    assert sum(mosul.probabilities.values()) == pytest.approx(1, abs=0.02)
    assert mosul.confidence == max(mosul.probabilities.values())
    assert mosul.reasons[0].startswith("Iraq held it with a probability of")
    assert any("the prime minister: seen" in reason for reason in mosul.reasons)
    assert mosul.claims == ("c1",)


def test_what_is_known_by_a_day_leaves_out_what_came_later() -> None:
    early = Control(seen(), known_by=day("2017-06-24")).holders(day("2017-07-10"), box=BOX)
    assert named(early, "Mosul").holder == "Islamic State"


def test_the_views_of_parties_are_kept_apart() -> None:
    control = Control(seen())
    on = day("2017-07-10")
    assessed = named(control.holders(on, box=BOX), "Mosul")
    assert assessed.claimed == {"IRQ": "IRQ", "Islamic State": "Islamic State"}
    assert assessed.disputed
    says = named(control.holders(on, view="Islamic State", box=BOX), "Mosul")
    assert (says.holder, says.confidence) == (
        "Islamic State",
        assessed.probabilities.get("Islamic State", 0.0),
    )
    assert {h.name for h in control.holders(on, view="disputed", box=BOX)} == {"Mosul"}
    unspoken = named(control.holders(on, view="IRQ", box=BOX), "Tall ‘Afar")
    assert unspoken.holder is None
    with pytest.raises(QueryError, match="There is no view 'SWE'"):
        control.holders(on, view="SWE")


def test_an_old_word_no_longer_disputes() -> None:
    later = Control(seen()).holders(day("2018-07-10"), box=BOX)
    assert named(later, "Mosul").claimed["Islamic State"] == "Islamic State"
    old = [o for o in seen() if o.side != "Islamic State"]
    old.append(
        observation(
            "Islamic State",
            *MOSUL,
            "2016-12-01",
            kind="claim",
            side="Islamic State",
            explicit=True,
            geonameid=MOSUL_ID,
        )
    )
    assert not named(Control(old).holders(day("2017-07-10"), box=BOX), "Mosul").disputed


def test_far_from_every_observation_there_is_no_information() -> None:
    far = Control(seen()).holders(day("2017-07-10"), box=(44.2, 33.0, 44.6, 33.6))
    assert far == []
    control = Control(seen())
    for found in control.holders(day("2017-07-10")):
        if found.holder is None:
            assert (found.confidence, found.reasons[0].startswith("No information:")) == (0.0, True)
    assert Control([]).holders(day("2017-07-10")) == []


def test_the_history_of_a_place_tells_versions_and_reasons() -> None:
    control = Control(seen())
    found = settlement_named(control, "Mosul", point=None)
    periods = history(control, found.theatre, found.index, day("2017-06-01"), day("2017-07-10"))
    assert periods[0].since == date(2017, 6, 1)
    assert all(a.until < b.since for a, b in pairwise(periods))
    assert (periods[0].holder, periods[-1].holder) == ("Islamic State", "IRQ")
    assert periods[-1].claimed == {"IRQ": "IRQ", "Islamic State": "Islamic State"}
    told = [reason for period in periods for reason in period.reasons]
    assert told[:2] == ["2017-06-20: an agency of it: seen.", "2017-06-25: the prime minister: seen."]
    by_point = settlement_named(control, "36.33,43.12", point=(36.33, 43.12))
    assert by_point.settlement == found.settlement
    with pytest.raises(QueryError, match="No settlement 'Qwxyzzia'"):
        settlement_named(control, "Qwxyzzia", point=None)


def test_a_change_names_who_claimed_it_first_and_who_bore_it_out() -> None:
    found = changes(Control(seen()), day("2017-06-01"), day("2017-07-10"), box=BOX)
    (mosul,) = [c for c in found if c.name == "Mosul"]
    assert (mosul.before, mosul.after) == ("Islamic State", "IRQ")
    assert (mosul.first_claimed_by, mosul.first_claimed_on) == ("the prime minister", date(2017, 6, 25))
    assert (mosul.confirmed_by, mosul.confirmed_on) == ("a geolocation team", date(2017, 7, 1))
    assert changes(Control(seen()), day("2017-07-05"), day("2017-07-05"), box=BOX) == []


def test_who_claimed_it_first_does_not_bear_it_out() -> None:
    neutral = partial(observation, "IRQ", *MOSUL, kind="claim", geonameid=MOSUL_ID, explicit=True)
    twice = [neutral(at, voice="an agency", weight=12.0) for at in ("2017-06-26", "2017-06-27")]
    told = [o for o in seen() if o.voice not in ("the prime minister", "a geolocation team")] + twice
    found = changes(Control(told), day("2017-06-01"), day("2017-07-10"), box=BOX)
    (mosul,) = [c for c in found if c.name == "Mosul"]
    assert (mosul.first_claimed_by, mosul.confirmed_by) == ("an agency", None)


def test_a_claimed_area_is_measured_from_the_first_day_asked_to_the_claims_own() -> None:
    taken = claim(on="2017-07-02", words="the army has retaken 900,000 square kilometres")
    area = Quantity(text="900,000", start=0, end=0, kind="area", low=9e5, high=9e5, unit="km2")
    taken = replace(taken, claim=replace(taken.claim, quantities=(area,)))
    (check,) = check_areas(Control(seen()), [taken], day("2017-06-01"), day("2017-07-10"))
    assert check.weight == "doubt"
    assert "900,000 km² that Iraq took from 2017-06-01 to 2017-07-02" in check.sentence
    assert check_areas(Control(seen()), [taken], day("2017-07-05"), day("2017-07-10")) == []


def test_cells_share_the_land_without_overlap_and_end_where_nobody_lives() -> None:
    settlements = settlements_in(*BOX)
    cells = Cells(settlements)
    whole = cells.on_earth([cells.joined(range(len(settlements)))])[0]
    assert cells.km2.sum() == pytest.approx(area_km2(whole), rel=1e-6)
    assert cells.km2.max() <= 3.1416 * 20**2


def test_an_area_on_the_ellipsoid_is_that_of_the_formula() -> None:
    import shapely

    # A degree by a degree at the equator (Karney's GeographicLib gives 12308.78 km²).
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12308.78, abs=0.01)


def test_land_goes_from_one_party_to_the_other() -> None:
    control = Control(seen())
    since, until = day("2017-06-01"), day("2017-07-10")
    by_day = list(areas(control, since, until, box=BOX))
    totals = {d: sum(a.km2 for a in by_day if a.on == d) for d in (since, until)}
    assert totals[since] == pytest.approx(totals[until], abs=0.3)  # rounded to a tenth of a km² each
    assert all(a.low <= a.km2 <= a.high for a in by_day)
    told = {g.holder: g for g in gains(control, since, until, box=BOX)}
    assert told["IRQ"].gained == told["Islamic State"].lost > 0
    assert told["IRQ"].net == -told["Islamic State"].net
    assert all(g.low <= g.net <= g.high for g in told.values())
    before = next(a.km2 for a in by_day if (a.on, a.holder) == (since, "IRQ"))
    after = next(a.km2 for a in by_day if (a.on, a.holder) == (until, "IRQ"))
    assert after - before == pytest.approx(told["IRQ"].net, abs=0.2)


def test_shapes_are_valid_touch_along_a_line_and_do_not_overlap() -> None:
    shapes = shapes_on(Control(seen()), day("2016-12-01"), box=BOX)
    land = dict(shapes.land)
    assert set(land) == {"IRQ", "Islamic State"}
    assert all(shape.is_valid for shape in land.values())
    assert area_km2(land["IRQ"].intersection(land["Islamic State"])) < 0.01
    ((one, other, line),) = shapes.lines
    assert (one, other, line.length > 0.1) == ("IRQ", "Islamic State", True)


def test_a_box_is_four_numbers_or_around_a_place() -> None:
    assert box_of("36.1, 48.5, 38.6, 50.2") == (36.1, 48.5, 38.6, 50.2)
    west, south, east, north = box_of("Mosul")
    assert west < MOSUL[1] < east
    assert south < MOSUL[0] < north
    with pytest.raises(QueryError, match="is no box of degrees"):
        box_of("36,98,38,99")
    with pytest.raises(QueryError, match="No place named 'Qwxyzzia'"):
        box_of("Qwxyzzia")
