"""What changed between two editions, sentence by sentence."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from fogline.editions import differences

BEFORE = (
    "At least 20 people were killed when shells hit a market in Sake, the mayor said. "
    "The army entered Kirotshe on Sunday. Residents fled towards Goma."
)
AFTER = (
    "At least 8 people were killed when shells hit a market in Sake, the mayor said. "
    "Residents fled towards Goma. A hospital in Goma asked for blood."
)
parts = st.lists(
    st.sampled_from(["Troops left. ", "A bridge fell. ", "Nobody died. ", "Rain came. "]), max_size=12
)


def told(before: str, after: str) -> list[str]:
    return [change.told(before, after) for change in differences(before, after)]


def test_what_was_reworded_taken_out_and_put_in_is_told_in_order() -> None:
    assert told(BEFORE, AFTER) == [
        "~ At least [-20-]{+8+} people were killed when shells hit a market in Sake, the mayor said.",
        "- The army entered Kirotshe on Sunday.",
        "+ A hospital in Goma asked for blood.",
    ]


def test_white_space_and_case_make_no_difference() -> None:
    assert told("Troops left  Sake.\nRain came.", "troops left Sake. Rain came.") == []


@given(parts, parts)
def test_every_sentence_is_kept_or_told_once(one: list[str], two: list[str]) -> None:
    before, after = "".join(one), "".join(two)
    changes = differences(before, after)
    kept = len(one) - sum(change.old is not None for change in changes)
    assert kept == len(two) - sum(change.new is not None for change in changes)
    assert differences(before, before) == []


def test_long_editions_take_no_longer_than_they_should() -> None:
    before = "".join(f"Shell {n} fell on the bridge. " for n in range(12_000))
    begun = time.monotonic()
    assert len(differences(before, before.replace("Shell 7 ", "Shell 8 "))) <= 2
    assert differences("Go. " * 40_000, "Go. " * 40_000) == []
    assert time.monotonic() - begun < 20
