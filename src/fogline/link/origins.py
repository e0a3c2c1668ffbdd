"""To whom the claims of one event go back, and which of these origins are independent of each other.

Five papers that print one dispatch are one voice, and so are a ministry's briefing and the three reports that
quote it. Claims are first gathered by text (copies and what they were copied from), then by who speaks in
that text; an outlet that tells something in its own words is an origin itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct
from rapidfuzz import fuzz

from ..model import Copy, Origin, Span, Voice, VoiceKind
from ..resolve.parties.data import countries, read
from ..resolve.parties.lexicon import fold
from ..store import Stored
from .counting import counted, in_words, listed, with_article
from .credits import Credit
from .outlets import Outlet, outlet_of

__all__ = ["counted", "origins_of"]

_COVERED = 0.5  # share of the evidence that has to lie in a copied passage
_SAME_WORDS = 60.0  # of 100: how alike the evidence of a claim and of its copy is
_SPELT, _SPELT_ALIKE = 5, 88.0  # letters from which, and of 100 how alike, a name may be spelt otherwise
_LINKS = 12  # copies of copies that are followed


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes one voice lean on another."""

    official: frozenset[VoiceKind]
    nameless: frozenset[VoiceKind]
    witnesses: frozenset[VoiceKind]
    outlets: frozenset[VoiceKind]
    own_eyes: tuple[str, ...]
    agency_words: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return what makes one voice lean on another."""
    return read(__package__, "origins.yml", Rules)


@dataclass(frozen=True, slots=True)
class _Root:
    """The text that a claim's words go back to: a document, and those on the way to it."""

    document: str
    span: Span
    through: tuple[str, ...] = ()


@dataclass(slots=True)
class _Telling:
    """Claims that are one text: its first document, and who speaks in it."""

    claims: list[Stored]
    root: _Root
    speaker: Voice | None = None
    teller: Outlet | None = None


@dataclass(slots=True)
class _Voice:
    """The tellings of one voice, while its independence is worked out."""

    key: tuple[str, ...]
    name: str
    speaker: Voice | None
    teller: Outlet | None
    tellings: list[_Telling]
    claims: list[Stored] = field(default_factory=list)
    leans: str | None = None

    @property
    def side(self) -> str | None:
        """The side that the voice speaks for."""
        if self.speaker is not None:
            return self.speaker.side
        return self.teller.organ_of if self.teller is not None else None

    @property
    def official(self) -> bool:
        """Whether the voice speaks for its side."""
        if self.side is None:
            return False
        if self.key[0] == "outlet":
            return True  # a state's organ, or it would have no side
        return self.speaker is not None and self.speaker.kind in rules().official


def origins_of(
    claims: Sequence[Stored],
    copies: Sequence[Copy],
    *,
    credits: Mapping[str, Sequence[Credit]] | None = None,
) -> tuple[Origin, ...]:
    """Return the origins of one event's claims, the first telling first.

    Claims whose words are copied go back to the text they were copied from. Where a voice is quoted, it is
    the origin, through whichever relays it came; voices without a name are one only within one text or
    outlet. Where nobody is quoted, the origin is the relay that is credited, or the outlet itself.

    Of the origins that speak for one side, the first is independent; so is an outlet's own telling only
    where no report of it that tells this event leans on another voice.

    Args:
        claims: the claims of one event.
        copies: the copies among any documents; those of the claims' documents are used.
        credits: what documents say whose text they print, by the documents' ids.

    Returns:
        Origins with every claim in exactly one.
    """
    ordered = sorted(claims, key=_when)
    known = {copy.source: copy.source_outlet for copy in copies if copy.source_outlet}
    known |= {s.claim.document: s.outlet for s in ordered if s.outlet}
    tellings = _tellings(ordered, copies)
    voices: dict[tuple[str, ...], _Voice] = {}
    for telling in tellings:
        _attribute(telling, known, credits or {})
        key, name = _key(telling)
        key = next((k for k, known_voice in voices.items() if _same_voice(k, key, known_voice, telling)), key)
        if key not in voices:
            voices[key] = _Voice(key, name, telling.speaker, telling.teller, [])
        voices[key].tellings.append(telling)
        voices[key].claims.extend(telling.claims)
    for voice in voices.values():
        voice.claims.sort(key=_when)
    found = sorted(voices.values(), key=lambda v: _when(v.claims[0]))
    _lean(found)
    return tuple(map(_origin, found))


def _when(stored: Stored) -> tuple[date, str, int, str]:
    claim = stored.claim
    return stored.published or date.max, claim.document, claim.evidence.start, claim.id


