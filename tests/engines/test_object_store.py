"""Shards in an object store and an output beside them: a real server on the loopback that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Make, noted, shard
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from fogline import connect
from fogline.engines import engine_named, extract_shards
from fogline.engines.places import opened
from fogline.ingest import Problem


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server with one bucket; its settings, to be put behind an address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "unspoken")
        host, port = server.get_host_and_port()
        settings = f"?endpoint_override={host}:{port}&scheme=http&region=eu-west-1&allow_bucket_creation=true"
        system, _ = opened(f"s3://archive/{settings}")
        system.create_dir("archive")
        yield settings
    finally:
        server.stop()


@pytest.mark.parametrize("engine", ["local", "pool"])
def test_an_archive_in_an_object_store_is_read_resumed_and_loaded(
    store: str, engine: str, tmp_path: Path
) -> None:
    system, _ = opened(f"s3://archive/{store}")
    for name in ("a.jsonl", "b.jsonl.gz"):
        system.create_dir("archive/in")
        with system.open_output_stream(f"archive/in/{name}", compression=None) as stream:
            stream.write(shard(tmp_path / name, 3).read_bytes())

    def extract() -> tuple[int, int, int]:
        found = extract_shards(
            [f"s3://archive/in/{store}"],
            f"s3://archive/out/{store}",
            engine=engine_named(engine) if engine == "local" else engine_named(engine, workers=2),
            reader=Make(str(tmp_path)),
        )
        return found.shards, found.known, found.claims

    assert extract() == (2, 0, 12)
    assert extract() == (0, 2, 0)
    assert len(noted(tmp_path, "read")) == 6

    with connect(tmp_path / "ledger.duckdb") as ledger:
        loaded = ledger.load(f"s3://archive/out/{store}")
        assert (loaded.shards, loaded.added.documents, loaded.added.claims) == (2, 6, 12)

    from pyarrow import fs

    kept = system.get_file_info(fs.FileSelector("archive/out/manifest"))
    assert len(kept) == 2
    for entry in kept:
        with system.open_input_stream(entry.path) as stream:
            told = stream.read()
        assert b"s3://archive/in/" in told and b"endpoint" not in told and b"unspoken" not in told


def test_a_bucket_that_is_not_there_and_a_server_that_does_not_answer_are_named(
    store: str, tmp_path: Path
) -> None:
    """The address is told without its settings, and nothing is written."""
    nobody = "?endpoint_override=127.0.0.1:1&scheme=http&region=eu-west-1"
    problems: list[Problem] = []
    found = extract_shards(
        [f"s3://nowhere/in/{store}", f"s3://archive/in/{nobody}"],
        str(tmp_path / "out"),
        engine=engine_named("local"),
        reader=Make(str(tmp_path)),
        problem=problems.append,
    )
    assert found.shards == 0
    assert [p.object for p in problems] == ["s3://nowhere/in/", "s3://archive/in/"]
    assert "holds no shards" in problems[0].message and "cannot be listed" in problems[1].message
    assert not any("endpoint" in p.message for p in problems)
