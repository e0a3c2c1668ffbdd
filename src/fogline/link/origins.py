"""To whom the claims of one event go back, and which of these origins are independent of each other.

Five papers that print one dispatch are one voice, and so are a ministry's briefing and the three reports that
quote it. Claims are first gathered by text (copies and what they were copied from), then by who speaks in
that text; an outlet that tells something in its own words is an origin itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from rapidfuzz import fuzz

from ..model import Copy, Origin, Voice
from ..resolve.parties.lexicon import fold
from ..store import Stored
from .counting import counted, in_words, listed, with_article
from .credits import Credit
from .kinship import Kinship
from .leaning import Speaking, lean, rules
from .outlets import Outlet, outlet_of
from .tellings import Telling, attribute, tellings_of, when

__all__ = ["counted", "origins_of"]

_SPELT, _SPELT_ALIKE = 5, 88.0  # letters from which, and of 100 how alike, a name may be spelt otherwise


def origins_of(
    claims: Sequence[Stored],
    copies: Sequence[Copy],
    *,
    credits: Mapping[str, Sequence[Credit]] | None = None,
    kinship: Kinship | None = None,
) -> tuple[Origin, ...]:
    """Return the origins of one event's claims, the first telling first.

    Claims whose words are copied go back to the text they were copied from. Where a voice is quoted, it is
    the origin, through whichever relays it came; voices without a name are one only within one text or
    outlet. Where nobody is quoted, the origin is the relay that is credited, or the outlet itself.

    Of the origins that speak for one side, the first is independent; so is an outlet's own telling only
    where no report of it that tells this event leans on another voice. Editions of one article are one
    report, and of sister outlets the first is independent.

    Args:
        claims: the claims of one event.
        copies: the copies among any documents; those of the claims' documents are used.
        credits: what documents say whose text they print, by the documents' ids.
        kinship: which documents are editions of one article, and which outlets are sisters.

    Returns:
        Origins with every claim in exactly one.
    """
    kin = kinship or Kinship()
    ordered = sorted(claims, key=when)
    known = {copy.source: copy.source_outlet for copy in copies if copy.source_outlet}
    known |= {s.claim.document: s.outlet for s in ordered if s.outlet}
    tellings = tellings_of(ordered, copies)
    voices: dict[tuple[str, ...], Speaking] = {}
    for telling in tellings:
        attribute(telling, known, credits or {})
        key, name = _key(telling, kin)
        key = next((k for k, known_voice in voices.items() if _same_voice(k, key, known_voice, telling)), key)
        if key not in voices:
            voices[key] = Speaking(key, name, telling.speaker, telling.teller, [])
        voices[key].tellings.append(telling)
        voices[key].claims.extend(telling.claims)
    for voice in voices.values():
        voice.claims.sort(key=when)
    found = sorted(voices.values(), key=lambda v: when(v.claims[0]))
    lean(found, kin)
    return tuple(_origin(voice, kin) for voice in found)


def _key(telling: Telling, kin: Kinship) -> tuple[tuple[str, ...], str]:
    """Return what tells a voice from others, and its name."""
    speaker, teller = telling.speaker, telling.teller
    report = kin.article(telling.root.document)
    if speaker is not None:
        name = speaker.name or speaker.text
        if _nameless(speaker):
            through = teller.key if teller else report
            return ("nameless", fold(name), through), name
        return ("voice", fold(name)), name
    if teller is not None:
        return ("outlet", teller.key), teller.name
    return ("document", report), f"the report {report}"


def _same_voice(one: tuple[str, ...], other: tuple[str, ...], voice: Speaking, telling: Telling) -> bool:
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


def _origin(voice: Speaking, kin: Kinship) -> Origin:
    documents = tuple(dict.fromkeys(s.claim.document for s in voice.claims))
    outlets = tuple(dict.fromkeys(outlet_of(s.outlet).name for s in voice.claims if s.outlet))
    return Origin(
        id=f"o{blake2b(chr(31).join(voice.key).encode(), digest_size=8).hexdigest()}",
        claim=voice.claims[0].claim.id,
        voice=None if voice.own_words else voice.name,
        side=voice.side,
        claims=tuple(s.claim.id for s in voice.claims),
        documents=documents,
        outlets=outlets,
        chain=_chain(voice),
        independent=voice.leans is None,
        reason=_reason(voice, outlets, kin),
    )


def _chain(voice: Speaking) -> tuple[str, ...]:
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


def _reason(voice: Speaking, outlets: Sequence[str], kin: Kinship) -> str:
    """Say in a sentence why these claims are one origin, and on whom it leans."""
    name = with_article(voice.name)
    parts: list[str] = []
    rest = list(outlets)
    for telling in sorted(voice.tellings, key=lambda t: -len(t.claims)):
        carriers = {outlet_of(s.outlet).name if s.outlet else s.claim.document for s in telling.claims}
        if len(telling.claims) < 2 and not telling.root.through:
            continue
        articles = {kin.article(s.claim.document) for s in telling.claims}
        editions = len(carriers) == len(articles) == 1 < len(telling.claims)
        whose = next(iter(carriers))
        parts.append(
            f"{whose} tells it in editions of one report"
            if editions
            else _carried(sorted(carriers), telling.teller)
        )
        rest = [outlet for outlet in rest if outlet not in carriers]
    parts = list(dict.fromkeys(parts))
    if parts and not voice.own_words:
        parts[0] += f", which quotes {name}"
    if voice.own_words and not parts and (voice.name in rest or not rest):
        parts = [f"{name} tells it in its own words"]
    if voice.own_words:
        rest = [outlet for outlet in rest if outlet != voice.name]
    if rest and voice.own_words:
        parts.append(f"{listed(rest)} {'pass' if len(rest) > 1 else 'passes'} on what {name} tells")
    elif rest:
        parts.append(
            f"{listed(rest)} {'quote' if len(rest) > 1 else 'quotes'} {name}{' too' if parts else ''}"
        )
    told = "; ".join(parts) or f"{name} is quoted"
    if len({s.claim.document for s in voice.claims}) > 1:
        told += ": one origin"
    if voice.leans:
        told += f"; not independent: {voice.leans}"
    return f"{told[0].upper()}{told[1:]}."


def _carried(carriers: Sequence[str], teller: Outlet | None) -> str:
    """Say that outlets carry one text: "three outlets carry the same agency dispatch (Reuters)"."""
    words = fold(teller.name) if teller else ""
    agency = teller is not None and (teller.kind == "agency" or any(w in words for w in rules().agency_words))
    text = "agency dispatch" if agency else "report"
    if len(carriers) > 1:
        whose = f" ({teller.name})" if teller else ""
        return f"{in_words(len(carriers))} outlets carry the same {text}{whose}"
    if teller is not None and teller.name == carriers[0]:
        return f"{carriers[0]} carries one {text} more than once"
    whose = with_article(teller.name) if teller is not None else "another outlet"
    return f"{carriers[0]} carries {'an' if agency else 'a'} {text} of {whose}"
