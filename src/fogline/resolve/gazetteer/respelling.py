"""Meet the spellings that one language gives to names of another: "Ozernoye" for Ozerne.

Folded spellings (``names.loose_key``) join what transliterations of one name differ in; here vowels and
endings fall as well, which change from language to language. So little is left of a name that only the
places of the countries where both languages are at home count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .names import loose_key
from .records import load_yaml

_TELLING = re.compile(r"^-|[b-df-hj-np-tv-z]")  # consonants, and a vowel that a name begins with
_FULLY_LATIN = re.compile(r"[a-z ]+")


@dataclass(frozen=True, slots=True)
class Family:
    """Languages that write each other's names: one row of ``respellings.yml``."""

    name: str
    countries: frozenset[str]
    least: int
    rules: tuple[tuple[re.Pattern[str], str], ...]


@cache
def families() -> tuple[Family, ...]:
    """Read ``respellings.yml`` once."""
    return tuple(
        Family(
            name,
            frozenset(row["countries"]),
            int(row["least"]),
            tuple((re.compile(pattern), by) for pattern, by in row["rules"]),
        )
        for name, row in load_yaml("respellings.yml").items()
    )


@lru_cache(maxsize=65536)
def rough_keys(key: str) -> tuple[str, ...]:
    """Return what is left of a plain key in each family of languages, one key a family that tells enough.

    >>> from .names import plain_key
    >>> rough_keys(plain_key("Aleksandrovka"))[0] == rough_keys(plain_key("Олександрівка"))[0]
    True
    """
    if not _FULLY_LATIN.fullmatch(key):
        return ()
    folded = loose_key(key)
    keys = []
    for family in families():
        rough = folded
        for pattern, by in family.rules:
            rough = pattern.sub(by, rough)
        if len(_TELLING.findall(rough)) >= family.least:
            keys.append(f"{family.name} {rough}")
    return tuple(keys)


@cache
def spoken_in(country: str) -> tuple[str, ...]:
    """Return the families of languages that are at home in a country (ISO 3166 alpha-2), as keys begin."""
    return tuple(f"{family.name} " for family in families() if country in family.countries)
