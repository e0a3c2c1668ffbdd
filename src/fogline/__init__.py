"""Fogline: a ledger of claims from reports on armed conflict.

``fogline.extract(text, published=…)`` reads one report; ``fogline.connect(path)`` opens a ledger with
``add``, ``claims``, ``documents``, ``voices`` and ``show``. Everything is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from .adding import Added, Reader
    from .claims import Claims
    from .errors import FoglineError
    from .events import Events
    from .ledger import Ledger, connect, extract
    from .model import Claim, Document, Event
    from .settings import Settings
    from .shown import Shown
    from .store import Filters

__version__ = "0.1.0"

__all__ = [
    "Added",
    "Claim",
    "Claims",
    "Document",
    "Event",
    "Events",
    "Filters",
    "FoglineError",
    "Ledger",
    "Settings",
    "Shown",
    "connect",
    "extract",
]

_HOMES = {
    "Added": "adding",
    "Claim": "model",
    "Claims": "claims",
    "Document": "model",
    "Event": "model",
    "Events": "events",
    "Filters": "store",
    "FoglineError": "errors",
    "Ledger": "ledger",
    "Settings": "settings",
    "Shown": "shown",
    "connect": "ledger",
}


class _ExtractPackage(ModuleType):
    """The package ``fogline.extract``, which is called as the function that bears its name."""

    def __call__(
        self,
        text: str,
        *,
        published: date | str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        id: str = "text",
        reader: Reader | None = None,
    ) -> Claims:
        """Read one text and return its claims; see :func:`fogline.ledger.extract`."""
        from .ledger import extract

        return extract(text, published=published, title=title, outlet=outlet, id=id, reader=reader)


import_module(".extract", __name__).__class__ = _ExtractPackage


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
