"""How much land each party held, day by day, as a drawing (SVG)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from ..model import Area
from .colours import colours

_WIDTH, _HEIGHT = 860, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 150, 30, 50
_TICKS = 5


def svg(areas: Sequence[Area]) -> str:
    """Return the areas as an SVG drawing: a line a holder, with a band for its interval."""
    days = sorted({area.on for area in areas})
    most = max((area.high for area in areas), default=1.0) or 1.0
    named = colours(area.holder for area in areas)
    parts = [*_axes(days, most)]
    for number, (holder, colour) in enumerate(named.items()):
        rows = sorted((area for area in areas if area.holder == holder), key=lambda area: area.on)
        if rows:
            parts += _line(holder, colour, rows, days, most, number)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12" role="img" aria-label="Land held by day, in km²">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _x(day: date, days: Sequence[date]) -> float:
    span = max(1, (days[-1] - days[0]).days)
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - days[0]).days / span


def _y(km2: float, most: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * km2 / most


def _axes(days: Sequence[date], most: float) -> list[str]:
    parts = [f'<text x="{_LEFT}" y="18">km² held; the band is the interval</text>']
    for i in range(_TICKS + 1):
        km2 = most * i / _TICKS
        y = _y(km2, most)
        parts.append(
            f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{km2:,.0f}</text>'
        )
    shown = days if len(days) <= _TICKS else [days[i * (len(days) - 1) // _TICKS] for i in range(_TICKS + 1)]
    for day in shown:
        x = _x(day, days)
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 26}" text-anchor="middle">{day}</text>')
    return parts


def _line(
    holder: str, colour: str, rows: Sequence[Area], days: Sequence[date], most: float, number: int
) -> list[str]:
    upper = [f"{_x(r.on, days):.1f},{_y(r.high, most):.1f}" for r in rows]
    lower = [f"{_x(r.on, days):.1f},{_y(r.low, most):.1f}" for r in reversed(rows)]
    line = " ".join(f"{_x(r.on, days):.1f},{_y(r.km2, most):.1f}" for r in rows)
    y = _TOP + 18 * number
    x = _WIDTH - _RIGHT + 14
    return [
        f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" fill-opacity="0.18"/>',
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
        f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>'
        f'<text x="{x + 18}" y="{y + 11}">{escape(holder)}</text>',
    ]
