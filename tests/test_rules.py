"""Reading by rules alone, and two readings side by side."""

from __future__ import annotations

from datetime import date

import pytest

import fogline
from fogline.comparison import compare
from fogline.errors import QueryError
from fogline.extract.parse import parse
from fogline.extract.triggers import read_by_rules
from fogline.ledger import default_reader
from fogline.model import Claim, Document, Span, Words

TEXT = (
    "Rebel fighters captured the town of Bunia on Tuesday. The army shelled positions near Goma, killing "
    "12 people, the governor said. Farmers said the harvest was good."
)


def test_a_verb_that_carries_an_event_opens_a_claim_with_its_clause() -> None:
    found = read_by_rules(parse(Document(id="d", text=TEXT)))
    told = {(r.event, r.evidence.of(TEXT)) for r in found}
    assert ("CAPTURE", "Rebel fighters captured the town of Bunia on Tuesday") in told
    assert any(event == "SHELL" and words.startswith("The army shelled positions") for event, words in told)
    assert not any("harvest" in words for _, words in told)


def test_rules_fill_every_field_without_weights() -> None:
    document = Document(id="d", text=TEXT, published=date(2003, 5, 15))
    claims = default_reader("rules").extract(document).claims
    capture = next(c for c in claims if c.event == "CAPTURE")
    assert [p.text for p in capture.agents] == ["Rebel fighters"]
    assert [p.name for p in capture.places] == ["Bunia"]
    assert (capture.when.earliest, capture.when.latest) == (date(2003, 5, 13), date(2003, 5, 13))
    assert "rules/" in capture.extractor


def test_a_ledger_holds_both_readings_and_compares_them(tmp_path) -> None:  # type: ignore[no-untyped-def]
    document = Document(id="d", text=TEXT, published=date(2003, 5, 15))
    for finder in ("trained", "rules"):
        with fogline.connect(tmp_path / "l.duckdb", reader=default_reader(finder)) as ledger:
            ledger.add([document])
    with fogline.connect(tmp_path / "l.duckdb", read_only=True) as ledger:
        found = ledger.compare("reader/", "rules/")
        with pytest.raises(QueryError, match="no extractor of this ledger"):
            ledger.compare("nobody")
    assert found.documents == 1
    assert found.both >= 1
    assert found.agree["status"] == 1.0


def test_one_extractor_cannot_be_compared(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with fogline.connect(tmp_path / "l.duckdb", reader=default_reader("rules")) as ledger:
        ledger.add([Document(id="d", text=TEXT)])
        with pytest.raises(QueryError, match="Only one extractor"):
            ledger.compare()


def _claim(start: int, end: int, event: str, status: str = "happened") -> Claim:
    return Claim(
        document="d",
        evidence=Words(start=start, end=end, text="x" * (end - start)),
        event=event,
        status=status,
    )  # type: ignore[arg-type]


def test_claims_pair_by_type_and_clause() -> None:
    mine = [_claim(0, 10, "SHELL"), _claim(20, 30, "CAPTURE"), _claim(40, 50, "CLASH")]
    theirs = [_claim(1, 11, "SHELL", "denied"), _claim(20, 30, "ADVANCE"), _claim(49, 60, "CLASH")]
    found = compare("a", "b", mine, theirs, documents=1)
    assert (found.both, [a.by for a in found.alone]) == (1, [1, 2, 1, 2])
    assert found.agree["status"] == 0.0
    assert found.agree["places"] == 1.0


def test_the_span_of_a_rule_is_a_slice() -> None:
    for reading in read_by_rules(parse(Document(id="d", text=TEXT))):
        assert isinstance(reading.evidence, Span)
        assert TEXT[reading.evidence.start : reading.evidence.end].strip() == reading.evidence.of(TEXT)