def _tellings(claims: Sequence[Stored], copies: Sequence[Copy]) -> list[_Telling]:
    """Gather claims that are one text: the same words, in copies of one document."""
    taken: dict[str, list[Copy]] = {}
    for copy in sorted(copies, key=lambda c: (c.document, c.start, c.source, c.source_start)):
        taken.setdefault(copy.document, []).append(copy)
    by_root: dict[str, list[_Telling]] = {}
    found: list[_Telling] = []
    # What was not copied comes first, so that copies join the claims that they were copied from.
    rooted = sorted(((_root(s, taken), s) for s in claims), key=lambda pair: len(pair[0].through))
    for root, stored in rooted:
        candidates = [(_alike(telling, stored), telling) for telling in by_root.get(root.document, ())]
        alike, same = max(candidates, key=lambda pair: pair[0], default=(0.0, None))
        if same is not None and alike >= _SAME_WORDS:
            same.claims.append(stored)
            continue
        telling = _Telling([stored], root)
        by_root.setdefault(root.document, []).append(telling)
        found.append(telling)
    return found


def _alike(telling: _Telling, stored: Stored) -> float:
    """Return how alike a claim's words are to those of a telling, of 100; 0 for claims of one document."""
    claim = stored.claim
    if any(s.claim.document == claim.document for s in telling.claims):
        return 0.0
    first = telling.claims[0].claim
    return fuzz.ratio(first.evidence.text.casefold(), claim.evidence.text.casefold())


def _root(stored: Stored, taken: Mapping[str, Sequence[Copy]]) -> _Root:
    """Follow a claim's words through copies of copies to the text that they were taken from."""
    evidence = stored.claim.evidence
    root = _Root(stored.claim.document, Span(evidence.start, evidence.end))
    for _ in range(_LINKS):
        copy = _covering(taken.get(root.document, ()), root.span)
        if copy is None or copy.source == root.document or copy.source in root.through:
            return root
        stretch = (copy.source_end - copy.source_start) / max(copy.end - copy.start, 1)
        start, end = (
            copy.source_start + round(max(at - copy.start, 0) * stretch)
            for at in (root.span.start, min(root.span.end, copy.end))
        )
        root = _Root(copy.source, Span(start, end), (*root.through, root.document))
    return root


def _covering(copies: Sequence[Copy], span: Span) -> Copy | None:
    """Return the copied passage that holds most of a span, None where none holds half."""

    def held(copy: Copy) -> int:
        return min(copy.end, span.end) - max(copy.start, span.start)

    best = max(copies, key=held, default=None)
    return best if best is not None and held(best) >= _COVERED * (span.end - span.start) else None


def _attribute(telling: _Telling, known: Mapping[str, str], credits: Mapping[str, Sequence[Credit]]) -> None:
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
    speaker = telling.speaker
    if speaker is not None and speaker.kind in rules().outlets:  # "Reuters reported that …"
        telling.teller, telling.speaker = outlet_of(speaker.name or speaker.text), None


def _key(telling: _Telling) -> tuple[tuple[str, ...], str]:
    """Return what tells a voice from others, and its name."""
    speaker, teller = telling.speaker, telling.teller
    if speaker is not None:
        name = speaker.name or speaker.text
        if _nameless(speaker):
            through = teller.key if teller else telling.root.document
            return ("nameless", fold(name), through), name
        return ("voice", fold(name)), name
    if teller is not None:
        return ("outlet", teller.key), teller.name
    return ("document", telling.root.document), f"the report {telling.root.document}"


def _same_voice(one: tuple[str, ...], other: tuple[str, ...], voice: _Voice, telling: _Telling) -> bool:
    """Tell whether two names mean one voice: "Zelensky" and "Volodymyr Zelenskyy", of one side."""
    if one == other or one[0] != "voice" or other[0] != "voice":
        return one == other
    sides = {voice.side, telling.speaker.side if telling.speaker else None} - {None}
    first, second = one[1].split(), other[1].split()
    if len(sides) > 1:
        return False
    if 1 in (len(first), len(second)) and len(first) != len(second):
        return _alike_words(first[-1], second[-1])
    return len(first) == len(second) and all(map(_alike_words, first, second))


def _alike_words(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _SPELT and fuzz.ratio(one, other) >= _SPELT_ALIKE)


def _nameless(speaker: Voice) -> bool:
    name = speaker.name or speaker.text
    return speaker.kind in rules().nameless or not any(c.isupper() for c in name)


def _lean(voices: Sequence[_Voice]) -> None:
    """Say of every voice that is not independent on whom it leans, the first telling first."""
    spoken: dict[str, str] = {}
    # Who is named goes before an outlet's own words, and these before those whom nobody names.
    for voice in sorted(voices, key=lambda v: (v.key[0] == "nameless", v.key[0] in ("outlet", "document"))):
        others = [v for v in voices if v is not voice and v.leans is None]
        if voice.official and voice.side is not None:
            if voice.side in spoken:
                voice.leans = f"speaks for {_state(voice.side)}, as {with_article(spoken[voice.side])} does"
            spoken.setdefault(voice.side, voice.name)
        elif voice.key[0] == "nameless":
            voice.leans = _may_be(voice, others, spoken)
        if voice.leans is None and voice.key[0] in ("outlet", "document") and not _own_eyes(voice):
            reports = {s.claim.document for s in voice.claims}
            on = next((v for v in others if reports & {s.claim.document for s in v.claims}), None)
            if on is not None:
                voice.leans = f"tells it in a report that rests on {with_article(on.name)}"


