"""The lines between holders, where their land touches and where it does not."""

from __future__ import annotations

from fogline.control.cells import Cells
from fogline.control.settlements import settlements_in


def test_holders_far_apart_have_no_line_between_them() -> None:
    settlements = settlements_in(43.0, 35.0, 45.0, 36.6)
    points = settlements.points
    west, east = int(points[:, 1].argmin()), int(points[:, 1].argmax())
    cells = Cells(settlements)
    assert cells.lines({"IRQ": [west], "Islamic State": [east]}) == {}
    order = points[:, 1].argsort().tolist()
    halves = {"IRQ": order[: len(order) // 2], "Islamic State": order[len(order) // 2 :]}
    assert list(cells.lines(halves)) == [("IRQ", "Islamic State")]
