"""Linking a ledger: events, what a new report does to them, and judgements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
import pytest
from made import said

from fogline.errors import LedgerError, QueryError
from fogline.link import (
    agreement,
    event_named,
    events_by_claim,
    events_of,
    held_back,
    history_of,
    judgements,
    keep,
    link,
    links_of,
    reviews,
    touched,
)
from fogline.model import Claim, Document, Extraction
from fogline.store import Batch, DocumentRow, Filters, Store, Stored, migrate, write
from fogline.store.duckdb import DuckDBStore

DAY = date(2023, 2, 8)
TOOK = {"agents": [("rebels", "M23")], "at": ["Sake"], "on": DAY, "words_for_day": "on Wednesday"}
FALL = "rebels captured the town of Sake on Wednesday"
FIRST = said(FALL, "CAPTURE", by="M23 spokesman", side="M23", outlet="Lake Wire", told=DAY, **TOOK)  # type: ignore[arg-type]
SECOND = said(FALL, "CAPTURE", by="Kivu Monitor", outlet="Courier", told=date(2023, 2, 9), **TOOK)  # type: ignore[arg-type]
OTHER = said(
    "a bomb killed 12 people in Goma", "ATTACK", at=["Goma"], on=DAY, counts=[("killed", 12, 12)], told=DAY
)
THIRD = said(FALL, "CAPTURE", by="residents", outlet="Mirror", told=date(2023, 2, 10), **TOOK)  # type: ignore[arg-type]


def add(store: Store, *told: Stored, extractor: str = "hand/1") -> list[Claim]:
    """Write each claim as a report of its own, named by its outlet."""
    batch, made = Batch(extractor=extractor), []
    for stored in told:
        name = f"{stored.outlet}-{stored.claim.event}"
        text = stored.claim.evidence.text
        document = Document(id=name, text=text, outlet=stored.outlet, published=stored.published)
        claim = msgspec.structs.replace(stored.claim, document=name, extractor=extractor, id="").identified()
        made.append(claim)
        known = next(store.rows("SELECT 1 FROM documents WHERE id = ?", [name]), None) is not None
        row = DocumentRow(document=document, given=name, known=known)
        batch.read.append((row, Extraction(document=name, claims=(claim,))))
    write(store, batch)
    return made


@pytest.fixture
def store() -> Iterator[DuckDBStore]:
    """Return an empty ledger in memory."""
    made = DuckDBStore()
    migrate(made)
    yield made
    made.close()


def events(store: Store) -> list[set[str]]:
    """Return the claims of each event."""
    found: dict[str, set[str]] = {}
    for claim, event in store.rows("SELECT claim, event FROM event_claims"):
        found.setdefault(event, set()).add(claim)
    return sorted(found.values(), key=sorted)


def event_ids(store: Store, claims: Sequence[Claim]) -> list[str]:
    """Return the event of each claim."""
    by_claim = events_by_claim(store, [claim.id for claim in claims])
    return [by_claim[claim.id] for claim in claims]


def test_two_voices_on_one_capture_are_one_event_and_another_attack_is_not(store: DuckDBStore) -> None:
    first, second, other = add(store, FIRST, SECOND, OTHER)
    linked = link(store)
    assert (linked.claims, linked.new, linked.events) == (3, 3, 2)
    one, two, three = event_ids(store, [first, second, other])
    assert one == two != three
    event = event_named(store, one[:6])
    assert (event.type, event.place, event.earliest, event.latest) == ("CAPTURE", "Sake", DAY, DAY)
    assert event.outlets == ("Lake Wire", "Courier")
    assert [pair.weight > 0 for pair in links_of(store, event.claims)] == [True]


def test_linking_again_changes_nothing(store: DuckDBStore) -> None:
    add(store, FIRST, SECOND, OTHER)
    link(store)
    before = list(store.rows("SELECT id, body FROM events ORDER BY id"))
    assert link(store).changed == 0
    link(store, afresh=True)
    assert list(store.rows("SELECT id, body FROM events ORDER BY id")) == before


def test_a_new_report_joins_its_event_which_keeps_its_id_and_leaves_others_alone(store: DuckDBStore) -> None:
    made = add(store, FIRST, SECOND, OTHER)
    link(store)
    before = event_ids(store, made)
    (third,) = add(store, THIRD)
    linked = link(store)
    assert (linked.new, linked.changed, linked.events) == (1, 1, 2)
    assert event_ids(store, [*made, third]) == [*before, before[0]]
    assert history_of(store, before[0]) == []


def test_adding_one_by_one_gives_the_events_of_adding_all_at_once(store: DuckDBStore) -> None:
    for stored in (FIRST, OTHER, SECOND, THIRD):
        add(store, stored)
        link(store)
    grown = events(store)
    link(store, afresh=True)
    assert events(store) == grown


def test_a_newer_extractor_takes_the_place_of_an_older_one(store: DuckDBStore) -> None:
    (old,) = add(store, FIRST)
    link(store)
    (new,) = add(store, FIRST, extractor="hand/2")
    linked = link(store)
    assert (linked.new, linked.gone) == (1, 1)
    assert events(store) == [{new.id}]
    assert old.id not in events_by_claim(store, [old.id])


def test_a_judgement_parts_two_claims_and_can_be_taken_back(store: DuckDBStore) -> None:
    first, second = add(store, FIRST, SECOND)
    link(store)
    review = keep(store, "not-same", first.id, other=second.id, reviewer="Ann", reason="two towns of a name")
    link(store, again=touched(review, store))
    assert events(store) == sorted([{first.id}, {second.id}], key=sorted)
    told = agreement(store)
    assert (told.apart, told.apart_agreed, told.holding) == (1, 0, (review.id,))
    undo = keep(store, "undo", review.id, reviewer="Ann", reason="one town after all")
    link(store, again=touched(undo, store))
    assert events(store) == [{first.id, second.id}]
    assert agreement(store).told() == "No judgement holds."
    assert [one.kind for one in reviews(store)] == ["not-same", "undo"]


def test_a_judgement_joins_two_claims_that_the_machine_keeps_apart_and_holds_afresh(
    store: DuckDBStore,
) -> None:
    first, other = add(store, FIRST, OTHER)
    link(store)
    review = keep(store, "same", first.id, other=other.id, reviewer="Ben", reason="one battle")
    link(store, again=touched(review, store))
    assert events(store) == [{first.id, other.id}]
    link(store, afresh=True)
    assert events(store) == [{first.id, other.id}]


def test_a_claim_that_is_none_is_in_no_event(store: DuckDBStore) -> None:
    first, second = add(store, FIRST, SECOND)
    link(store)
    keep(store, "wrong", first.id, field="claim", reviewer="Ann", reason="a film is told of")
    link(store, again=[first.id])
    assert events(store) == [{second.id}]


def test_a_corrected_day_is_linked_by(store: DuckDBStore) -> None:
    first, _ = add(store, FIRST, SECOND)
    link(store)
    keep(store, "wrong", first.id, field="when", value="2022-06-01..03", reviewer="Ann", reason="last summer")
    link(store, again=[first.id])
    assert len(events(store)) == 2
    event = event_named(store, event_ids(store, [first])[0])
    assert (event.earliest, event.latest) == (date(2022, 6, 1), date(2022, 6, 3))


def test_events_are_found_by_what_their_claims_tell(store: DuckDBStore) -> None:
    add(store, FIRST, SECOND, OTHER)
    link(store)
    assert [e.type for e in events_of(store, Filters.of(event="attack"))] == ["ATTACK"]
    assert [e.type for e in events_of(store, Filters.of(voice="Kivu Monitor"))] == ["CAPTURE"]
    assert len(list(events_of(store, Filters.of(limit=1)))) == 1
    with pytest.raises(QueryError, match="is no grade"):
        list(events_of(store, Filters(), min_grade="Z9"))


def test_an_embargo_leaves_out_what_is_too_young(store: DuckDBStore) -> None:
    young = msgspec.structs.replace(SECOND, published=date.today())
    first, second = add(store, FIRST, young)
    link(store)
    whole = list(events_of(store, Filters()))
    (free,) = held_back(store, whole, embargo_hours=48, change=None)
    assert free.claims == (first.id,)
    assert second.id in whole[0].claims


def test_what_makes_no_sense_is_refused(store: DuckDBStore) -> None:
    (first,) = add(store, FIRST)
    with pytest.raises(QueryError, match="two different claims"):
        keep(store, "same", first.id, other=first.id, reviewer="Ann", reason="x")
    with pytest.raises(LedgerError, match="no claim"):
        keep(store, "same", first.id, other="c0", reviewer="Ann", reason="x")
    with pytest.raises(QueryError, match="no field"):
        keep(store, "wrong", first.id, field="colour", value="red", reviewer="Ann", reason="x")
    with pytest.raises(QueryError, match="is no day"):
        keep(store, "wrong", first.id, field="when", value="May", reviewer="Ann", reason="x")
    with pytest.raises(QueryError, match="who makes it and why"):
        keep(store, "wrong", first.id, field="claim", reviewer=" ", reason="x")
    with pytest.raises(LedgerError, match="no event"):
        event_named(store, "e00")
    assert judgements(store).rows == ()
