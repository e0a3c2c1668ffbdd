"""Put findings in order, one inside the other: who said that who said."""

from __future__ import annotations

from ...model import Span
from .finding import Finding

_DEPTH = 24  # voices inside voices; deeper is junk


def size(content: tuple[Span, ...]) -> int:
    """Return how many characters the spans have."""
    return sum(s.end - s.start for s in content)


def shared(a: tuple[Span, ...], b: tuple[Span, ...]) -> int:
    """Return how many characters two contents have in common."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def thinned(findings: list[Finding]) -> list[Finding]:
    """Return the findings by position, outer before inner, each cue once, with a source where it has one."""
    voiced = {_key(f) for f in findings if f.content and f.source is not None}
    ordered = sorted(
        (f for f in findings if f.content and (f.source is not None or _key(f) not in voiced)),
        key=lambda f: (f.content[0].start, -f.content[-1].end, len(f.relays), f.cue.start if f.cue else 0),
    )
    kept: list[Finding] = []
    cues: set[tuple[int, int]] = set()
    for f in ordered:
        if _key(f) in cues:
            continue
        cues.add(_key(f))
        kept.append(f)
    return kept


def _key(f: Finding) -> tuple[int, int]:
    return (f.cue.start, f.cue.end) if f.cue is not None else (-1, f.content[0].start)


def parents(findings: list[Finding]) -> list[int | None]:
    """Return for each finding the number of the smallest one that its cue stands in, None if outermost.

    The findings are in the order of ``thinned``.
    """
    marks: list[tuple[int, int, int, int]] = []
    for number, f in enumerate(findings):
        for piece in f.content:
            marks.append((piece.start, 0, -piece.end, number))
        at = f.cue.start if f.cue is not None else f.content[0].start
        marks.append((at, 1, 0, number))
    found: list[int | None] = [None] * len(findings)
    opened: list[tuple[int, int]] = []
    for at, is_cue, end, number in sorted(marks):
        while opened and opened[-1][0] <= at:
            opened.pop()
        if not is_cue:
            opened.append((-end, number))
            continue
        for stop, outer in reversed(opened[-8:]):
            if stop > at and outer != number:
                found[number] = outer
                break
    return _without_rings(found)


def _without_rings(found: list[int | None]) -> list[int | None]:
    for number in range(len(found)):
        at = found[number]
        for _ in range(_DEPTH):
            if at is None:
                break
            if at == number:
                found[number] = None
                break
            at = found[at]
    return found
