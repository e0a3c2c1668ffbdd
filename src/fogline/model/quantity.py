"""Counts and measures as intervals."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

QuantityKind = Literal[
    "killed", "wounded", "killed_or_wounded", "detained", "displaced", "missing", "troops", "area",
    "distance", "equipment", "settlements", "duration", "other",
]  # fmt: skip


class Quantity(Struct, frozen=True, kw_only=True):
    """A figure of a claim: ``low`` to ``high`` in ``unit`` (SI for lengths and areas), open ends None.

    ``flags`` names what a reader should know, e.g. ``conversion-mismatch`` where the figure in
    brackets does not agree with the one before it.
    """

    text: str
    start: int
    end: int
    kind: QuantityKind
    low: float | None
    high: float | None
    unit: str | None = None
    flags: tuple[str, ...] = ()
