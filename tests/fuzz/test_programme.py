"""The fuzzing programme on a small scale: every target and every expression, with short inputs."""

from __future__ import annotations

import pytest
from fuzz.expressions import bounded, collect, findings, is_bounded
from fuzz.once import limited
from fuzz.seeds import seeds
from fuzz.targets import TARGETS

_SMALL = 60_000  # bytes of a seed file that is tried here; `make fuzz` tries all
_MOST = 25
_SIZE = 4_000  # characters of pumped strings here; `make fuzz` goes to a million


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_target_answers_to_each_small_seed_file(name: str) -> None:
    small = [data for data in seeds(name, 1) if len(data) <= _SMALL][:_MOST]
    assert small
    assert [wrong for data in small if (wrong := limited(name, data)[1])] == []


def test_no_expression_takes_longer_than_its_string_grows() -> None:
    expressions, rows = collect(), bounded()
    assert len(expressions) > 300
    for row in rows:
        assert any(is_bounded(expression, row) for expression in expressions), row
    unbounded = [e for e in expressions if not any(is_bounded(e, row) for row in rows)]
    assert [finding for expression in unbounded for finding in findings(expression, _SIZE)] == []
