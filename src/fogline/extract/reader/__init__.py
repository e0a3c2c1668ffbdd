"""Read claims off a report with a small trained encoder."""

from .trained import WEAK, Part, Reader, Reading, reader

__all__ = ["WEAK", "Part", "Reader", "Reading", "reader"]
