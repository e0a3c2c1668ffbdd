"""Read claims off a report with a small trained encoder."""

from .trained import Part, Reader, Reading, reader

__all__ = ["Part", "Reader", "Reading", "reader"]
