"""Claims that are one text: the words of a dispatch in all the reports that print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from ..model import Copy, Span, Voice
from ..resolve.parties.lexicon import fold
from ..store import Stored
from .credits import Credit
from .leaning import rules
from .outlets import Outlet, outlet_of

_COVERED = 0.5  # share of the evidence that has to lie in a copied passage
_SAME_WORDS = 60.0  # of 100: how alike the evidence of a claim and of its copy is
_LINKS = 12  # copies of copies that are followed


@dataclass(frozen=True, slots=True)
class Root:
    """The text that a claim's words go back to: a document, and those on the way to it."""

    document: str
    span: Span
    through: tuple[str, ...] = ()


@dataclass(slots=True)
class Telling:
    """Claims that are one text: its first document, who speaks in it, and the outlet that tells it.

    ``cited`` where another outlet's report says that this one tells it.
    """

    claims: list[Stored]
    root: Root
    speaker: Voice | None = None
    teller: Outlet | None = None
    cited: bool = False


def when(stored: Stored) -> tuple[date, str, int, str]:
    claim = stored.claim
    return stored.published or date.max, claim.document, claim.evidence.start, claim.id


def tellings_of(claims: Sequence[Stored], copies: Sequence[Copy]) -> list[Telling]:
    """Gather claims that are one text: the same words, in copies of one document."""
    taken: dict[str, list[Copy]] = {}
    documents = {s.claim.document for s in claims}
    if any(copy.document in documents for copy in copies):
        for copy in copies:
            taken.setdefault(copy.document, []).append(copy)
    by_root: dict[str, list[Telling]] = {}
    found: list[Telling] = []
    # What was not copied comes first, so that copies join the claims that they were copied from.
    rooted = sorted(((_root(s, taken), s) for s in claims), key=lambda pair: len(pair[0].through))
    for root, stored in rooted:
        candidates = [(_alike(telling, stored), telling) for telling in by_root.get(root.document, ())]
        alike, same = max(candidates, key=lambda pair: pair[0], default=(0.0, None))
        if same is not None and alike >= _SAME_WORDS:
            same.claims.append(stored)
            continue
        telling = Telling([stored], root)
        by_root.setdefault(root.document, []).append(telling)
        found.append(telling)
    return found


def same_words(claims: Sequence[Stored], copies: Sequence[Copy]) -> list[tuple[str, str]]:
    """Return pairs of claims, by their ids, that are one text printed twice: the first telling and a copy."""
    tellings = tellings_of(sorted(claims, key=when), copies)
    return [(t.claims[0].claim.id, s.claim.id) for t in tellings for s in t.claims[1:]]


def _alike(telling: Telling, stored: Stored) -> float:
    """Return how alike a claim's words are to those of a telling, of 100; 0 for claims of one document."""
    claim = stored.claim
    if any(s.claim.document == claim.document for s in telling.claims):
        return 0.0
    first = telling.claims[0].claim
    return fuzz.ratio(first.evidence.text.casefold(), claim.evidence.text.casefold())


def _root(stored: Stored, taken: Mapping[str, Sequence[Copy]]) -> Root:
    """Follow a claim's words through copies of copies to the text that they were taken from."""
    evidence = stored.claim.evidence
    root = Root(stored.claim.document, Span(evidence.start, evidence.end))
    for _ in range(_LINKS):
        copy = _covering(taken.get(root.document, ()), root.span)
        if copy is None or copy.source == root.document or copy.source in root.through:
            return root
        stretch = (copy.source_end - copy.source_start) / max(copy.end - copy.start, 1)
        start, end = (
            copy.source_start + round(max(at - copy.start, 0) * stretch)
            for at in (root.span.start, min(root.span.end, copy.end))
        )
        root = Root(copy.source, Span(start, end), (*root.through, root.document))
    return root


def _covering(copies: Sequence[Copy], span: Span) -> Copy | None:
    """Return the copied passage that holds most of a span, None where none holds half."""

    def held(copy: Copy) -> int:
        return min(copy.end, span.end) - max(copy.start, span.start)

    best = max(copies, key=lambda c: (held(c), c.source, -c.start, -c.source_start), default=None)
    return best if best is not None and held(best) >= _COVERED * (span.end - span.start) else None


def attribute(telling: Telling, known: Mapping[str, str], credits: Mapping[str, Sequence[Credit]]) -> None:
    """Set who speaks in a text, and the outlet that tells it.

    Where the copies were read differently, the voice that most of them name speaks; where one of them names
    a voice and the others none, it speaks in all.
    """
    voices = [s.claim.speaker for s in telling.claims if s.claim.speaker is not None]
    if voices:
        names = Counter(fold(v.name or v.text) for v in voices)
        telling.speaker = max(voices, key=lambda v: names[fold(v.name or v.text)])
    first = telling.claims[0]
    relays = [relay for s in telling.claims for relay in s.claim.relays[:1]]
    printed = [c.outlet for s in telling.claims for c in credits.get(s.claim.document, ())[:1]]
    own = known.get(telling.root.document)
    copied = telling.root.document != first.claim.document
    named = own if copied and own else next(iter([*relays, *printed]), own or first.outlet)
    telling.teller = outlet_of(named) if named else None
    telling.cited = bool(relays) and not (copied and own)
    speaker = telling.speaker
    if speaker is not None and speaker.kind in rules().outlets:  # "Reuters reported that …"
        telling.teller, telling.speaker = outlet_of(speaker.name or speaker.text), None
        telling.cited = telling.teller.key != (outlet_of(own).key if own else None)
