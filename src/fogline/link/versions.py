"""Versions: within one event, the claims that agree; and where versions differ, the field and both answers.

Vagueness is no contradiction: a claim that does not answer a question, or answers it so widely that it fits
several versions, is set against none. Nothing is voted away: every answer keeps its voices.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ..model import Dispute, DisputedValue, Figure, Origin, Status, Version
from ..model.event import DisputedField
from ..store.records import Stored
from .answers import Answer, Question, questions
from .figures import figures_of
from .summary import sentence
from .tellers import Teller, listed, names, tellers

NEUTRAL = frozenset({"international", "monitor", "research", "agency", "paper", "broadcaster", "outlet"})


class Versions(Struct, frozen=True, kw_only=True):
    """The versions of one event, the best supported first, and all in which they part.

    ``unresolved`` is True where they part and nothing independent decides between them.
    """

    versions: tuple[Version, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    figures: tuple[Figure, ...] = ()
    unresolved: bool = False


def versions_of(claims: Sequence[Stored], origins: Sequence[Origin] = ()) -> Versions:
    """Work out the versions of an event.

    Two claims part where they answer a question (did it happen, how was it, who, to whom, how many, when,
    where) in ways that exclude each other and are told by different voices. A voice that gives another
    figure later corrects itself: that is a series (``figures``), not a dispute.

    Args:
        claims: the claims of one event.
        origins: their origins; claims with one origin are one voice.

    Returns:
        The versions by support (independent origins, then claims, then the day of the latest), the disputes
        in the order of the questions, the figures over time.
    """
    told = tellers(claims, origins)
    disputes: list[Dispute] = []
    stands: list[dict[str, int]] = []  # for each dispute, which answer a claim gives
    for question in questions(claims, told):
        found = _dispute(question)
        if found is not None:
            disputes.append(found[0])
            stands.append(found[1])
    groups = _grouped(claims, told, stands)
    days = {s.claim.id: s.published.toordinal() if s.published else 0 for s in claims}
    versions = sorted(
        (_version(group, told, _left_open(group, disputes, stands)) for group in groups),
        key=lambda v: (
            -support(v.claims, told), -len(v.claims), -max(days[id] for id in v.claims), v.claims[0],
        ),
    )  # fmt: skip
    return Versions(
        versions=tuple(versions),
        disputes=tuple(disputes),
        figures=figures_of(claims, told),
        unresolved=any(not _decided(dispute, told) for dispute in disputes),
    )


def support(claims: Iterable[str], told: Mapping[str, Teller]) -> int:
    """Return how many independent origins tell these claims."""
    return len({told[claim].origin for claim in claims if told[claim].independent})


def _dispute(question: Question) -> tuple[Dispute, dict[str, int]] | None:
    """Return the dispute over a question, and which of its answers each claim gives; None where voices agree.

    Answers are taken from the most exact to the vaguest; each joins the one group that it contradicts
    nowhere, opens its own where it contradicts all, and stays out where it fits several.
    """
    ordered = sorted(
        question.answers, key=lambda a: (a.width, a.told is None, a.told, a.teller.name, a.claim)
    )
    groups: list[list[Answer]] = []
    for answer in ordered:
        fitting = [g for g in groups if not any(question.differ(answer, one) for one in g)]
        if not fitting:
            groups.append([answer])
        elif len(fitting) == 1:
            fitting[0].append(answer)
    groups = _of_different_voices(_contradicting(groups, question))
    if len(groups) < 2:
        return None
    groups.sort(
        key=lambda g: (-len({a.teller.origin for a in g}), g[0].told is None, g[0].told, _in_order(g[0]))
    )
    values = tuple(
        DisputedValue(
            text=_text(group) if question.field == "event" else group[0].text,
            voices=tuple(dict.fromkeys(a.teller.name for a in group)),
            claims=tuple(a.claim for a in group),
        )
        for group in groups
    )
    text = " / ".join(f"{value.text} ({listed(value.voices)})" for value in values)
    dispute = Dispute(field=question.field, values=values, text=f"{question.about} {text}".strip())
    return dispute, {a.claim: number for number, group in enumerate(groups) for a in group}


def _contradicting(groups: list[list[Answer]], question: Question) -> list[list[Answer]]:
    """Keep of each group the answers that stand against one of another group."""
    kept = [
        [
            a
            for a in group
            if any(question.differ(a, b) for other in groups if other is not group for b in other)
        ]
        for group in groups
    ]
    return [group for group in kept if group]


def _text(group: Sequence[Answer]) -> str:
    """Return the accounts of a group, the most frequent first: "withdrew or regrouped"."""
    counted = Counter(answer.text for answer in group)
    return " or ".join(sorted(counted, key=lambda text: (-counted[text], text))[:3])


def _in_order(answer: Answer) -> tuple[float, str, str]:
    """Order answers that are told as often and on one day: small figures first, then by their words."""
    return answer.size, answer.text, answer.claim


def _left_open(
    group: Sequence[Stored], disputes: Sequence[Dispute], stands: Sequence[Mapping[str, int]]
) -> list[str]:
    """Return the disputed questions that no claim of a version answers."""
    ids = {stored.claim.id for stored in group}
    open_ = [_ASKED[d.field] for d, answers in zip(disputes, stands, strict=True) if not ids & answers.keys()]
    return list(dict.fromkeys(open_))


_ASKED: dict[DisputedField, str] = {
    "status": "whether it happened", "event": "how it was", "agents": "who did it", "targets": "to whom",
    "quantity": "how many", "when": "when", "place": "where",
}  # fmt: skip


def _of_different_voices(groups: list[list[Answer]]) -> list[list[Answer]]:
    """Leave out voices that give several answers: nobody contradicts others by contradicting himself."""
    given: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for answer in group:
            given.setdefault(answer.teller.key, set()).add(number)
    kept = [[a for a in group if len(given[a.teller.key]) == 1] for group in groups]
    kept = [group for group in kept if group]
    return kept if len({a.teller.origin for group in kept for a in group}) > 1 else []


def _grouped(
    claims: Sequence[Stored], told: Mapping[str, Teller], stands: Sequence[Mapping[str, int]]
) -> list[list[Stored]]:
    """Part the claims into groups that agree on every dispute.

    A claim that takes no stand goes with what its own voice says elsewhere; those of voices that take
    none at all are a version of their own, which leaves the question open.
    """
    if not stands:
        return [list(claims)] if claims else []
    taken = {
        s.claim.id: {n: answers[s.claim.id] for n, answers in enumerate(stands) if s.claim.id in answers}
        for s in claims
    }
    by_voice: dict[str, dict[int, int]] = {}
    for stored in claims:
        by_voice.setdefault(told[stored.claim.id].key, {}).update(taken[stored.claim.id])
    positions: list[dict[int, int]] = []
    groups: list[list[Stored]] = []
    silent: list[Stored] = []
    full = {s.claim.id: {**by_voice[told[s.claim.id].key], **taken[s.claim.id]} for s in claims}
    for stored in sorted(claims, key=lambda s: -len(full[s.claim.id])):
        stand = full[stored.claim.id]
        if not stand:
            silent.append(stored)
            continue
        fitting = [i for i, p in enumerate(positions) if all(p.get(n, v) == v for n, v in stand.items())]
        shared = [i for i in fitting if any(n in positions[i] for n in stand)]
        if len(shared) == 1:
            positions[shared[0]].update(stand)
            groups[shared[0]].append(stored)
        elif exact := [i for i in fitting if positions[i] == stand]:
            groups[exact[0]].append(stored)
        else:
            positions.append(dict(stand))
            groups.append([stored])
    return [*groups, silent] if silent else groups


def _version(group: Sequence[Stored], told: Mapping[str, Teller], open_: Sequence[str]) -> Version:
    ordered = sorted(group, key=lambda s: (s.published is None, s.published, s.claim.document, s.claim.id))
    ids = tuple(stored.claim.id for stored in ordered)
    text = "".join(piece.text for piece in sentence(ordered, told))
    digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
    return Version(
        id=f"v{digest[:16]}",
        text=text + (f" (leaves open {listed(open_)})" if open_ else ""),
        status=_status(ordered),
        claims=ids,
        voices=names(ids, told),
        origins=tuple(dict.fromkeys(told[id].origin for id in ids)),
    )


def _status(group: Sequence[Stored]) -> Status:
    """Return the status that claims of a version share: what is told as fact before what is planned."""
    told = {stored.claim.status for stored in group}
    order: tuple[Status, ...] = ("happened", "denied", "intended", "possible", "conditional")
    return next(status for status in order if status in told)


def _decided(dispute: Dispute, told: Mapping[str, Teller]) -> bool:
    """Tell whether one answer alone is borne out from more than one side, or by neutral voices twice."""
    borne_out = [value for value in dispute.values if _borne_out(value, told)]
    return len(borne_out) == 1


def _borne_out(value: DisputedValue, told: Mapping[str, Teller]) -> bool:
    origins = {told[claim].origin: told[claim] for claim in value.claims if told[claim].independent}
    if len(origins) < 2:
        return False
    neutral = sum(teller.kind in NEUTRAL for teller in origins.values())
    sides = {teller.side for teller in origins.values() if teller.kind not in NEUTRAL and teller.side}
    return neutral > 1 or len(sides) > 1 or bool(neutral and sides)
