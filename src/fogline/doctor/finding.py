"""One thing that was looked at."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

State = Literal["ok", "note", "missing"]


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at: its name, what was found, and how to mend it.

    ``ok`` is as it should be, a ``note`` is worth knowing and keeps nothing from working that was asked for,
    ``missing`` is essential. ``details`` are for programs.
    """

    name: str
    found: str
    state: State = "ok"
    mend: str = ""
    details: dict[str, Any] = {}