def _may_be(voice: _Voice, others: Sequence[_Voice], spoken: Mapping[str, str]) -> str | None:
    """Say whom a voice without a name may be, None where it saw for itself or nobody else tells it."""
    if voice.speaker is None or voice.speaker.kind in rules().witnesses or not others:
        return None
    if voice.side is None:
        return f"without a name, may be {with_article(others[0].name)}"
    if voice.side in spoken:
        return f"without a name, speaks for {_state(voice.side)}, as {with_article(spoken[voice.side])} does"
    return None


def _own_eyes(voice: _Voice) -> bool:
    words = " ".join(s.claim.evidence.text for s in voice.claims).casefold()
    return any(phrase.casefold() in words for phrase in rules().own_eyes)


def _state(side: str) -> str:
    row = countries().get(side)
    return row.names[0] if row is not None and row.names else side


def _origin(voice: _Voice) -> Origin:
    documents = tuple(dict.fromkeys(s.claim.document for s in voice.claims))
    outlets = tuple(dict.fromkeys(outlet_of(s.outlet).name for s in voice.claims if s.outlet))
    return Origin(
        id=f"o{blake2b(chr(31).join(voice.key).encode(), digest_size=8).hexdigest()}",
        claim=voice.claims[0].claim.id,
        voice=None if voice.key[0] in ("outlet", "document") else voice.name,
        side=voice.side,
        claims=tuple(s.claim.id for s in voice.claims),
        documents=documents,
        outlets=outlets,
        chain=_chain(voice),
        independent=voice.leans is None,
        reason=_reason(voice, outlets),
    )


def _chain(voice: _Voice) -> tuple[str, ...]:
    """Return the relays and outlets that carried a voice, first to last."""
    carried: list[str] = []
    for telling in voice.tellings:
        if telling.teller is not None:
            carried.append(telling.teller.name)
        for stored in telling.claims:
            carried.extend(outlet_of(relay).name for relay in stored.claim.relays)
            if stored.outlet:
                carried.append(outlet_of(stored.outlet).name)
    return tuple(dict.fromkeys(carried))


def _reason(voice: _Voice, outlets: Sequence[str]) -> str:
    """Say in a sentence why these claims are one origin, and on whom it leans."""
    own = voice.key[0] in ("outlet", "document")
    name = with_article(voice.name)
    parts: list[str] = []
    rest = list(outlets)
    for telling in sorted(voice.tellings, key=lambda t: -len(t.claims)):
        carriers = {outlet_of(s.outlet).name if s.outlet else s.claim.document for s in telling.claims}
        if len(carriers) < 2 and not telling.root.through:
            continue
        which = "" if own or parts else f", which quotes {name}"
        parts.append(f"{_carried(sorted(carriers), telling.teller)}{which}")
        rest = [outlet for outlet in rest if outlet not in carriers]
    if own and not parts:
        rest = [outlet for outlet in rest if outlet != voice.name]
        parts = [f"{name} tells it in its own words"] if len(rest) < len(outlets) or not outlets else []
    if rest and own:
        parts.append(f"{listed(rest)} {'pass' if len(rest) > 1 else 'passes'} on what {name} tells")
    elif rest:
        parts.append(
            f"{listed(rest)} {'quote' if len(rest) > 1 else 'quotes'} {name}{' too' if parts else ''}"
        )
    told = "; ".join(parts) or f"{name} is quoted"
    if len({s.claim.document for s in voice.claims}) > 1:
        told += ": one origin"
    if voice.leans:
        told += f"; not independent: {name} {voice.leans}"
    return f"{told[0].upper()}{told[1:]}."


def _carried(carriers: Sequence[str], teller: Outlet | None) -> str:
    """Say that outlets carry one text: "three outlets carry the same agency dispatch (Reuters)"."""
    words = fold(teller.name) if teller else ""
    agency = teller is not None and (teller.kind == "agency" or any(w in words for w in rules().agency_words))
    text = "agency dispatch" if agency else "report"
    if len(carriers) == 1:
        whose = f" of {with_article(teller.name)}" if teller and teller.name != carriers[0] else ""
        return f"{carriers[0]} carries {'an' if agency else 'a'} {text}{whose or ' of another outlet'}"
    return f"{in_words(len(carriers))} outlets carry the same {text}{f' ({teller.name})' if teller else ''}"
