"""What is judged of events, and where it is kept: checks, verdicts on voices, grades."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from ..model import Check, Copy, Event
from ..store import Store, Stored
from ..store.link_tables import CHECKS, VERDICTS
from .checks import check_claims
from .grades import grade_event, moved_by_record
from .priors import Priors, priors
from .records import Record, Verdict, verdicts_of
from .review import judgements
from .versions import Versions

_ASKED = 500


class Judge:
    """Checks and grades events by the records of voices, letters set by hand and priors.

    Args:
        records: the records of voices, by name.
        judged: letters set by hand, by voice.
        settings: the priors; Fogline's own where None.
    """

    def __init__(
        self,
        records: Mapping[str, Record] | None = None,
        judged: Mapping[str, str] | None = None,
        settings: Priors | None = None,
    ) -> None:
        self.records = dict(records or {})
        self.judged = {voice.casefold(): letter for voice, letter in (judged or {}).items()}
        self.settings = settings or priors()

    def event(
        self,
        event: Event,
        claims: Sequence[Stored],
        *,
        copies: Sequence[Copy] = (),
        texts: Mapping[str, str] | None = None,
    ) -> Event:
        """Return an event with its checks and its grade.

        Args:
            event: the event with its origins and versions.
            claims: its claims.
            copies: passages that their documents took from each other.
            texts: their documents' texts, as far as they are at hand.
        """
        checks = check_claims(claims, origins=event.origins, copies=copies, texts=texts)
        versions = Versions(
            versions=event.versions,
            disputes=event.disputes,
            figures=event.figures,
            unresolved=event.unresolved,
        )
        grade = grade_event(claims, event.origins, versions, checks, self.records, self.judged, self.settings)
        return msgspec.structs.replace(event, checks=tuple(checks), grade=grade)

    def moved(self, after: Mapping[str, Record]) -> set[str]:
        """Return the voices whose records weigh otherwise than they did when this judge was made."""
        rule = self.settings
        return {
            voice
            for voice in {*self.records, *after}
            if moved_by_record(self.records.get(voice), rule) != moved_by_record(after.get(voice), rule)
        }


def judge_in(store: Store) -> Judge:
    """Return the judge of a ledger: its records so far, its judgements by hand, a team's priors."""
    from ..settings import load

    return Judge(records_in(store), judgements(store).reliability, priors(load().priors))


def records_in(store: Store) -> dict[str, Record]:
    """Return the records of the voices of a ledger, by name."""
    counts: dict[str, dict[str, int]] = {}
    query = "SELECT voice, finding, count(*) FROM verdicts GROUP BY voice, finding"
    for voice, finding, count in store.rows(query):
        counts.setdefault(voice, {})[finding] = count
    return {voice: Record(voice=voice, **row) for voice, row in counts.items()}


def findings_of(event: Event, claims: Sequence[Stored]) -> tuple[list[Check], list[Verdict]]:
    """Return what is kept of an event besides itself: its checks, and what became of its voices' claims."""
    return list(event.checks), verdicts_of(claims, event.origins, event.versions, event.disputes)


def keep_findings(store: Store, found: Iterable[tuple[Event, Sequence[Stored]]]) -> None:
    """Write down the checks and verdicts of events."""
    checks, verdicts = [], []
    for event, claims in found:
        its_checks, its_verdicts = findings_of(event, claims)
        checks += [
            (check.id, check.rule, event.id, claim, check.weight, check.sentence)
            for check in its_checks
            for claim in check.claims
        ]
        verdicts += [(event.id, v.voice, v.claim, v.finding, v.by, v.other) for v in its_verdicts]
    store.insert(CHECKS, checks)
    store.insert(VERDICTS, verdicts)


def drop_findings(store: Store, events: Collection[str] | None) -> None:
    """Remove the checks and verdicts of events, of all where None."""
    for table in (CHECKS, VERDICTS):
        if events is None:
            store.run(f"DELETE FROM {table.name}")
            continue
        ids = sorted(events)
        for at in range(0, len(ids), _ASKED):
            some = ids[at : at + _ASKED]
            store.run(f'DELETE FROM {table.name} WHERE "event" IN ({", ".join("?" * len(some))})', some)


def events_with(store: Store, voices: Collection[str]) -> list[str]:
    """Return the events of which a claim is told by one of these voices, or by an outlet of that name."""
    found: set[str] = set()
    asked = sorted(voices)
    for at in range(0, len(asked), _ASKED):
        some = asked[at : at + _ASKED]
        marks = ", ".join("?" * len(some))
        query = (
            "SELECT DISTINCT m.event FROM event_claims m JOIN claims c ON c.id = m.claim "
            f"JOIN documents d ON d.id = c.document WHERE coalesce(c.voice, d.outlet) IN ({marks})"
        )
        found.update(event for (event,) in store.rows(query, some))
    return sorted(found)
