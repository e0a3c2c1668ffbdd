"""Which side a party is on."""

from .sides import Sides, side, sides_of

__all__ = ["Sides", "side", "sides_of"]
