"""Charts: claims by day and side of the voice, and land held by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from .content import Picture, plain
from .drawing import about, drawing, label
from .gather import Found
from .paint import MOST, NO_SIDE, OTHERS, paint, sides
from .words import counted, day_told, side_named

_WIDTH, _HEIGHT = 760.0, 240.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 176.0, 26.0, 30.0
_INNER = _WIDTH - _LEFT - _RIGHT
_TICKS = 4
_LONG = 3  # days that a claim may take and still be counted on its first


def claims_by_day(found: Found) -> Picture | None:
    """Draw how many claims tell of each day of the period, by the side of the voice.

    A claim that tells of up to three days counts on the first of them; one of a longer time is left out.
    """
    days: dict[date, Counter[str]] = defaultdict(Counter)
    left = 0
    for id in dict.fromkeys(id for event in found.events for id in event.claims):
        stored = found.claims.get(id)
        if stored is None:
            continue
        first, last = stored.claim.when.earliest, stored.claim.when.latest
        if first is None or last is None or (last - first).days >= _LONG or not found.meets(first, last):
            left += 1
            continue
        speaker = stored.claim.speaker
        days[max(first, found.since)][(speaker.side if speaker else None) or NO_SIDE] += 1
    if not days:
        return None
    every: Counter[str] = sum(days.values(), Counter())
    shown = [side for side, _ in sides(found).most_common(MOST) if every[side]]
    rest = every.keys() - {*shown, NO_SIDE}
    order = [*shown, *([OTHERS] if rest else []), *([NO_SIDE] if every[NO_SIDE] else [])]
    look = paint(found)
    span = (found.until - found.since).days + 1
    most = max(sum(counts.values()) for counts in days.values())
    parts = [*_frame(most, "claims told of each day"), *_days(found.since, found.until, band=True)]
    wide = _INNER / span
    for day in sorted(days):
        base = 0.0
        x = _LEFT + wide * (day - found.since).days
        for side in order:
            number = sum(days[day][one] for one in rest) if side == OTHERS else days[day][side]
            if not number:
                continue
            top = _y(base + number, most)
            what = f"{day_told(day)}, {_named(side)}: {counted(number, 'claim')}"
            parts.append(
                f'<rect x="{x + wide * 0.1:.1f}" y="{top:.1f}" width="{max(wide * 0.8, 0.7):.1f}" '
                f'height="{_y(base, most) - top:.1f}" fill="{look[side]}">{about(what)}</rect>'
            )
            base += number
    parts += _key([(_named(side), look[side]) for side in order])
    shows = f"Claims by day and side of the voice, {day_told(found.since)} to {day_told(found.until)}"
    caption = "Claims by the day that they tell of and the side of the voice."
    if left:
        caption += f" Left out: {counted(left, 'claim')} of a longer time, or of no known day."
    return Picture("claims", drawing(_WIDTH, _HEIGHT, shows, parts), shows, plain(caption))


def land_by_day(found: Found) -> Picture | None:
    """Draw how much land each holder held by day, with the interval as a band."""
    areas = found.areas
    days = sorted({area.on for area in areas})
    most = max((area.high for area in areas), default=0.0)
    if len(days) < 2 or not most:
        return None
    first, last = days[0], days[-1]
    look = paint(found)
    holders = sorted({area.holder for area in areas})
    parts = [*_frame(most, "km² held"), *_days(first, last)]
    for holder in holders:
        rows = sorted((area for area in areas if area.holder == holder), key=lambda area: area.on)
        xs = [_LEFT + _INNER * (row.on - first).days / (last - first).days for row in rows]
        band = [f"{x:.1f},{_y(row.high, most):.1f}" for x, row in zip(xs, rows, strict=True)]
        band += [f"{x:.1f},{_y(row.low, most):.1f}" for x, row in reversed([*zip(xs, rows, strict=True)])]
        line = [f"{x:.1f},{_y(row.km2, most):.1f}" for x, row in zip(xs, rows, strict=True)]
        parts.append(
            f'<polygon points="{" ".join(band)}" fill="{look[holder]}" fill-opacity="0.2"/>'
            f'<polyline points="{" ".join(line)}" fill="none" stroke="{look[holder]}" stroke-width="2"/>'
        )
    parts += _key([(_named(holder), look[holder]) for holder in holders])
    shows = f"Land held by day, {day_told(first)} to {day_told(last)}"
    caption = "Land held by day in km²; the band is the interval of the lines that could be drawn."
    return Picture("areas", drawing(_WIDTH, _HEIGHT, shows, parts), shows, plain(caption))


def _y(value: float, most: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / most


def _frame(most: float, what: str) -> list[str]:
    """Return the lines of a chart's values, at whole numbers where they are counts."""
    step = next(
        (s for power in range(9) for s in (10**power, 2 * 10**power, 5 * 10**power) if most / s <= _TICKS),
        most,
    )
    parts = [label(_LEFT, 14, what, look="faint")]
    value = 0.0
    while value <= most:
        y = _y(value, most)
        parts.append(f'<line class="rule" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(label(_LEFT - 8, y + 4, f"{value:,.0f}", look="faint", anchor="end"))
        value += step
    return parts


def _days(first: date, last: date, *, band: bool = False) -> list[str]:
    """Return the names of some days under a chart, at most seven of them."""
    span = (last - first).days
    step = max(1, -(-(span + 1) // 7))
    parts = []
    for nth in range(0, span + 1, step):
        day = first + timedelta(days=nth)
        x = _LEFT + _INNER * ((nth + 0.5) / (span + 1) if band else nth / max(1, span))
        parts.append(label(x, _HEIGHT - 10, f"{day.day} {day:%b}", look="faint", anchor="middle"))
    return parts


def _key(named: Sequence[tuple[str, str]]) -> list[str]:
    x = _WIDTH - _RIGHT + 16
    parts = []
    for nth, (name, colour) in enumerate(named):
        y = _TOP + 19 * nth
        short = name if len(name) <= 22 else f"{name[:21]}…"
        parts.append(f'<rect x="{x}" y="{y}" width="11" height="11" fill="{colour}"/>')
        parts.append(label(x + 17, y + 10, short))
    return parts


def _named(side: str) -> str:
    return side if side in (NO_SIDE, OTHERS, "contested") else side_named(side)
