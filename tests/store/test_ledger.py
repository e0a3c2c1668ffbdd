"""Documents go into a ledger once, whatever is added again, and come out as claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from stub import StubReader, report

import fogline
from fogline.adding import Added
from fogline.errors import LedgerError, QueryError
from fogline.ingest import Problem
from fogline.ledger import Ledger
from fogline.model import Document, Extraction


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fogline.connect(tmp_path / "ledger.duckdb", reader=StubReader()) as opened:
        yield opened


def tally(added: Added) -> tuple[int, int, int, int]:
    return added.documents, added.known, added.claims, added.failed


def test_adding_again_adds_nothing(ledger: Ledger) -> None:
    assert tally(ledger.add([report("r1"), report("r2")])) == (2, 0, 4, 0)
    first = ledger.claims()
    assert tally(ledger.add([report("r1"), report("r2"), report("r2")])) == (0, 3, 0, 0)
    assert ledger.claims() == first
    assert [one.id for one in ledger.documents()] == ["r1", "r2"]


def test_the_same_report_twice_in_one_go_is_read_once(ledger: Ledger) -> None:
    assert tally(ledger.add([report(), report(), report()])) == (1, 2, 2, 0)


def test_another_report_of_the_same_id_gets_a_short_hash(ledger: Ledger) -> None:
    other = report(text="The garrison left Stara Niva.")
    assert tally(ledger.add([report(), other])) == (2, 0, 3, 0)
    names = [one.id for one in ledger.documents()]
    assert names[0] == "r1"
    assert names[1].startswith("r1-") and len(names[1]) == 11
    assert ledger.document(names[1]).text == other.text
    assert len(ledger.claims(document="r1")) == 3
    assert tally(ledger.add([other, report()])) == (0, 2, 0, 0)


def test_two_outlets_that_print_the_same_words_are_two_documents(ledger: Ledger) -> None:
    other = msgspec.structs.replace(report(), outlet="The Daily")
    assert tally(ledger.add([report(), other])) == (2, 0, 4, 0)
    assert {stored.outlet for stored in ledger.stream()} == {"The Courier", "The Daily"}


def test_a_date_told_later_replaces_the_undated_document(ledger: Ledger) -> None:
    undated = report(published=None)
    first = ledger.add([undated])
    assert (tally(first), first.undated) == ((1, 0, 2, 0), 1)
    assert tally(ledger.add([report()])) == (1, 0, 2, 0)
    assert [one.published for one in ledger.documents()] == [date(2022, 9, 11)]
    assert len(ledger.claims()) == 2
    assert tally(ledger.add([undated])) == (0, 1, 0, 0)
    assert tally(ledger.add([report()])) == (0, 1, 0, 0)


def test_a_later_extractor_adds_its_claims_beside_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    for name, wanted in (("stub/1", (1, 0, 2, 0)), ("stub/2", (1, 0, 2, 0)), ("stub/1", (0, 1, 0, 0))):
        with fogline.connect(path, reader=StubReader(name)) as ledger:
            assert tally(ledger.add(report())) == wanted
    with fogline.connect(path, read_only=True) as ledger:
        assert [claim.extractor for claim in ledger.claims()] == ["stub/2"] * 2
        assert [claim.extractor for claim in ledger.claims(extractor="stub/1")] == ["stub/1"] * 2
        assert len(ledger.documents()) == 1


def test_a_document_that_breaks_the_extractor_costs_no_other(ledger: Ledger) -> None:
    bad = report("bad", text="This breaks the reader.")
    given = [report(f"r{n}") for n in range(5)]
    added = ledger.add([*given[:2], bad, *given[2:]])
    assert tally(added) == (5, 0, 10, 1)
    assert [problem.object for problem in added.problems] == ["bad"]
    assert "ValueError: cannot read this" in added.problems[0].message
    assert [one.id for one in ledger.documents()] == ["r0", "r1", "r2", "r3", "r4"]


def test_what_was_read_is_kept_when_the_sources_break(ledger: Ledger) -> None:
    def documents() -> Iterator[Document]:
        yield from (report(f"r{n}") for n in range(6))
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        ledger.add(documents())
    assert len(ledger.documents()) == 6


@pytest.mark.parametrize("number", [1, 2, 6])
def test_what_was_read_is_kept_at_a_ctrl_c(tmp_path: Path, number: int) -> None:
    class Stopped(StubReader):
        def extract_all(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for count, document in enumerate(documents):
                if count == number:
                    raise KeyboardInterrupt
                yield self.extract(document)

    given = [report(f"r{n}") for n in range(8)]
    path = tmp_path / "ledger.duckdb"
    with fogline.connect(path, reader=Stopped()) as ledger:
        with pytest.raises(KeyboardInterrupt):
            ledger.add(given)
        assert len(ledger.documents()) == number
    with fogline.connect(path, reader=StubReader()) as ledger:
        assert tally(ledger.add(given)) == (8 - number, number, 2 * (8 - number), 0)
        assert len(ledger.claims()) == 16


def test_files_and_problems(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(report().text, encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "many.jsonl").write_text(
        '{"id": "a", "text": "The garrison left Stara Niva."}\n{"id": "b"}\n'
        '{"id": "c", "text": "They captured Novaya Niva.", "published": "2022-09-10"}\n',
        encoding="utf-8",
    )
    told: list[Problem] = []
    added = ledger.add(folder, published="2022-09-11", outlet="The Courier", problem=told.append)
    assert tally(added) == (3, 0, 4, 2)
    assert tuple(told) == added.problems
    documents = {one.id: one for one in ledger.documents()}
    assert documents["one"].published == documents["a"].published == date(2022, 9, 11)
    assert documents["c"].published == date(2022, 9, 10)
    shown = ledger.show(ledger.claims(document="one")[0].id)
    assert shown.document.raw is not None
    assert ledger.archive.open(shown.document.raw).read() == (folder / "one.txt").read_bytes()
    assert [source.whence for source in shown.sources] == [str(folder / "one.txt")]
    assert tally(ledger.add(folder, published="2022-09-11", outlet="The Courier")) == (0, 3, 0, 2)


def test_progress_is_told_after_each_document(ledger: Ledger) -> None:
    seen: list[int] = []
    ledger.add([report(f"r{n}") for n in range(3)], progress=lambda added: seen.append(added.documents))
    assert seen == sorted(seen)
    assert {1, 2, 3} <= set(seen)


def test_show_gives_sentence_reasons_and_provenance(ledger: Ledger) -> None:
    ledger.add(report())
    claim = ledger.claims(event="CAPTURE")[0]
    shown = ledger.show(claim.id[:9])
    assert shown.claim == claim
    assert shown.sentence() == ("", "The garrison captured Novaya Niva, Colonel Orr said.", "")
    text = str(shown)
    assert "⟦The garrison captured Novaya Niva, Colonel Orr said.⟧" in text
    for told in (
        'the verb "captured"',
        "GeoNames 1001",
        "the only one of this name",
        "0 to 52 of 124",
        "stub/1",
    ):
        assert told in text
    assert "<mark>The garrison" in shown._repr_html_()


def test_show_marks_the_evidence_within_its_sentence(ledger: Ledger) -> None:
    document = report(text="It rained. On that day, he said, the garrison left Stara Niva.")
    ledger.add(document)
    before, evidence, behind = ledger.show(ledger.claims()[0].id).sentence()
    assert before + evidence + behind == "On that day, he said, the garrison left Stara Niva."


def test_show_of_no_one_claim_says_what_to_do(ledger: Ledger) -> None:
    ledger.add(report())
    with pytest.raises(LedgerError, match="Give more of the id"):
        ledger.show("c")
    for nothing in ("zzz", "", "%"):
        with pytest.raises(LedgerError, match="has no claim"):
            ledger.show(nothing)


def test_a_place_is_met_in_any_spelling_and_a_country_by_its_places(ledger: Ledger) -> None:
    ledger.add([report()])
    assert len(ledger.claims(place="Ukraine")) == 2
    assert len(ledger.claims(place="Izium", radius_km=15)) == 2
    assert len(ledger.claims(place="Izium")) == 0
    assert len(ledger.claims(side="Ukraine")) == len(ledger.claims(side="UKR")) == 1
    with pytest.raises(QueryError, match="No place named"):
        ledger.claims(place="Qwxzvburg", radius_km=5)


def test_coarsened_and_embargoed_by_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOGLINE_COARSEN", "true")
    monkeypatch.setenv("FOGLINE_EMBARGO_HOURS", "24")
    today = report("today", published=date.today())
    with fogline.connect(tmp_path / "ledger.duckdb", reader=StubReader()) as ledger:
        ledger.add([report(), today])
        claims = ledger.claims()
        assert {claim.document for claim in claims} == {"r1"}
        assert [one.id for one in ledger.documents()] == ["r1"]
        bridge = claims[1].places[1]
        assert (bridge.lat, bridge.lon, bridge.radius_km) == (49.2, 37.3, 8.0)
        assert ledger.show(claims[1].id).claim.places[1] == bridge
        assert ledger.claims(coarsen=False)[1].places[1].lat == 49.2137
        young = ledger.claims(embargo_hours=0, document="today")
        assert len(young) == 2
        with pytest.raises(LedgerError, match="held back by the embargo of 24 hours"):
            ledger.show(young[0].id)
        assert ledger.show(young[0].id, embargo_hours=0).claim == young[0]


def test_a_ledger_for_reading_takes_nothing_in(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    with (
        fogline.connect(tmp_path / "ledger.duckdb", read_only=True) as reading,
        pytest.raises(LedgerError, match="for reading only"),
    ):
        reading.add(report())


def test_extract_needs_no_ledger() -> None:
    claims = fogline.extract(report().text, published="2022-09-11", outlet="The Courier", reader=StubReader())
    assert [claim.event for claim in claims] == ["CAPTURE", "WITHDRAW"]
    assert claims[0].when.latest == date(2022, 9, 11)
    assert claims[0].document == "text"
    with pytest.raises(QueryError, match="no day of publication"):
        fogline.extract("x", published="last week", reader=StubReader())


def test_what_was_left_out_is_told_with_its_words(ledger: Ledger) -> None:
    ledger.add(report(text="There was no such day."))
    (missed,) = ledger.left_out()
    assert (missed.document, missed.step, missed.text, missed.why) == ("r1", "dates", "The", "no such day")


def test_filters_as_one_object_or_as_arguments(ledger: Ledger) -> None:
    ledger.add(report())
    assert ledger.claims(fogline.Filters.of(event="CAPTURE")) == ledger.claims(event="CAPTURE")
    with pytest.raises(QueryError, match="not as both"):
        ledger.claims(fogline.Filters(), event="CAPTURE")
