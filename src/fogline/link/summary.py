"""A title and a summary line for an event, each word traceable to the claims that it rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..model import Dispute, EventType, Figure, Origin, Piece, Quantity
from ..store.records import Stored
from .agreed import Days, agreed_days
from .data import data
from .figures import label, same, series, told_as, whole
from .slots import Slots, slots_of
from .tellers import Teller, listed, names, tellers
from .ways import Way, way_of
from .wording import day, days, on_days, plural, voice_name

_PART = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_DOUBTS = {
    "happened": "", "denied": " (denied)", "intended": " (planned)", "possible": " (possible)",
    "conditional": " (possible)",
}  # fmt: skip
_FRAMES = {
    "intended": "planned or announced",
    "possible": "thought possible",
    "conditional": "thought possible under conditions",
}
_TOLL = {"killed": "killing", "wounded": "wounding", "killed_or_wounded": "killing or wounding"}
_DEADLY = frozenset({"SHELL", "AIRSTRIKE", "ATTACK", "CLASH", "ABUSE", "DESTROY", "ADVANCE"})
_WAS = re.compile(r"^ (was|were)\b")


def title_of(claims: Sequence[Stored], origins: Sequence[Origin] = (), *, when: Days | None = None) -> str:
    """Return a title: the occurrence as a noun, where and when, as in "Capture of Palmyra, 27 March 2016".

    Args:
        claims: the claims of the event, those of its best supported version first or alone.
        origins: the origins of the event's claims.
        when: the days of the event; those that its leading claims agree on where None.
    """
    told = tellers(claims, origins)
    chosen = _leading(claims, told)
    way, status = _way(chosen), chosen[0].claim.status
    slots = slots_of(chosen, told, way)
    on = days(*_whole(when or agreed_days(chosen), status))
    noun = _capital(_text(_fill(way.noun, slots, _ids(chosen))))
    return f"{noun}{_DOUBTS[status]}{f', {on}' if on else ''}"


def summary_of(
    claims: Sequence[Stored],
    origins: Sequence[Origin] = (),
    disputes: Sequence[Dispute] = (),
    figures: Sequence[Figure] = (),
    *,
    when: Days | None = None,
) -> tuple[Piece, ...]:
    """Return a summary of an event: what is told by whom, where voices part, how figures changed.

    Args:
        claims: the claims of the event, those of its best supported version first or alone.
        origins: the origins of the event's claims.
        disputes: where its versions part.
        figures: its figures over time.
        when: the days of the event; those that its leading claims agree on where None.

    Returns:
        Pieces that read as sentences when joined, each with the claims it rests on.
    """
    told = tellers(claims, origins)
    pieces = [*sentence(claims, told, when=when), *_according(claims, told), Piece(text=".")]
    for number, dispute in enumerate(disputes):
        pieces.append(Piece(text=" Disputed: " if number == 0 else "; "))
        pieces.extend(_dispute(dispute))
    if disputes:
        pieces.append(Piece(text="."))
    for row in series(figures):
        pieces.extend(_series(row))
    return tuple(_joined(pieces))


def sentence(
    claims: Sequence[Stored], told: Mapping[str, Teller], *, when: Days | None = None
) -> list[Piece]:
    """Return what claims tell as a sentence without its full stop, in pieces that name their claims."""
    chosen = _leading(claims, told)
    way, status, ids = _way(chosen), chosen[0].claim.status, _ids(chosen)
    slots = slots_of(chosen, told, way)
    when = when or agreed_days(chosen)
    on = on_days(*_whole(when, status))
    day_piece = [Piece(text=f" {on}", claims=when.claims)] if on else []
    if status == "happened":
        pieces = _fill(way.active if slots.has("agent") else way.passive, slots, ids)
        if len(_text(pieces).split()) < 2:  # too little was told for a sentence
            pieces = [*_fill(way.noun, slots, ids), Piece(text=" was reported", claims=ids)]
        pieces += [*day_piece, *(_toll(chosen) if way.type in _DEADLY else [])]
    elif status == "denied":
        word = "There were no " if plural(way.noun.split("[")[0]) else "There was no "
        pieces = [Piece(text=word, claims=ids), *_fill(way.noun, slots, ids), *day_piece]
    else:
        noun = _fill(f"{_article(way.noun)}{way.noun}", slots, ids)
        verb = "are" if plural(way.noun.split("[")[0]) else "is"
        pieces = [*noun, *day_piece, Piece(text=f" {verb} {_FRAMES[status]}", claims=ids)]
    return _joined([Piece(text=_capital(pieces[0].text), claims=pieces[0].claims), *pieces[1:]])


def _whole(when: Days, status: str) -> tuple[date | None, date | None]:
    """Return the days to be told: for what is planned, those alone that are told whole."""
    whole = status in ("happened", "denied") or (when.first and when.last)
    return (when.first, when.last) if whole else (None, None)


def _leading(claims: Sequence[Stored], told: Mapping[str, Teller]) -> list[Stored]:
    """Return the claims of the type and status that most origins tell, told as fact before all else."""
    kinds: dict[tuple[bool, EventType, str], set[str]] = {}
    for stored in claims:
        claim = stored.claim
        key = (claim.status == "happened", claim.event, claim.status)
        kinds.setdefault(key, set()).add(told[claim.id].origin)
    best = max(kinds, key=lambda k: (k[0], len(kinds[k]), _weight(k[1]), k[1]))
    return [s for s in claims if (s.claim.event, s.claim.status) == best[1:]]


def _weight(event: EventType) -> int:
    """Prefer the type that says more where two are told as often."""
    return 0 if event in ("CONTROL", "CASUALTIES", "ATTACK", "CLASH") else 1


def _way(claims: Sequence[Stored]) -> Way:
    """Return the way in which most of the claims put it."""
    counted = Counter(way_of(stored.claim) for stored in claims)
    return max(counted, key=lambda way: counted[way])


def _ids(claims: Iterable[Stored]) -> tuple[str, ...]:
    return tuple(stored.claim.id for stored in claims)


def _fill(template: str, slots: Slots, ids: tuple[str, ...]) -> list[Piece]:
    """Fill a template: what stands in brackets is left out where a slot of it is empty.

    "was" and "were" behind a slot are made to agree with what fills it.
    """
    kept = _PART.sub(lambda m: m[1] if all(slots.has(n) for n in _SLOT.findall(m[1])) else "", template)
    pieces: list[Piece] = []
    at = 0
    for match in _SLOT.finditer(kept):
        pieces.append(Piece(text=_agreeing(kept[at : match.start()], pieces), claims=ids))
        pieces.append(slots.piece(match[1]))
        at = match.end()
    pieces.append(Piece(text=_agreeing(kept[at:], pieces), claims=ids))
    return [piece for piece in pieces if piece.text]


def _agreeing(text: str, before: Sequence[Piece]) -> str:
    if not before:
        return text
    return _WAS.sub(" were" if plural(before[-1].text) else " was", text)


def _toll(claims: Sequence[Stored]) -> list[Piece]:
    """Return whom an occurrence killed and wounded: ", killing 12 people and wounding 30"."""
    found: dict[str, tuple[Quantity, list[str]]] = {}
    for stored in sorted(claims, key=lambda s: s.published or date.min, reverse=True):
        for quantity in whole(stored.claim):
            if quantity.kind not in _TOLL:
                continue
            known = found.get(quantity.kind)
            if known is None or same(known[0], quantity):
                found.setdefault(quantity.kind, (quantity, []))[1].append(stored.claim.id)
    pieces: list[Piece] = []
    for number, (kind, (quantity, known_in)) in enumerate(found.items()):
        pieces.append(Piece(text=" and " if number else ", "))
        people = _people(quantity) if not number else told_as(quantity)
        pieces.append(Piece(text=f"{_TOLL[kind]} {people}", claims=tuple(known_in)))
    return pieces


def _people(quantity: Quantity) -> str:
    if quantity.high == 0:
        return "nobody"
    return "one person" if quantity.low == quantity.high == 1 else f"{told_as(quantity)} people"


def _according(claims: Sequence[Stored], told: Mapping[str, Teller]) -> list[Piece]:
    chosen = _leading(claims, told)
    ids = _ids(chosen)
    voices = names((id for id in ids if told[id].kind != "outlet"), told)
    outlets = names((id for id in ids if told[id].kind == "outlet"), told)
    if voices:
        return [Piece(text=f", according to {listed([voice_name(voice) for voice in voices])}", claims=ids)]
    if outlets:
        word = "reports" if len(outlets) == 1 else "report"
        return [Piece(text=f", {listed([voice_name(outlet) for outlet in outlets])} {word}", claims=ids)]
    return []


def _dispute(dispute: Dispute) -> list[Piece]:
    about = dispute.text[: dispute.text.find(dispute.values[0].text)]
    pieces = [Piece(text=about)] if about else []
    for number, value in enumerate(dispute.values):
        if number:
            pieces.append(Piece(text=" / "))
        pieces.append(Piece(text=f"{value.text} ({listed(value.voices)})", claims=value.claims))
    return pieces


def _series(figures: Sequence[Figure]) -> list[Piece]:
    """Return how a figure changed, from the first to the last that was told."""
    first, last = figures[0], figures[-1]
    assert first.told is not None and last.told is not None
    rose = (last.low or last.high or 0.0) > (first.low or first.high or 0.0)
    one_year = first.told.year == last.told.year
    started, ended = day(first.told, year=not one_year), day(last.told)
    if first.voice != last.voice:
        started, ended = f"{first.voice}, {started}", f"{last.voice}, {ended}"
    one_voice = first.voice if first.voice == last.voice else None
    whose = f"{_capital(voice_name(one_voice))}’s" if one_voice else "The"
    return [
        Piece(text=f" {whose} figure for {label(first.kind)} {'rose' if rose else 'fell'} from "),
        Piece(text=f"{told_as(first)} ({started})", claims=(first.claim,)),
        Piece(text=" to "),
        Piece(text=f"{told_as(last)} ({ended})", claims=(last.claim,)),
        Piece(text="."),
    ]


def _article(noun: str) -> str:
    """Return the article that a noun phrase of wording.yml takes before a verb."""
    head = noun.split("[")[0]
    if "[ of" in noun or "[ by" in noun:
        return "the "
    if plural(head) or head in data("wording.yml")["without_article"]:
        return ""
    return "an " if head[:1] in "aeiou" else "a "


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Put neighbouring pieces with the same claims together."""
    out: list[Piece] = []
    for piece in pieces:
        if out and out[-1].claims == piece.claims:
            out[-1] = Piece(text=out[-1].text + piece.text, claims=piece.claims)
        elif piece.text:
            out.append(piece)
    return out
