"""Small parts of SVG drawings: numbers, texts, and the look that HTML and single files share."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from ..export.safe import printable


@cache
def style(name: str) -> str:
    """Return a style sheet of this package: ``page.css`` or ``drawing.css``."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def safe(text: str) -> str:
    """Return a text as it may stand in markup: escaped, with what would turn or hide writing shown."""
    return escape(printable(text))


def drawing(width: float, height: float, shows: str, parts: list[str]) -> str:
    """Return an SVG element that a page can hold."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 {width:g} {height:g}" '
        f'role="img" aria-label="{safe(shows)}">' + "".join(parts) + "</svg>"
    )


def alone(svg: str) -> str:
    """Return an SVG element as a file of its own, with its look inside."""
    head, rest = svg.split(">", 1)
    wide, high = head.split('viewBox="0 0 ', 1)[1].split('"', 1)[0].split(" ")
    ground = '<rect class="ground" width="100%" height="100%"/>'
    return f'{head} width="{wide}" height="{high}"><style>{style("drawing.css")}</style>{ground}{rest}\n'


def label(x: float, y: float, text: str, *, look: str = "", anchor: str = "start") -> str:
    """Return a text at a point."""
    looks = f' class="{look}"' if look else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{looks}>{safe(text)}</text>'


def about(text: str) -> str:
    """Return what a pointer that rests on a shape is told."""
    return f"<title>{safe(text)}</title>"
