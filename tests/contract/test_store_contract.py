"""One body for every store: what a ledger asks of a database."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import msgspec
import pytest
from stub import StubReader, report

from fogline.errors import LedgerError
from fogline.model import (
    Claim,
    Document,
    Extraction,
    LeftOut,
    Party,
    Place,
    Voice,
    When,
    Words,
)
from fogline.release import released
from fogline.store import (
    VERSION,
    Batch,
    DocumentRow,
    Filters,
    Missed,
    SourceRecord,
    Store,
    claims_with_prefix,
    document_named,
    documents_given,
    keep_sources,
    left_out,
    migrate,
    now,
    sources_of,
    stored_claims,
    summaries,
    voices_of,
    write,
)
from fogline.store.duckdb import DuckDBStore
from fogline.store.filters import EVENTS, STATUSES, FilterOptions
from fogline.store.postgres import PostgresStore
from fogline.store.tables import CLAIM_PARTIES, DOCUMENTS, META, TABLES

Opener = Callable[[pytest.FixtureRequest], Store]


def in_a_file(request: pytest.FixtureRequest) -> Store:
    return DuckDBStore(request.getfixturevalue("tmp_path") / "ledger.duckdb")


def on_a_server(request: pytest.FixtureRequest) -> Store:
    return PostgresStore(request.getfixturevalue("emptied"))


STORES: dict[str, Opener] = {
    "duckdb file": in_a_file,
    "duckdb memory": lambda request: DuckDBStore(),
    "postgresql": on_a_server,
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    opened = STORES[request.param](request)
    migrate(opened)
    yield opened
    opened.close()


def put(store: Store, document: Document, extraction: Extraction, extractor: str = "stub/1") -> None:
    write(
        store,
        Batch(extractor=extractor, read=[(DocumentRow(document=document, given=document.id), extraction)]),
    )


def counts(store: Store) -> dict[str, int]:
    return {table.name: next(store.rows(f'SELECT count(*) FROM "{table.name}"'))[0] for table in TABLES}


def test_migrating_makes_every_table_once(store: Store) -> None:
    migrate(store)
    assert counts(store) == {table.name: int(table is META) for table in TABLES}
    assert list(store.rows("SELECT value FROM meta WHERE name = 'version'")) == [(str(VERSION),)]


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    odd = "Ізюм\n\u202eтекст \U0001f3d9 %_\\ 'x' \"y\""
    row = (
        "d",
        "d",
        "0",
        odd,
        None,
        date(2022, 9, 11),
        odd,
        None,
        "",
        None,
        "raw",
        datetime(2022, 9, 12, 1, 2, 3, 4),
    )
    store.insert(DOCUMENTS, [row])
    assert list(store.rows("SELECT * FROM documents")) == [row]


def test_a_row_whose_key_is_there_is_passed_over(store: Store) -> None:
    store.insert(META, [("a", "1")])
    store.insert(META, [("a", "2"), ("b", "3")])
    found = list(store.rows("SELECT name, value FROM meta WHERE name <> 'version' ORDER BY name"))
    assert found == [("a", "1"), ("b", "3")]


def test_a_transaction_is_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction():
        store.insert(META, [("a", "1")])
        raise KeyError("stop")
    assert counts(store)["meta"] == 1
    with store.transaction():
        store.insert(META, [("a", "1")])
    assert counts(store)["meta"] == 2


def test_what_cannot_be_asked_is_a_ledger_error(store: Store) -> None:
    with pytest.raises(LedgerError, match="could not do what was asked"):
        store.run("SELECT nothing FROM nowhere")


def test_claims_come_back_as_they_went_in(store: Store) -> None:
    document = report()
    extraction = StubReader().extract(document)
    put(store, document, extraction)
    found = list(stored_claims(store, Filters()))
    assert [one.claim for one in found] == list(extraction.claims)
    assert {(one.title, one.published, one.outlet) for one in found} == {
        ("Report r1", date(2022, 9, 11), "The Courier")
    }
    assert document_named(store, "r1") == document
    assert document_named(store, "r2") is None


def test_writing_the_same_twice_adds_nothing(store: Store) -> None:
    document = report()
    for _ in range(2):
        put(store, document, StubReader().extract(document))
    claims = list(stored_claims(store, Filters()))
    assert len(claims) == len({one.claim.id for one in claims}) == 2
    assert counts(store)["documents"] == counts(store)["runs"] == 1


def test_a_document_is_written_with_all_its_claims_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(store)
    insert = store.insert

    def broken(table: object, rows: object) -> None:
        if table is CLAIM_PARTIES:
            raise OSError("the disk is full")
        insert(table, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "insert", broken)
    with pytest.raises(OSError, match="disk"):
        put(store, report(), StubReader().extract(report()))
    assert counts(store) == before
    assert documents_given(store, ["r1"], "stub/1") == {}
    monkeypatch.undo()
    put(store, report(), StubReader().extract(report()))
    for extractor, read in (("stub/1", True), ("stub/2", False)):
        (known,) = documents_given(store, ["r1", "r2"], extractor)["r1"]
        assert (known.read, known.document.outlet, known.document.text) == (read, "The Courier", "")


def test_what_was_left_out_can_be_counted_and_read(store: Store) -> None:
    document = report(text="There was no such day. Nothing else.")
    put(store, document, StubReader().extract(document))
    assert [one.left_out for one in summaries(store)] == [1]
    missed = Missed(document="r1", step="dates", start=0, end=3, text="The", why="no such day")
    assert list(left_out(store)) == list(left_out(store, "r1")) == [missed]
    assert list(left_out(store, "r2")) == []
    whole = report("r2")
    put(store, whole, Extraction(document="r2", left_out=(LeftOut(step="places", span=None, why="broke"),)))
    assert [(one.start, one.text, one.why) for one in left_out(store, "r2")] == [(None, None, "broke")]


def test_the_extractor_that_read_a_document_last_is_the_one_shown(store: Store) -> None:
    document = report()
    for name in ("stub/2", "stub/1"):
        row = DocumentRow(document=document, given="r1", known=name == "stub/1")
        write(store, Batch(extractor=name, read=[(row, StubReader(name).extract(document))]))
    assert {one.claim.extractor for one in stored_claims(store, Filters())} == {"stub/1"}
    assert {one.claim.extractor for one in stored_claims(store, Filters(extractor="stub/2"))} == {"stub/2"}
    assert [one.claims for one in summaries(store)] == [2]


def test_a_replaced_document_is_passed_over(store: Store) -> None:
    put(store, report(published=None), StubReader().extract(report(published=None)))
    later = msgspec.structs.replace(report(), id="r1-more")
    row = DocumentRow(document=later, given="r1", replaces="r1")
    write(store, Batch(extractor="stub/1", read=[(row, StubReader().extract(later))]))
    assert {one.claim.document for one in stored_claims(store, Filters())} == {"r1-more"}
    assert {one.claim.document for one in stored_claims(store, Filters(document="r1"))} == {"r1-more"}
    assert [one.id for one in summaries(store)] == ["r1-more"]


def test_claims_are_found_by_the_beginning_of_their_id(store: Store) -> None:
    document = report()
    extraction = StubReader().extract(document)
    put(store, document, extraction)
    first = extraction.claims[0]
    assert claims_with_prefix(store, first.id[:8]) == [first]
    assert len(claims_with_prefix(store, "c")) == 2
    assert claims_with_prefix(store, "c%") == []


def test_sources_are_written_once(store: Store) -> None:
    record = SourceRecord(
        raw="ab", whence="a.html", fetched=datetime(2022, 9, 12), size=3, headers={"etag": '"é"'}
    )
    keep_sources(store, [record])
    keep_sources(store, [msgspec.structs.replace(record, fetched=datetime(2023, 1, 1))])
    assert sources_of(store, "ab") == [record]
    assert sources_of(store, "cd") == []


def test_voices_are_counted_with_what_they_speak_about(store: Store) -> None:
    for name in ("r1", "r2"):
        put(store, report(name), StubReader().extract(report(name)))
    outlet, orr = voices_of(store, Filters())
    assert (orr.name, orr.side, orr.kind, orr.claims, orr.documents) == (
        "Colonel Orr",
        "RUS",
        "official",
        2,
        2,
    )
    assert (outlet.name, outlet.outlet, outlet.events) == (None, "The Courier", {"WITHDRAW": 2})
    assert orr.first == orr.last == date(2022, 9, 11)
    assert [voice.name for voice in voices_of(store, Filters(event=("CAPTURE",)))] == ["Colonel Orr"]


# An oracle: the filters in plain Python, compared with the store's SQL on made-up claims.

NAMES = ("Novaya Niva", "Niva", "Nivakhet", "Stara-Niva, north", "100% Hill")
EVIDENCE = ("they shelled\nthe town", "They left the town", "100% sure")
VOICES = (None, "Colonel Orr", "Colonel Orrin", "Ministry of Roads")


def made_claims(count: int, seed: int = 7) -> list[tuple[Claim, Document]]:
    """Return claims with everything drawn by chance, each in a document of its own."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        day = date(2022, 9, 1) + timedelta(days=chance.randrange(20))
        ends = [day, day + timedelta(days=chance.randrange(4))]
        for end in range(2):
            if chance.random() < 0.25:
                ends[end] = None  # type: ignore[call-overload]
        voice = chance.choice(VOICES)
        places = tuple(
            Place(
                text=chance.choice(NAMES),
                role="at",
                lat=49 + chance.random() if chance.random() < 0.8 else None,
                lon=36 + chance.random(),
            )
            for _ in range(chance.randrange(3))
        )
        document = report(f"d{number}", text=f"Words {number}", published=chance.choice([day, None]))
        claim = Claim(
            document=document.id,
            evidence=Words(
                0, 9, chance.choice(["they shelled\nthe town", "They left the town", "100% sure"])
            ),
            event=chance.choice(EVENTS[:4]),  # type: ignore[arg-type]
            status=chance.choice(STATUSES),  # type: ignore[arg-type]
            agents=tuple(
                Party(text="x", start=0, end=1, side=chance.choice(["UKR", None])) for _ in range(2)
            ),
            targets=(Party(text="y", start=0, end=1, side="Islamic State"),) * chance.randrange(2),
            places=places,
            when=When(earliest=ends[0], latest=ends[1]),
            speaker=Voice(text=voice, side=chance.choice(["RUS", None])) if voice else None,
            confidence=chance.choice([None, 0.2, 0.5, 0.9]),
            extractor="stub/1",
        )
        made.append((claim.identified(), document))
    return made


