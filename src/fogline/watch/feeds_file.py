"""Read a feeds file, and say where in it something is wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from ..errors import QueryError
from .feeds import Budget, Feeds, Mail, Output, Rule, Source

EXAMPLE = Path(__file__).with_name("example.yml")
_LARGEST = 1_000_000  # bytes
_PARTS: dict[str, type[BaseModel]] = {
    "sources": Source, "budget": Budget, "alerts": Rule, "outputs": Output, "mail": Mail,
}  # fmt: skip


class FeedsError(QueryError):
    """Mistakes in a feeds file, each with its line."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__(" ".join(mistakes))
        self.mistakes = tuple(mistakes)


def read_feeds(path: Path) -> Feeds:
    """Read a feeds file.

    Raises:
        FeedsError: there are mistakes in it; each is told with its line and what may have been meant.
        QueryError: it cannot be read, or is no YAML.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise QueryError(
            f"The feeds file {path} cannot be read ({error.strerror}). "
            "`fogline watch --example > feeds.yml` writes one to begin with."
        ) from None
    if len(data) > _LARGEST:
        raise QueryError(f"{path} is larger than {_LARGEST // 1000:,} kB: that is no feeds file.")
    node, content = _parsed(data, path)
    try:
        return Feeds.model_validate(content)
    except ValidationError as error:
        whole = [one for one in error.errors() if one["type"] != "too_short" or not one["input"]]
        found = sorted((_line(node, one["loc"]), _mistake(node, one, path)) for one in whole)
    raise FeedsError([told for _, told in found])


def _parsed(data: bytes, path: Path) -> tuple[Any, Any]:
    """Return a file's nodes, which know their lines, and its content."""
    try:
        node = yaml.compose(data, Loader=yaml.CSafeLoader)
        for told, at in _unsound(node, set()):
            raise QueryError(f"{path}, line {at}: {told}")
        return node, yaml.load(data, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise QueryError(
            f"{path}{line}: this is no YAML ({why}). Check indents, colons and quotes."
        ) from None
    except (RecursionError, ValueError) as error:
        raise QueryError(f"{path} is no feeds file ({type(error).__name__}). Begin with --example.") from None


def _unsound(node: Any, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Give what YAML takes in silence, with its line: fields that are there twice, and aliases.

    Aliases would let a small file stand for a large one.
    """
    if node is None or isinstance(node, yaml.ScalarNode):
        return
    if id(node) in seen:
        yield "an alias (*) is used here. Write it out.", node.start_mark.line + 1
        return
    seen.add(id(node))
    names: set[str] = set()
    for one in node.value:
        key, value = one if isinstance(node, yaml.MappingNode) else (None, one)
        if key is not None:
            if str(key.value) in names:
                yield f"{key.value!r} is there twice. Keep one of them.", key.start_mark.line + 1
            names.add(str(key.value))
        yield from _unsound(value, seen)


def _mistake(node: Any, error: Any, path: Path) -> str:
    """Say in one or two sentences what is wrong, where, and what would do."""
    where: Sequence[str | int] = error["loc"]
    at, name = f"{path}, line {_line(node, where)}: ", _named(where)
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        known = [*_model(where[:-1]).model_fields]
        close = difflib.get_close_matches(str(where[-1]), known, n=1)
        meant = f" Did you mean {close[0]}?" if close else f" Known are {', '.join(known)}."
        return f"{at}there is no field {where[-1]!r}{_inside(where)}.{meant}"
    if kind == "missing":
        return f"{at}{where[-1]} is missing{_inside(where)}."
    if kind in ("model_type", "model_attributes_type"):
        return f"{at}{name or 'the file'} has to be fields with values, as in `fogline watch --example`."
    if kind == "too_short":
        return f"{at}there is nothing in {name}. Give at least one."
    told = str(error["ctx"]["error"]) if kind == "value_error" else error["msg"]
    told = told.rstrip(".")
    if isinstance(value, (dict, list)) or not name:
        return f"{at}{f'{name}: ' if name else ''}{told}."
    return f"{at}{name} is {value!r}, which will not do: {told[:1].lower()}{told[1:]}."


def _line(node: Any, where: Sequence[str | int]) -> int:
    """Return the line that a place in the content begins on, or the nearest part around it."""
    for step in where:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
            if step == where[-1]:
                return int(line) + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return int(node.start_mark.line) + 1 if node is not None else 1


def _model(where: Sequence[str | int]) -> type[BaseModel]:
    """Return what a place in the file is to be."""
    named = [str(step) for step in where if step in _PARTS]
    return _PARTS[named[-1]] if named else Feeds


def _named(where: Sequence[str | int]) -> str:
    """Write a place as ``sources[2].every``, counted from 1 as people do."""
    text = ""
    for step in where:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _inside(where: Sequence[str | int]) -> str:
    return f" in {_named(where[:-1])}" if len(where) > 1 else ""
