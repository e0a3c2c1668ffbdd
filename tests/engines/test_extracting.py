"""Shards into an output: what is written, what is held back, and going on where an earlier go ended."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from hands import Make, Stillborn, noted, shard
from stub import StubReader

from fogline.cli import main
from fogline.engines import Entry, Extracted, engine_named, extract_shards
from fogline.engines.manifest import Output
from fogline.engines.places import shown
from fogline.engines.shards import Shard, shards_in
from fogline.errors import DataError, FoglineError, QueryError
from fogline.ingest import Problem
from fogline.link.shingles import bands_of, words_of

LOCAL = engine_named("local")


def read(folder: Path, out: str = "out", **options: object) -> Extracted:
    """Read the shards of a folder into another, in this process."""
    given = {"engine": LOCAL, "reader": Make(str(folder)), **options}
    return extract_shards([str(folder / "in")], str(folder / out), **given)  # type: ignore[arg-type]


def entries(folder: Path) -> list[Entry]:
    """Return the entries of an output's manifest."""
    return list(Output(str(folder / "out")).entries())


def table(folder: Path, name: str) -> list[dict[str, object]]:
    """Return the rows of a table, as a query engine sees them."""
    found: list[dict[str, object]] = (
        ds.dataset(folder / "out" / name, partitioning="hive").to_table().to_pylist()
    )
    return found


def test_the_manifest_tells_what_was_read_by_what_and_what_came_of_it(tmp_path: Path) -> None:
    path = shard(tmp_path / "in" / "a.jsonl", 3)
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    found = read(tmp_path)
    (entry,) = entries(tmp_path)
    assert entry.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (entry.shard.name, entry.shard.size) == (str(path), path.stat().st_size)
    assert (entry.documents, entry.claims, entry.failed) == (3, 6, 1) == (found.documents, found.claims, 1)
    assert entry.made.extractor == StubReader().identity
    (problem,) = entry.problems
    assert problem.object == f"line 4 of {path}"
    for part in entry.parts:
        file = tmp_path / "out" / part.path
        assert (part.size, part.sha256) == (
            file.stat().st_size,
            hashlib.sha256(file.read_bytes()).hexdigest(),
        )
        assert part.rows == pq.ParquetFile(file).metadata.num_rows


def test_claims_are_one_partitioned_table(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        shard(tmp_path / "in" / name, 4)
    read(tmp_path)
    claims = table(tmp_path, "claims")
    assert len(claims) == 16
    assert {row["voice"] for row in claims} == {"Colonel Orr", None}
    assert {row["shard"] for row in claims} == {entry.key for entry in entries(tmp_path)}
    assert [json.loads(str(row["body"]))["id"] for row in claims] == [row["id"] for row in claims]


def test_documents_carry_their_near_copy_signatures(tmp_path: Path) -> None:
    shard(tmp_path / "in" / "a.jsonl", 2)
    read(tmp_path)
    one, other = table(tmp_path, "documents")
    assert one["bands"] == sorted(set(bands_of(words_of(str(one["text"]))).ravel().tolist()))
    assert set(one["bands"]) & set(other["bands"])  # type: ignore[call-overload]


def test_a_shard_that_changed_is_read_again(tmp_path: Path) -> None:
    path = shard(tmp_path / "in" / "a.jsonl", 3)
    shard(tmp_path / "in" / "b.jsonl", 2)
    read(tmp_path)
    os.utime(path, ns=(1, 1))
    found = read(tmp_path)
    assert (found.shards, found.known) == (1, 1)
    assert noted(tmp_path, "read") == ["a-0", "a-1", "a-2", "b-0", "b-1", "a-0", "a-1", "a-2"]
    assert len(table(tmp_path, "documents")) == 5


def test_what_a_worker_that_died_left_behind_goes_with_its_shard(tmp_path: Path) -> None:
    path = shard(tmp_path / "in" / "a.jsonl", 3)
    key = shards_in([str(path)])[0][0].key
    left = tmp_path / "out" / "_temporary" / key / "0123" / "claims.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert entries(tmp_path) == []
    read(tmp_path)
    assert not (tmp_path / "out" / "_temporary").exists()
    assert len(table(tmp_path, "claims")) == 6


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"coarsen": True}, "coarsen False, not True"),
        ({"embargo_hours": 48.0}, "embargo hours 0.0, not 48.0"),
        ({"outlet": "Wire"}, "outlet None, not 'Wire'"),
    ],
)
def test_one_output_is_made_in_one_way(tmp_path: Path, options: dict[str, object], told: str) -> None:
    shard(tmp_path / "in" / "a.jsonl", 1)
    read(tmp_path)
    with pytest.raises(QueryError, match=told):
        read(tmp_path, **options)


def test_an_embargo_holds_documents_and_claims_back(tmp_path: Path) -> None:
    days = [date.today(), date.today() - timedelta(days=30)]
    lines = [
        json.dumps({"id": str(day), "text": "They captured Novaya Niva.", "published": str(day)})
        for day in days
    ]
    path = tmp_path / "in" / "a.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read(tmp_path, embargo_hours=72.0)
    assert (found.documents, found.held, found.claims) == (1, 1, 1)
    assert [row["id"] for row in table(tmp_path, "documents")] == [str(days[1])]
    assert str(days[0]) not in {row["document"] for row in table(tmp_path, "claims")}