def km(lat: float, lon: float, place: Place) -> float:
    """Return the distance by the law of cosines, another formula than the store's."""
    if place.lat is None or place.lon is None:
        return math.inf
    a, b, turn = math.radians(lat), math.radians(place.lat), math.radians(place.lon - lon)
    return 6371 * math.acos(min(1.0, math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)))


def has_words(name: str | None, asked: str) -> bool:
    words = (name or "").lower().replace("-", " ").replace(",", " ").split(" ")
    wanted = asked.lower().replace("-", " ").split()
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words)))


CHECKS: dict[str, tuple[list[object], Callable[[Claim, object], bool]]] = {
    "event": (["ADVANCE", "capture,withdraw"], lambda c, v: c.event in str(v).upper().split(",")),
    "status": (["denied", ["possible", "intended"]], lambda c, v: c.status in v),  # type: ignore[operator]
    "since": (["2022-09-08"], lambda c, v: _meets(c, date(2022, 9, 8), date.max)),
    "until": (["2022-09-12"], lambda c, v: _meets(c, date.min, date(2022, 9, 12))),
    "day": (["2022-09-10"], lambda c, v: _meets(c, date(2022, 9, 10), date(2022, 9, 10))),
    "side": (
        ["ukr", "Islamic State"],
        lambda c, v: any((p.side or "").lower() == str(v).lower() for p in (*c.agents, *c.targets)),
    ),
    "voice": (
        ["narrator", "colonel orr", "ministry"],
        lambda c, v: (
            c.speaker is None if v == "narrator" else has_words(c.speaker and c.speaker.text, str(v))
        ),
    ),
    "voice_side": (["RUS"], lambda c, v: c.speaker is not None and c.speaker.side == v),
    "text": (
        ["shelled the", "LEFT", "100%", "_"],
        lambda c, v: str(v).lower() in c.evidence.text.replace("\n", " ").lower(),
    ),
    "min_confidence": ([0.5], lambda c, v: (c.confidence or 0) >= 0.5),
    "place": (
        ["niva", "stara-niva", "100%", "49.5,36.5"],
        lambda c, v: (
            any(km(49.5, 36.5, p) <= 10 for p in c.places)
            if "," in str(v)
            else any(has_words(p.text, str(v)) for p in c.places)
        ),
    ),
}


