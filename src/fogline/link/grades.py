"""Grades: the Admiralty code, the source's reliability and the information's credibility kept apart.

Every letter and figure comes with the sentences it rests on. What a voice starts with, and what moves a
rating by how much, is data (``priors.yml``). The certainty of a claim's own words is a third thing and
plays no part here.

The scales are those of NATO's AJP-2.1 (STANAG 2511).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ..model import Check, Dispute, Grade, Origin
from ..model.event import Credibility, Reliability
from ..store.records import Stored
from .outlets import outlet_of
from .priors import Prior, Priors, priors
from .records import Record, bears_on, independent, sides_of
from .tellers import Teller, listed, names, tellers
from .versions import Versions
from .wording import voice_name

LETTERS: tuple[Reliability, ...] = ("A", "B", "C", "D", "E")
# What is to the disadvantage of the side that does it.
AGAINST_AGENT = frozenset({"WITHDRAW", "ABUSE"})
# What is to the disadvantage of the side that it is done to.
AGAINST_TARGET = frozenset(
    {"CAPTURE", "ENCIRCLE", "CASUALTIES", "DESTROY", "DETAIN", "SHELL", "AIRSTRIKE", "ATTACK"}
)
_OPEN = frozenset({"intended", "conditional"})


class Source(Struct, frozen=True, kw_only=True):
    """How reliable a voice is held to be, and the sentences that say why."""

    letter: Reliability
    reasons: tuple[str, ...]
    at: float = 0.0  # where it stands between A (0) and E (4) before rounding
    fixed: bool = False  # by hand or by name: nothing moves it


def source_of(
    stored: Stored,
    teller: Teller,
    parties: frozenset[str] = frozenset(),
    record: Record | None = None,
    *,
    judged: Mapping[str, str] | None = None,
    settings: Priors | None = None,
) -> Source:
    """Rate the voice of a claim, A to F.

    A letter set by hand goes before all; then one that the priors give to the voice by name; else the
    kind's prior, moved by whether the voice speaks of its own side's war, and by its record.

    Args:
        stored: the claim.
        teller: who tells it.
        parties: the sides that take part in the event.
        record: how often the voice was confirmed and contradicted before, None where it never was.
        judged: letters set by hand, by the voice's name in lower case.
        settings: the priors; Fogline's own where None.
    """
    table = settings or priors()
    source = standing_of(teller, record, judged=judged, settings=table)
    if source.fixed:
        return source
    at = source.at
    reasons = list(source.reasons)
    for feature in _told_by(stored, teller, parties):
        at -= table.source[feature].weight
        reasons.append(table.source[feature].sentence)
    return Source(letter=_nearest(at), reasons=tuple(reasons), at=at)


def standing_of(
    teller: Teller,
    record: Record | None = None,
    *,
    judged: Mapping[str, str] | None = None,
    settings: Priors | None = None,
) -> Source:
    """Rate a voice by itself, whatever it speaks of: by hand, by name, or by its kind and its record.

    Args:
        teller: the voice.
        record: how often it was confirmed and contradicted, None where it never was.
        judged: letters set by hand, by the voice's name in lower case.
        settings: the priors; Fogline's own where None.
    """
    table = settings or priors()
    if judged and (set_by_hand := judged.get(teller.name.casefold())):
        letter = _letter_named(set_by_hand)
        return Source(letter=letter, reasons=(f"{teller.name} is rated {letter} by hand",), fixed=True)
    prior = table.voices.get(teller.name) or table.reliability.get(_kind(teller), _NO_PRIOR)
    reasons = [f"{teller.name}, {prior.sentence}: {prior.letter} to begin with"]
    if prior.letter == "F" or teller.name in table.voices:
        return Source(letter=prior.letter, reasons=tuple(reasons), fixed=True)
    at = float(LETTERS.index(prior.letter))
    moves = [move] if record is not None and (move := moved_by_record(record, table)) else []
    if teller.kind == "outlet" and outlet_of(teller.name).organ_of:
        moves.append("state_media")
    for name in moves:
        at -= table.source[name].weight
        reasons.append(table.source[name].sentence.format(**_counts(record)))
    return Source(letter=_nearest(at), reasons=tuple(reasons), at=at)


def _counts(record: Record | None) -> dict[str, int]:
    """Return the figures of a record that sentences name."""
    known = record or Record(voice="")
    return {"judged": known.judged, "confirmed": known.confirmed, "contradicted": known.contradicted}


def _nearest(at: float) -> Reliability:
    """Return the letter at a place on the scale, the ends of which it does not leave."""
    return LETTERS[max(0, min(len(LETTERS) - 1, round(at)))]


_NO_PRIOR = Prior("F", "a voice of a kind that the priors do not name")


def _letter_named(letter: str) -> Reliability:
    return next((known for known in LETTERS if known == letter), "F")


def _kind(teller: Teller) -> str:
    """Return the kind that a prior is given for: an outlet's own, where it is known as an agency or paper."""
    return (outlet_of(teller.name).kind or "outlet") if teller.kind == "outlet" else teller.kind


