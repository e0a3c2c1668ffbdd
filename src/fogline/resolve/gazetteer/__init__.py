"""Where places are: names to coordinates, from one memory-mapped index."""

from .index import Entry, Gazetteer, open_gazetteer
from .names import loose_key, plain_key
from .records import Country, countries

__all__ = ["Country", "Entry", "Gazetteer", "countries", "loose_key", "open_gazetteer", "plain_key"]
