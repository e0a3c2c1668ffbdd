"""What every engine does: all shards, each once; a worker that is killed costs its shard another run."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hands import DEADLY, FATAL, Make, noted, shard

from fogline.engines import Engine, Extracted, engine_named, extract_shards
from fogline.engines.manifest import Output
from fogline.engines.ray import Ray
from fogline.ingest import Problem

WORKERS = 2


@pytest.fixture(scope="module", params=["pool", "ray"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give each engine that has workers; Ray's cluster is started once for all these tests."""
    if request.param == "pool":
        yield engine_named("pool", workers=WORKERS)
        return
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed")  # told in the summary
    import ray

    found = engine_named("ray", workers=WORKERS)
    assert isinstance(found, Ray)
    here = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "store")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(here))  # where its workers find the stub extractor
        found.start()
    yield found
    ray.shutdown()


def run(folder: Path, engine: Engine) -> tuple[Extracted, list[Problem]]:
    """Read the shards of a folder into another."""
    problems: list[Problem] = []
    found = extract_shards(
        [str(folder / "in")],
        str(folder / "out"),
        engine=engine,
        reader=Make(str(folder)),
        problem=problems.append,
    )
    return found, problems


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    """Return the rows of a table, by shard."""
    parts = sorted((folder / "out" / table).glob("*/part.parquet"))
    return [row for part in parts for row in pq.ParquetFile(part).read().to_pylist()]


def test_the_workers_find_what_one_process_does(tmp_path: Path, engine: Engine) -> None:
    for name, count in (("a.jsonl", 30), ("b.jsonl.gz", 7), ("c.jsonl", 1)):
        shard(tmp_path / "in" / name, count)
    found, problems = run(tmp_path, engine)
    assert (found.shards, found.documents, found.claims, found.unfinished) == (3, 38, 76, 0)
    assert problems == []
    here = tmp_path / "here"
    (here / "in").mkdir(parents=True)
    for path in (tmp_path / "in").iterdir():
        (here / "in" / path.name).write_bytes(path.read_bytes())
    extract_shards(
        [str(here / "in")], str(here / "out"), engine=engine_named("local"), reader=Make(str(here))
    )
    for table in ("claims", "documents", "left_out"):
        assert rows(tmp_path, table) == rows(here, table)
    assert len(set(noted(tmp_path, "loaded")) - set(noted(here, "loaded"))) <= WORKERS + 1
    assert not (tmp_path / "out" / "_temporary").exists()


def test_a_worker_that_is_killed_costs_its_shard_another_run_and_nothing_else(
    tmp_path: Path, engine: Engine
) -> None:
    for name in "abcd":
        shard(tmp_path / "in" / f"{name}.jsonl", 20)
    shard(tmp_path / "in" / "e.jsonl", 400, last=FATAL)
    shard(tmp_path / "in" / "f.jsonl", 2, last=DEADLY)
    found, problems = run(tmp_path, engine)
    assert (found.shards, found.documents, found.unfinished) == (5, 480, 1)
    (problem,) = problems
    assert problem.object == str(tmp_path / "in" / "f.jsonl")
    assert "3 workers died" in problem.message
    read = noted(tmp_path, "read")
    assert [read.count(f"{name}-{number}") for name in "abcd" for number in range(20)] == [1] * 80
    assert [read.count(f"e-{number}") for number in range(400)] == [2] * 400
    assert read.count("f-0") == 3
    assert sorted(noted(tmp_path, "killed")) == ["e-399", "f-1", "f-1", "f-1"]
    assert len(rows(tmp_path, "documents")) == 480

    # The same again reads nothing but the shard that is not done, now that it can be read.
    shard(tmp_path / "in" / "f.jsonl", 2)
    again, problems = run(tmp_path, engine_named("local"))
    assert (again.shards, again.known, again.documents, again.unfinished) == (1, 5, 2, 0)
    assert problems == []
    assert noted(tmp_path, "read")[len(read) :] == ["f-0", "f-1"]
    assert len(list(Output(str(tmp_path / "out")).entries())) == 6
