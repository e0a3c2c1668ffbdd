"""Read claims off a report with a small trained encoder."""

from .trained import THREADS, WEAK, Part, Reader, Reading, reader

__all__ = ["THREADS", "WEAK", "Part", "Reader", "Reading", "reader"]
