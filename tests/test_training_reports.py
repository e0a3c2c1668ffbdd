"""The reports written for the training: what is annotated stands in them."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

TRAINING = Path(__file__).parent.parent / "training"
TEXT = "Rebels took Gao on Friday. The army denied it."


@pytest.fixture(scope="module")
def written() -> ModuleType:
    spec = importlib.util.spec_from_file_location("written", TRAINING / "written.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_annotation_holds_and_every_report_says_that_it_was_made_up(written: ModuleType) -> None:
    reports = sorted(path for name in ("reports", "stories") for path in (TRAINING / name).glob("*.jsonl"))
    assert len(reports) > 300
    for path in reports:
        _, document, _, wrong = written.read(path)
        assert not wrong
        assert document["outlet"].startswith("(constructed)")


def test_every_claim_of_a_story_says_which_occurrence_it_tells_of(written: ModuleType) -> None:
    stories = Counter(path.name[:2] for path in (TRAINING / "stories").glob("*.jsonl"))
    assert set(stories.values()) == {4}
    for path in (TRAINING / "stories").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        assert all(json.loads(line)["one"] for line in lines), path.name


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"of": "Rebels took Gao", "event": "SEIZURE"}, "event"),
        ({"of": "Rebels took Gao", "event": "CAPTURE", "agents": [["militants", None]]}, "militants"),
        ({"of": TEXT[:-1], "event": "CAPTURE"}, "two sentences"),
        ({"of": "Rebels took Gao", "event": "CAPTURE", "mode": "indirect"}, "mode"),
        (
            {"of": "Rebels took Gao", "event": "CAPTURE", "when": ["on Friday", "2013-02-02", "2013-02-01"]},
            "ends",
        ),
    ],
)
def test_what_does_not_hold_is_told(written: ModuleType, line: dict[str, object], fault: str) -> None:
    assert any(fault in told for told in written.faults(written.expand(line, TEXT), TEXT))


def test_words_that_a_report_lacks_are_told(written: ModuleType) -> None:
    with pytest.raises(ValueError, match="not in the report"):
        written.expand({"of": "Troops took Gao", "event": "CAPTURE"}, TEXT)