def _meets(claim: Claim, since: date, until: date) -> bool:
    first, last = claim.when.earliest, claim.when.latest
    if first is None and last is None:
        return False
    return (last is None or last >= since) and (first is None or first <= until)


def test_filters_meet_what_plain_python_meets(store: Store) -> None:
    made = made_claims(300)
    rows = [(DocumentRow(document=d, given=d.id), Extraction(document=d.id, claims=(c,))) for c, d in made]
    write(store, Batch(extractor="stub/1", read=rows))
    queries: list[tuple[tuple[str, object], ...]] = [
        ((name, value),) for name, (values, _) in CHECKS.items() for value in values
    ]
    queries += [
        tuple((name, CHECKS[name][0][0]) for name in pair)
        for pair in itertools.pairwise(CHECKS)
        if "day" not in pair
    ]
    met_by_any = set()
    for query in queries:
        options: FilterOptions = dict(query)  # type: ignore[assignment]
        found = {one.claim.id for one in stored_claims(store, Filters.of(**options))}
        wanted = {c.id for c, _ in made if all(CHECKS[name][1](c, value) for name, value in query)}
        assert found == wanted, query
        met_by_any |= found
    assert len(met_by_any) > 250


def test_claims_come_in_order_and_no_more_than_asked_for(store: Store) -> None:
    made = made_claims(40)
    rows = [(DocumentRow(document=d, given=d.id), Extraction(document=d.id, claims=(c,))) for c, d in made]
    write(store, Batch(extractor="stub/1", read=rows))
    every = [one.claim for one in stored_claims(store, Filters())]
    by_id = {document.id: document for _, document in made}
    order = [(by_id[c.document].published or date.max, c.document) for c in every]
    assert order == sorted(order)
    assert [one.claim for one in stored_claims(store, Filters(limit=7))] == every[:7]


