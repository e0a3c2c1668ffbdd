"""Find in a parsed document who says what, when, where and how much.

The package bears the name of the public function ``fogline.extract(text, …)``. Python binds a package to its
name in the parent as soon as one of its modules is imported, so it can be called like the function.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    def __call__(self, text: str, **about: Any) -> Any:
        """Read one text and return its claims; see :func:`fogline.ledger.extract`."""
        return import_module("fogline.ledger").extract(text, **about)


sys.modules[__name__].__class__ = _Callable
