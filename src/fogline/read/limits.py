"""How much Fogline reads at once; everything above is refused with a message that says so."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """Limits in bytes, but for ``text``, which counts characters.

    ``text`` bounds one document: what spaCy parses at once, some three hundred printed pages.
    ``line`` bounds one JSON line, ``page`` a web page, ``file`` any other file that is read as one.
    A JSON Lines file as a whole has no limit.
    """

    text: int = 1_000_000
    line: int = 32_000_000
    page: int = 20_000_000
    file: int = 200_000_000


LIMITS = Limits()


def size(count: int) -> str:
    """Return a number of bytes or characters as words: ``5 million``, ``1.04 million``, ``900,000``."""
    return f"{count / 1e6:.3g} million" if 1_000_000 <= count < 999_500_000 else f"{count:,}"