def _told_by(stored: Stored, teller: Teller, parties: frozenset[str]) -> list[str]:
    """Return what moves a voice's letter by what it says, and of whom."""
    if against_interest(stored, teller):
        return ["against_interest"]
    return ["party_to_event"] if teller.side in parties else []


def moved_by_record(record: Record | None, table: Priors) -> str | None:
    """Return the feature by which a record moves its voice's letter, None where it moves it not."""
    rule = table.record
    if record is None or record.judged < rule.least:
        return None
    if record.share >= rule.good:
        return "good_record"
    return "bad_record" if record.share <= rule.bad else "poor_record" if record.share <= rule.poor else None


def against_interest(stored: Stored, teller: Teller) -> bool:
    """Tell whether a voice says what is to its own side's disadvantage."""
    claim = stored.claim
    if claim.status != "happened" or not teller.side:
        return False
    agents = {party.side for party in claim.agents}
    targets = {party.side for party in claim.targets}
    if claim.event in AGAINST_AGENT and teller.side in agents:
        return True
    return claim.event in AGAINST_TARGET and teller.side in targets and teller.side not in agents \
        and claim.event == "CAPTURE"  # fmt: skip


def grade_event(
    claims: Sequence[Stored],
    origins: Sequence[Origin],
    versions: Versions,
    checks: Sequence[Check] = (),
    records: Mapping[str, Record] | None = None,
    judged: Mapping[str, str] | None = None,
    settings: Priors | None = None,
) -> Grade | None:
    """Grade the best supported version of an event.

    The source's letter is that of the most reliable voice of the version that does not lean on another;
    the information's figure comes from independent confirmation, contradiction and checks, whoever speaks.

    Args:
        claims: the claims of the event.
        origins: their origins.
        versions: its versions, the best supported first.
        checks: what checks found on these claims.
        records: the records of voices, by name.
        judged: letters set by hand, by the voice's name in lower case.
        settings: the priors; Fogline's own where None.

    Returns:
        The grade with its reasons; None where there is no version.
    """
    if not versions.versions:
        return None
    table = settings or priors()
    told = tellers(claims, origins)
    parties = sides_of(claims)
    version = versions.versions[0]
    ids = frozenset(version.claims)
    mine = [stored for stored in claims if stored.claim.id in ids]
    rated = [
        (source_of(s, told[s.claim.id], parties, (records or {}).get(told[s.claim.id].name),
                   judged=judged, settings=table), s)
        for s in mine
    ]  # fmt: skip
    source, first = min(
        rated, key=lambda pair: ("ABCDEF".index(pair[0].letter), not told[pair[1].claim.id].independent)
    )
    which = "" if len(versions.versions) == 1 else f"graded is the version “{version.text}”"
    information, why = _information(mine, first, source, told, parties, versions, checks, table)
    reasons = (
        *((which,) if which else ()),
        f"source {source.letter}: {'; '.join(source.reasons)}",
        f"information {information}: {'; '.join(why)}",
    )
    return Grade(source=source.letter, information=information, reasons=reasons)


