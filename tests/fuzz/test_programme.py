"""The fuzzing programme on a small scale: every target and every expression, with short inputs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.once import limited
from fuzz.seeds import seeds
from fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
_SMALL = 60_000  # bytes of a seed file that is tried here; `make fuzz` tries all
_MOST = 25
_SIZE = 2_000  # characters of pumped strings here; `make fuzz` goes to a million


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_target_answers_to_each_small_seed_file(name: str) -> None:
    small = [data for data in seeds(name, 1) if len(data) <= _SMALL][:_MOST]
    assert small
    assert [wrong for data in small if (wrong := limited(name, data)[1])] == []


def test_no_expression_takes_longer_than_its_string_grows() -> None:
    command = [sys.executable, "-m", "fuzz.expressions", str(_SIZE)]  # before anything of it is compiled
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["probed"] == told["expressions"] > 300
    assert told["idle"] == []
    assert told["findings"] == []
