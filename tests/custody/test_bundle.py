"""Bundles of claims and events as bags, and what is told of one that was changed on the way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from fogline.custody.bag import is_bag, verify_bag
from fogline.errors import LedgerError, QueryError, SourceError
from fogline.ingest import Archive
from fogline.ledger import Ledger


@pytest.fixture
def bag(book: Ledger, tmp_path: Path) -> Path:
    book.link()
    claim = next(c for c in book.claims() if c.document.startswith("courier.example"))
    event = book.events(document="one")[0]
    return book.bundle([claim.id[:10], event.id], tmp_path / "out" / "bag").path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_bundle_is_a_valid_bag_with_all_that_its_claims_rest_on(bag: Path, book: Ledger) -> None:
    assert (bag / "bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")
    command = [sys.executable, "-m", "bagit", "--validate", str(bag)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    data = bag / "data"
    documents = {str(one["document"]["id"]): one for one in lines(data / "documents.jsonl")}  # type: ignore[index]
    assert sorted(documents)[1:] == ["one"]
    claims = lines(data / "claims.jsonl")
    assert {claim["document"] for claim in claims} == set(documents)
    (event,) = lines(data / "events.jsonl")
    assert set(event["claims"]) == {claim["id"] for claim in claims}  # type: ignore[call-overload]
    raws = {book.document(id).raw for id in documents}
    within = Archive(data / "raw")
    assert set(within.digests()) == raws
    assert within.verify() == []
    for raw in raws:
        assert raw is not None
        assert within.provenance(raw) == book.archive.provenance(raw)
    found = verify_bag(bag)
    assert found.differences == []
    assert (found.raw, found.texts, found.claims, found.read_again) == (2, 2, 2, 2)


def test_the_chain_leads_from_each_claim_to_the_captured_bytes(bag: Path) -> None:
    graph = json.loads((bag / "data" / "chain.jsonld").read_text())["@graph"]
    by_id = {node["@id"]: node for node in graph}
    claim = next(n for n in graph if n["@id"].startswith("urn:fogline:claim:") and "courier" in str(n))
    document = by_id[claim["prov:wasQuotedFrom"]["@id"]]
    text = by_id[document["prov:wasDerivedFrom"]["@id"]]
    raw = by_id[text["prov:wasDerivedFrom"]["@id"]]
    assert (bag / raw["prov:atLocation"]).is_file()
    retrieval = next(n for n in graph if n.get("prov:generated") == {"@id": raw["@id"]})
    assert retrieval["prov:endedAtTime"]["@value"] == "2011-10-03T08:15:00+00:00"
    assert by_id[retrieval["prov:used"]["@id"]]["dcterms:title"].endswith("a.warc.gz")


def test_the_page_shows_words_and_provenance_and_fetches_nothing(bag: Path) -> None:
    page = (bag / "data" / "index.html").read_text(encoding="utf-8")
    assert "Novaya Niva was captured by the 9th Brigade" in page
    assert "a.warc.gz, SHA-256 " in page
    assert "2011-10-03 08:15:00 UTC from https://courier.example/2011/sirte" in page
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_a_zip_is_the_same_bag_and_the_same_each_time(book: Ledger, tmp_path: Path) -> None:
    claim = book.claims(document="b")[0].id
    one = book.bundle([claim], tmp_path / "x.zip").path
    (tmp_path / "again").mkdir()
    other = book.bundle([claim], tmp_path / "again" / "x.zip").path
    assert one.read_bytes() == other.read_bytes()
    assert verify_bag(one).differences == []
    with zipfile.ZipFile(one) as packed:
        assert {name.split("/")[0] for name in packed.namelist()} == {"x"}


def test_what_is_changed_on_the_way_is_told(bag: Path) -> None:
    claims = bag / "data" / "claims.jsonl"
    claims.write_text(claims.read_text().replace('"happened"', '"possible"', 1))
    told = [difference.part for difference in verify_bag(bag).differences]
    assert sorted(told) == ["bag", "bag", "claim"]
    bagit.Bag(str(bag)).save(manifests=True)  # whoever changes it may write the manifests anew
    assert [difference.part for difference in verify_bag(bag).differences] == ["claim"]


def test_lines_that_are_none_are_told(bag: Path) -> None:
    with (bag / "data" / "claims.jsonl").open("a") as to:
        to.write("no claim\n" + '{"document": "elsewhere", "id": "c1"}\n')
    with (bag / "data" / "documents.jsonl").open("a") as to:
        to.write("[]\n")
    bagit.Bag(str(bag)).save(manifests=True)
    told = [difference.message for difference in verify_bag(bag).differences]
    assert len(told) == 3
    assert "line 3 of claims.jsonl is no claim" in told[0]
    assert "line 3 of documents.jsonl is no document" in told[1]
    assert "claims of the document elsewhere, which it does not hold" in told[2]


def test_rounded_points_go_without_the_words_that_tell_the_place(book: Ledger, tmp_path: Path) -> None:
    claim = book.claims(document="one")[0].id
    with pytest.raises(QueryError, match="--no-sources"):
        book.bundle([claim], tmp_path / "x", coarsen=True)
    assert not (tmp_path / "x").exists()
    book.bundle([claim], tmp_path / "x", coarsen=True, sources=False)
    data = tmp_path / "x" / "data"
    assert not (data / "raw").exists()
    (document,) = lines(data / "documents.jsonl")
    assert document["document"]["text"] == ""  # type: ignore[index]
    assert "49.2137" not in "".join(path.read_text() for path in data.iterdir())
    found = verify_bag(tmp_path / "x")
    assert (found.differences, found.coarsened, found.without_text, found.spans) == ([], True, 1, 0)


def test_an_embargo_holds_bundles_back_with_what_lies_beside(book: Ledger, tmp_path: Path) -> None:
    old, young = book.claims(document="one")[0].id, book.claims(document="two")[0].id
    hours = 24.0 * 365 * 3  # "two" was published later than that, in the same bytes
    with pytest.raises(LedgerError, match="embargo"):
        book.bundle([young], tmp_path / "x", embargo_hours=hours)
    with pytest.raises(LedgerError, match="also hold two, which the embargo"):
        book.bundle([old], tmp_path / "x", embargo_hours=hours)
    assert book.bundle([old], tmp_path / "x", embargo_hours=hours, sources=False).claims == 1


def test_what_stands_in_the_way_is_told(book: Ledger, tmp_path: Path) -> None:
    claim = book.claims(document="b")[0]
    (tmp_path / "taken").mkdir()
    with pytest.raises(SourceError, match="is there already"):
        book.bundle([claim.id], tmp_path / "taken")
    with pytest.raises(QueryError, match="Give their ids"):
        book.bundle([], tmp_path / "x")
    raw = book.document("b").raw
    assert raw is not None
    book.archive.path(raw).unlink()
    with pytest.raises(SourceError, match="does not hold"):
        book.bundle([claim.id], tmp_path / "x")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".bundle", "x"))) == []


def test_what_is_no_bag_is_told(tmp_path: Path) -> None:
    packed = tmp_path / "x.zip"
    packed.write_bytes(b"no zip")
    with pytest.raises(SourceError, match="cannot be unpacked"):
        verify_bag(packed)
    with zipfile.ZipFile(packed, "w") as to:
        to.writestr("a/b.txt", "x")
    with pytest.raises(SourceError, match="holds no bag"):
        verify_bag(packed)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as to:
        to.writestr("a/bagit.txt", "junk")
    with pytest.raises(SourceError, match="no bag that can be read"):
        verify_bag(packed)
    assert not is_bag(tmp_path)
    assert not is_bag(tmp_path / "gone.zip")


def test_a_bag_of_others_is_compared_with_its_manifests(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "photo.jpg").write_bytes(b"x")
    bagit.make_bag(str(tmp_path / "theirs"), checksums=["md5"])
    assert verify_bag(tmp_path / "theirs").differences == []
    shutil.copyfile(tmp_path / "theirs" / "bagit.txt", tmp_path / "theirs" / "data" / "more.txt")
    assert [difference.part for difference in verify_bag(tmp_path / "theirs").differences] == ["bag"]


def test_the_commands_write_and_verify(
    book: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from fogline.cli.run import run

    claim, path = book.claims(document="b")[0].id, book.path
    book.close()
    out = str(tmp_path / "b.zip")
    assert run(["export", "--bundle", claim, "-o", out, "--ledger", path]) == 0
    assert "Wrote 1 claim of 1 document with 1 raw content" in capsys.readouterr().err
    assert run(["verify", out]) == 0
    assert capsys.readouterr().out.endswith("Nothing differs.\n")
    for wrong in (["export", claim, "-o", out], ["export", "--bundle", claim], ["export", "-o", out]):
        assert run([*wrong, "--ledger", path]) == 2
