"""Turn raw bytes into documents: text with stable offsets, and what the source tells about it."""

from __future__ import annotations

from .dispatch import read
from .hints import Hints
from .limits import LIMITS, Limits

__all__ = ["LIMITS", "Hints", "Limits", "read"]
