"""Whatever data decides a claim is part of its extractor's name."""

from __future__ import annotations

from pathlib import Path

from fogline.causes import PACKAGE, PARTS, data_files, data_identity, digest
from fogline.pipeline import Extractor


def test_the_extractor_is_named_by_its_data() -> None:
    for finder in ("trained", "rules"):
        assert f" data/{data_identity()[:12]} " in Extractor(finder=finder).identity


def test_every_data_file_counts_but_those_that_are_named_elsewhere() -> None:
    names = {path.relative_to(PACKAGE).as_posix() for path in data_files()}
    assert {"resolve/claim_places.json", "extract/voices/cues.yml", "model/yardstick.yml"} <= names
    lying = {p for part in PARTS for p in (PACKAGE / part).rglob("*") if p.is_file() and p.suffix != ".py"}
    left = {p for p in lying - set(data_files()) if "__pycache__" not in p.parts}
    assert {p.name for p in left if p.parent.name != "weights"} == {"regions.tsv.xz", "villages.tsv.xz"}


def test_another_byte_or_another_name_is_another_identity(tmp_path: Path) -> None:
    file = tmp_path / "cues.yml"
    file.write_bytes(b"said: 1\n")
    before = digest([file], tmp_path)
    assert digest([file], tmp_path) == before
    file.write_bytes(b"said: 2\n")
    assert digest([file], tmp_path) != before
    file.write_bytes(b"said: 1\n")
    assert digest([file.rename(tmp_path / "verbs.yml")], tmp_path) != before
