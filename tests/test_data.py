"""Every data file can be read, and no line of it hides another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

SOURCE = Path(__file__).parent.parent / "src" / "fogline"
FILES = sorted([*SOURCE.rglob("*.yml"), *SOURCE.rglob("*.yaml")])


class Strict(yaml.CSafeLoader):
    """A loader that refuses a key given twice, where YAML's would keep the last without a word."""


def _mapping(loader: Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, int] = {}
    for key, _ in node.value:
        value = loader.construct_object(key, deep=True)
        line = key.start_mark.line + 1
        if value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {value!r} of line {seen[value]} again in line {line}"
            )
        seen[value] = line
    return loader.construct_mapping(node, deep=True)


Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def entries_given_twice(data: object, where: str = "") -> list[str]:
    """Return the places of plain lists that hold the same text twice."""
    if isinstance(data, dict):
        return [t for key, value in data.items() for t in entries_given_twice(value, f"{where}/{key}")]
    if isinstance(data, list):
        texts = [x for x in data if isinstance(x, str)]
        twice = sorted({x for x in texts if texts.count(x) > 1})
        inner = [t for x in data if not isinstance(x, str) for t in entries_given_twice(x, f"{where}/-")]
        return [f"{where}: {x}" for x in twice] + inner
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_data_file_is_read_and_tells_nothing_twice(path: Path) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), Strict)
    assert isinstance(data, dict | list)
    assert entries_given_twice(data) == []


def truth_values(data: object) -> list[bool]:
    """Return the truth values among keys and list items, where a word must have been meant."""
    if isinstance(data, dict):
        below = [x for value in data.values() if not isinstance(value, bool) for x in truth_values(value)]
        return [key for key in data if isinstance(key, bool)] + below
    if isinstance(data, list):
        return [x for item in data for x in ([item] if isinstance(item, bool) else truth_values(item))]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_word_is_never_read_as_a_truth_value(path: Path) -> None:
    # YAML 1.1 reads the bare words on, off, yes and no as truth values: as a cue or trigger they need quotes.
    assert truth_values(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)) == []


def test_truth_values_are_found_where_a_word_was_meant() -> None:
    assert truth_values(yaml.load("{preps: [on, of], hedge: true, off: x}", yaml.CSafeLoader)) == [
        False,
        True,
    ]


def test_the_strict_loader_finds_a_key_given_twice() -> None:
    with pytest.raises(yaml.constructor.ConstructorError, match="key 'said' of line 1 again in line 3"):
        yaml.load("said: 1\ntold: 2\nsaid: 3\n", Strict)


def test_entries_given_twice_are_named_by_their_place() -> None:
    assert entries_given_twice({"cues": ["said", "told", "said"]}) == ["/cues: said"]
