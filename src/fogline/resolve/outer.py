"""Who stands outside a voice: the outer voices that its relays name, under their full names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..model import Attribution
from .references import Named, References, relay_name
from .roles import private_words, roles

_NEAR, _AFTER = 24, 4  # mentions of the same words looked at before and behind a voice
_NOBODY = frozenset(
    {"he", "she", "it", "they", "who", "which", "that", "this", "we", "i", "you", "one", "what"}
)


class Outer:
    """The voices of a document by their words, for the relays that are voices themselves.

    Args:
        found: its attributions.
        known: whom the source of each means, None where it has none.
        references: whom else its words mean.
    """

    def __init__(
        self, found: Sequence[Attribution], known: Sequence[Named | None], references: References
    ) -> None:
        self._references = references
        self._by_text: dict[str, list[tuple[int, Attribution, Named]]] = {}
        for a, who in zip(found, known, strict=True):
            if a.name is not None and who is not None:
                self._by_text.setdefault(a.name, []).append((_start(a), a, who))
        for rows in self._by_text.values():
            rows.sort(key=lambda row: row[0])

    def relay(self, inner: Attribution, text: str) -> str | None:
        """Return the full name of a relay of ``inner``; None where it is nobody who could pass words on.

        Args:
            inner: the attribution.
            text: the relay's words.
        """
        who = self._around(inner, text)
        if who is None:
            if text.casefold() in _NOBODY:
                return None
            medium = self._references.medium(text)
            return medium.name if medium is not None else relay_name(text)
        if who.name is None or (who.kind == "unnamed" and not _speaks(text)):
            return None
        return who.name

    def _around(self, inner: Attribution, text: str) -> Named | None:
        """Return whom ``text`` means where it is the source of a voice that holds ``inner``."""
        at = inner.cue.start if inner.cue is not None else inner.content[0].start
        rows = self._by_text.get(text, [])
        stop = bisect_right(rows, at, key=lambda row: row[0])
        near = rows[max(0, stop - _NEAR) : stop + _AFTER]
        holding = [who for _, a, who in near if any(s.start <= at < s.end for s in a.content)]
        if holding:
            return holding[-1]
        return rows[max(stop - 1, 0)][2] if rows else None


def _start(a: Attribution) -> int:
    return a.source.start if a.source is not None else a.content[0].start


def _speaks(text: str) -> bool:
    """Tell whether words without a name mean somebody: "a cousin", "residents", not "the barracks"."""
    words = text.casefold().split()
    lists = roles()
    people = lists.all_offices | lists.organs | lists.observers | frozenset().union(*lists.bodies.values())
    plain = {w.removesuffix("s") for w in words} | set(words)
    return bool(plain & people) or private_words(words) or bool(plain & _SOURCES)


_SOURCES = frozenset({"source", "report", "statement", "inquiry", "partner", "relative"})
