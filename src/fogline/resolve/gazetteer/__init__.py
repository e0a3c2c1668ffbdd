"""Where places are: names to coordinates, from one memory-mapped index."""

from .distance import kilometres
from .index import Entry, Gazetteer
from .names import loose_key, plain_key
from .opening import open_gazetteer
from .records import Country, countries
from .spelling import find

__all__ = [
    "Country",
    "Entry",
    "Gazetteer",
    "countries",
    "find",
    "kilometres",
    "loose_key",
    "open_gazetteer",
    "plain_key",
]
