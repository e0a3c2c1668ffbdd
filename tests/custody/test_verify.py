"""What is held is compared with what was taken in, and every tampering is told by its name."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from fogline.custody import Verified
from fogline.custody.claims import identified, spans
from fogline.errors import LedgerError
from fogline.ledger import Ledger, connect


def parts(found: Verified) -> list[tuple[str, str]]:
    return [(difference.part, difference.object) for difference in found.differences]


def tampered(book: Ledger, sql: str) -> Verified:
    """Change the database behind the ledger's back, and verify."""
    path = book.path
    book.close()
    with duckdb.connect(path) as database:
        database.execute(sql)
    with connect(path, read_only=True) as again:
        return again.verify()


def test_a_sound_ledger_has_nothing_to_tell(book: Ledger) -> None:
    told: list[tuple[int, str]] = []
    found = book.verify(progress=lambda done, what: told.append((done, what)))
    assert found.differences == []
    assert (found.raw, found.texts, found.read_again, found.without_raw) == (3, 5, 4, 1)
    assert found.claims == len(book.claims()) == 5
    assert found.spans > found.claims
    assert (5, "documents") in told
    assert (3, "contents of the archive") in told


def test_changed_raw_bytes_are_told(book: Ledger) -> None:
    raw = book.document("b").raw
    assert raw is not None
    book.archive.path(raw).write_bytes(b"Minister Vale said nothing.\n")
    found = book.verify()
    assert parts(found) == [("raw", raw)]
    message = found.differences[0].message
    assert message.startswith(f"The raw bytes {raw} have become others: their hash is now ")
    assert "b.txt" in message
    assert parts(book.verify("b")) == [("raw", raw)]
    assert book.verify("one").differences == []


def test_missing_raw_bytes_and_provenance_are_told(book: Ledger) -> None:
    raw, other = book.document("b").raw, book.document("one").raw
    assert raw is not None
    assert other is not None
    book.archive.path(raw).unlink()
    book.archive.path(other).with_suffix(".whence").unlink()
    assert sorted(parts(book.verify())) == [("provenance", other), ("raw", raw)]


def test_a_changed_text_is_told_with_the_spans_that_left_it(book: Ledger) -> None:
    found = tampered(book, "UPDATE documents SET text = replace(text, 'Niva', 'Nova') WHERE id = 'b'")
    claim = next(c.id for c in connect(book.path, read_only=True).claims() if c.document == "b")
    assert ("text", "b") in parts(found)
    assert ("span", claim) in parts(found)
    assert {object for _, object in parts(found)} == {"b", claim}


def test_a_changed_text_with_its_digest_changed_does_not_come_out_of_its_raw_bytes(book: Ledger) -> None:
    found = tampered(
        book,
        "UPDATE documents SET text = replace(text, 'Friday', 'Sunday'), "
        "digest = sha256(replace(text, 'Friday', 'Sunday')) WHERE id = 'b'",
    )
    assert ("reading", "b") in parts(found)
    assert ("text", "b") not in parts(found)


def test_a_changed_claim_is_told(book: Ledger) -> None:
    claim = next(c.id for c in book.claims() if c.document == "two")
    found = tampered(
        book, f"UPDATE claims SET body = replace(body, '\"happened\"', '\"denied\"') WHERE id = '{claim}'"
    )
    assert parts(found) == [("claim", claim)]
    assert "it was changed after it was written" in found.differences[0].message


def test_a_claim_that_is_no_json_any_more_is_told(book: Ledger) -> None:
    claim = next(c.id for c in book.claims() if c.document == "two")
    found = tampered(book, f"UPDATE claims SET body = body[1:40] WHERE id = '{claim}'")
    assert parts(found) == [("claim", claim)]


def test_documents_of_another_version_are_not_read_again(book: Ledger) -> None:
    found = tampered(book, "UPDATE runs SET extractor = 'fogline/0.0.1 stub/1' WHERE document = 'b'")
    assert (found.differences, found.another_reader, found.read_again) == ([], 1, 3)


def test_one_claim_event_or_document_is_verified_alone(book: Ledger) -> None:
    book.link()
    claim = book.claims(document="one")[0]
    for target in (claim.id, claim.id[:12]):
        found = book.verify(target)
        assert (found.claims, found.texts, found.raw, found.read_again) == (1, 1, 1, 1)
    event = book.events(document="b")[0]
    assert book.verify(event.id).claims == len(event.claims)
    assert book.verify("two").texts == 1
    with pytest.raises(LedgerError, match="no document, claim or event 'nothing'"):
        book.verify("nothing")


def test_every_slice_of_a_claim_is_found_whatever_field_it_is_in() -> None:
    claim = {
        "evidence": {"start": 0, "end": 3, "text": "abc"},
        "new": [{"x": {"start": 1, "end": 2, "text": "b"}}],
    }
    assert list(spans(claim)) == [("evidence", 0, 3, "abc"), ("new 1.x", 1, 2, "b")]


def test_an_id_is_worked_out_of_the_fields_as_written(book: Ledger) -> None:
    for claim in book.claims():
        (row,) = [s for s in book.stream() if s.claim.id == claim.id]
        assert row.claim.identified().id == claim.id
    path = book.path
    book.close()
    with duckdb.connect(path) as database:
        bodies = database.execute("SELECT id, body FROM claims").fetchall()
    for id, body in bodies:
        assert identified(json.loads(body) | {"id": "anything", "confidence": 0.1}) == id


def test_the_command_tells_and_exits(book: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    from fogline.cli.run import run

    path, raw = book.path, book.document("b").raw
    assert raw is not None
    where = book.archive.path(raw)
    book.close()
    assert run(["verify", "--ledger", path]) == 0
    assert capsys.readouterr().out.endswith("Nothing differs.\n")
    where.write_bytes(b"x")
    assert run(["verify", "--ledger", path]) == 1
    out = capsys.readouterr().out
    assert "have become others" in out
    assert out.endswith("1 difference found.\n")
    assert run(["verify", "b", "--json", "--ledger", path]) == 1
    assert json.loads(capsys.readouterr().out)["differences"][0]["object"] == raw
    assert run(["verify", str(Path(path).parent), "--ledger", path]) == 1
    assert "no document, claim or event" in capsys.readouterr().err