def test_rounded_points_are_rounded_everywhere_and_texts_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.jsonl"
    path.parent.mkdir()
    path.write_text('{"id": "a", "text": "They left by the mill bridge."}', encoding="utf-8")
    read(tmp_path, coarsen=True)
    (claim,) = table(tmp_path, "claims")
    assert (claim["lat"], claim["lon"]) == (49.2, 37.3)
    assert json.loads(str(claim["body"]))["places"][0]["lat"] == 49.2
    assert [row["text"] for row in table(tmp_path, "documents")] == [None]


def test_workers_that_die_as_they_load_are_not_started_for_ever(tmp_path: Path) -> None:
    shard(tmp_path / "in" / "a.jsonl", 1)
    problems: list[Problem] = []
    engine = engine_named("pool", workers=1)
    found = read(tmp_path, engine=engine, reader=Stillborn(str(tmp_path)), problem=problems.append)
    assert (found.shards, found.unfinished) == (0, 1)
    assert "3 workers died" in problems[0].message


def test_a_worker_that_reads_by_other_means_stops_everything(tmp_path: Path) -> None:
    shard(tmp_path / "in" / "a.jsonl", 1)
    versions = iter(("stub/1", "stub/2"))
    with pytest.raises(FoglineError, match="A worker's extractor is stub/2, not stub/1"):
        read(tmp_path, reader=lambda: StubReader(next(versions)))
    assert entries(tmp_path) == []


def test_where_ray_is_missing_it_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(DataError, match=r"pip install 'fogline\[cluster\]'"):
        engine_named("ray")


def test_places_may_be_addresses(tmp_path: Path) -> None:
    shard(tmp_path / "in" / "a.jsonl.gz", 3)
    found = extract_shards(
        [f"file://{tmp_path}/in"], f"file://{tmp_path}/out", engine=LOCAL, reader=Make(str(tmp_path))
    )
    assert (found.shards, found.claims) == (1, 6)
    (entry,) = entries(tmp_path)
    assert entry.shard.name == f"file://{tmp_path}/in/a.jsonl.gz"
    again = extract_shards(
        [f"file://{tmp_path}/in"], f"file://{tmp_path}/out", engine=LOCAL, reader=Make(str(tmp_path))
    )
    assert (again.shards, again.known) == (0, 1)


def test_an_address_is_kept_without_its_secrets() -> None:
    assert shown("s3://key:secret@bucket/a/b?region=x&secret_key=y") == "s3://bucket/a/b"
    one = Shard(where="s3://key:secret@bucket/a/b.warc.gz?region=x", name="b", size=1)
    assert one.key == Shard(where="s3://bucket/a/b.warc.gz", name="b", size=1).key
    assert one.key.startswith("b.warc.gz-")


def test_what_is_no_shard_is_told_and_single_reports_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    shard(tmp_path / "a.jsonl", 1)
    (tmp_path / "note.txt").write_text("They left.", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    shards, problems = shards_in([str(tmp_path), str(tmp_path / "a.jsonl")])
    assert [Path(one.where).name for one in shards] == ["a.jsonl"]
    assert problems == []
    for source in ("note.txt", "empty", "missing"):
        shards, (problem,) = shards_in([str(tmp_path / source)])
        assert shards == []
        assert isinstance(problem, Problem)
        assert str(tmp_path / source) in problem.message


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--engine", "pool"], "--engine goes with --out FOLDER"),
        (["--workers", "2", "--address", "auto"], "--workers and --address goes with --out FOLDER"),
        (["--out", "o", "-o", "x.jsonl"], "Give one of the two"),
        (["--out", "o", "--address", "auto"], "Add --engine ray"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shard(tmp_path / "a.jsonl", 1)
    assert main(["extract", str(tmp_path / "a.jsonl"), *options]) == 2
    assert told in capsys.readouterr().err


def test_the_command_line_reads_and_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    make = Make(str(tmp_path))
    monkeypatch.setattr("fogline.engines.run.default_worker_reader", lambda finder: make)
    shard(tmp_path / "in" / "a.jsonl", 3)
    shard(tmp_path / "in" / "b.jsonl", 2)
    command = ["extract", "in", "--out", "out", "--engine", "local"]
    assert main(command) == 0
    assert "Wrote 10 claims from 5 documents of 2 shards, to out in" in capsys.readouterr().err
    assert main([*command]) == 0
    assert "Wrote 0 claims from 0 documents of 0 shards, 2 shards done before" in capsys.readouterr().err
    assert main(["load", "out", "--ledger", "l.duckdb"]) == 0
    told = capsys.readouterr().err
    assert "Added 10 claims from 5 new documents" in told
    assert "Linked 10 claims (10 new)" in told
    assert main(["load", "out", "--ledger", "l.duckdb"]) == 0
    assert "2 shards loaded before. Added 0 claims from 0 new documents" in capsys.readouterr().err
    assert main(["extract", "nowhere.jsonl", "--out", "out"]) == 1
    assert "nowhere.jsonl is not there" in capsys.readouterr().err