def test_an_embargo_holds_back_young_reports_and_young_events(store: Store) -> None:
    today = now().date()
    ages = {"old": 30, "young": 1}
    for (report_age, days), (event_age, before) in itertools.product(ages.items(), ages.items()):
        document = report(f"{report_age}-{event_age}", published=today - timedelta(days=days))
        claim = Claim(
            document=document.id,
            evidence=Words(0, 1, "T"),
            event="SHELL",
            when=When(earliest=today - timedelta(days=60), latest=today - timedelta(days=before)),
            extractor="stub/1",
        ).identified()
        put(store, document, Extraction(document=document.id, claims=(claim,)))
    undated = report("undated", published=None)
    put(store, undated, Extraction(document="undated", claims=(_bare("undated"),)))
    held = {one.claim.document for one in stored_claims(store, Filters(embargo_hours=72))}
    assert held == {"old-old"}
    for one in stored_claims(store, Filters()):
        out = released(one.claim, published=one.published, hours=72)
        assert out is (one.claim.document == "old-old")
    assert {one.id for one in summaries(store, embargo_hours=72)} == {"old-old", "old-young"}
    assert len(list(stored_claims(store, Filters()))) == 5
    assert [voice.claims for voice in voices_of(store, Filters(embargo_hours=72))] == [1]


def _bare(document: str) -> Claim:
    return Claim(document=document, evidence=Words(0, 1, "T"), event="SHELL", extractor="stub/1").identified()