def _information(
    mine: Sequence[Stored],
    first: Stored,
    source: Source,
    told: Mapping[str, Teller],
    parties: frozenset[str],
    versions: Versions,
    checks: Sequence[Check],
    table: Priors,
) -> tuple[Credibility, list[str]]:
    """Return the credibility of a version's information, 1 to 6, with its sentences."""
    if all(stored.claim.status in _OPEN for stored in mine):
        return "6", ["it is planned or tied to a condition, so its truth cannot be judged"]
    features = [
        *_confirmation(mine, first, told),
        *_contradiction(mine, told, parties, versions.disputes),
        *_checked(mine, checks),
    ]
    teller = told[first.claim.id]
    lone = not any(name.startswith(("confirmed", "same_side")) for name, _ in features)
    if lone and source.letter == "F":
        return "6", [f"nobody but {voice_name(teller.name)} tells it, so its truth cannot be judged"]
    if any(against_interest(stored, told[stored.claim.id]) for stored in mine):
        who = names((s.claim.id for s in mine if against_interest(s, told[s.claim.id])), told)
        features.append(("against_interest", {"who": listed(who)}))
    if all(stored.claim.status == "possible" for stored in mine):
        features.append(("possible", {}))
    total = sum(table.information[name].weight for name, _ in features)
    if not any(name.startswith("confirmed") for name, _ in features):
        total = min(total, 1.0)
    why = [table.information[name].sentence.format(**counts) for name, counts in features]
    if lone:
        why.insert(0, f"nobody of another side or origin confirms what {voice_name(teller.name)} tells")
    return _figure(total), why


def _figure(total: float) -> Credibility:
    """Return the figure that the weights add up to."""
    bounds: tuple[tuple[float, Credibility], ...] = ((2, "1"), (1, "2"), (0, "3"), (-1, "4"))
    return next((figure for least, figure in bounds if total >= least), "5")


_Found = list[tuple[str, dict[str, object]]]


def _confirmation(mine: Sequence[Stored], first: Stored, told: Mapping[str, Teller]) -> _Found:
    """Return who else tells the version: origins of other sides, or at least of the same one."""
    teller = told[first.claim.id]
    facts = [s for s in mine if s.claim.status in ("happened", "denied") and bears_on(s.claim, first.claim)]
    others = {
        told[s.claim.id].origin: told[s.claim.id] for s in facts if independent(teller, told[s.claim.id])
    }
    if others:
        who = listed(tuple(dict.fromkeys(other.name for other in others.values())))
        voices = {other.key for other in others.values()}
        name = "confirmed_often" if len(voices) > 1 else "confirmed_once"
        return [(name, {"count": len(others), "who": who})]
    same = {
        told[s.claim.id].key: told[s.claim.id].name
        for s in facts
        if told[s.claim.id].origin != teller.origin and told[s.claim.id].key != teller.key
    }
    return [("same_side", {"who": listed(tuple(same.values()))})] if same else []


def _contradiction(
    mine: Sequence[Stored], told: Mapping[str, Teller], parties: frozenset[str], disputes: Sequence[Dispute]
) -> _Found:
    ids = {stored.claim.id for stored in mine}
    found: _Found = []
    for dispute in disputes:
        others = [v for v in dispute.values if not ids & set(v.claims)]
        if len(others) == len(dispute.values) or not others:
            continue
        tellers_ = {told[c].origin: told[c] for v in others for c in v.claims if told[c].independent}
        outside = [teller for teller in tellers_.values() if teller.side not in parties]
        what = " / ".join(f"{v.text} ({listed(v.voices)})" for v in others)
        name = (
            "several_contradict"
            if len(outside) > 1
            else "contradicted"
            if outside
            else "contradicted_by_party"
        )
        found.append((name, {"count": len(tellers_), "what": what}))
    return found


def _checked(mine: Sequence[Stored], checks: Sequence[Check]) -> _Found:
    """Return the gravest thing that checks found on the version's claims; notes weigh nothing."""
    ids = {stored.claim.id for stored in mine}
    grave = [check for check in checks if check.weight != "note" and ids & set(check.claims)]
    for weight in ("error", "doubt"):
        first = next((check for check in grave if check.weight == weight), None)
        if first is not None:
            return [(weight, {"what": first.sentence.rstrip(".")})]
    return []
