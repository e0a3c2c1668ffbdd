"""Collect every regular expression of the package, and look for one that backtracks.

Expressions are recorded as modules are imported, data files loaded and a text read, and read from the sources
where a function has one for itself. Each is driven with strings that are pumped at its own repetitions:
what stands before a repetition, then the repeated part many times, then something that does not fit. Time
that grows faster than the length is a finding.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

SOURCE = Path(__file__).parents[1] / "src" / "fogline"
BOUNDED = Path(__file__).with_name("bounded.yml")
_GENERIC = (
    "a",
    "A",
    "1",
    " ",
    "\n",
    "-",
    ".",
    ",",
    '"',
    "(",
    "a ",
    "A ",
    "1 ",
    "1,",
    "A. ",
    "a-",
    "é",
    "\u200f",
    "\0",
    "<",
    "é\n",
)
_MISFITS = ("", "\0a", "!")  # nothing; what fits neither words nor what is between them; a mark
_FIRST = 32_000  # characters of the strings that are all tried,
_FURTHER = 3  # of which so many, the slowest, are tried at full length
_MOST = 250  # strings tried on one expression
_FASTER = 2.5  # times the growth of the length that the time may grow
_NOTABLE = 0.1  # seconds of CPU below which growth is noise
_LONGEST = 10.0  # seconds of CPU for one string


class Expression(NamedTuple):
    """A pattern, its flags, the file that compiles it, and how it is used (None: anywhere in a string)."""

    pattern: str | bytes
    flags: int
    file: str
    uses: frozenset[str]


class Finding(NamedTuple):
    """An expression whose time grows faster than the length of a string, and on which string."""

    file: str
    pattern: str
    pump: str
    size: int
    seconds: float
    growth: float


def collect() -> list[Expression]:
    """Return every expression that the package compiles, each once."""
    found: dict[tuple[str | bytes, int], set[str]] = {}
    original: Callable[..., Any] = re._compile  # type: ignore[attr-defined]

    def recording(pattern: Any, flags: int) -> Any:
        compiled = original(pattern, flags)
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename.endswith("re/__init__.py"):
            frame = frame.f_back  # type: ignore[assignment]
        file = Path(frame.f_code.co_filename)
        if SOURCE in file.parents and isinstance(compiled, re.Pattern):
            key = (compiled.pattern, compiled.flags)
            found.setdefault(key, set()).add(str(file.relative_to(SOURCE)))
        return compiled

    re._compile = recording  # type: ignore[attr-defined]
    try:
        for module in _modules():
            _load_data(module)
        _read_something()
    finally:
        re._compile = original  # type: ignore[attr-defined]
    for pattern, flags, name in _in_functions():
        found.setdefault((pattern, flags), set()).add(name)
    uses = _uses()
    return [
        Expression(pattern, flags, min(files), uses.get(pattern, frozenset()))
        for (pattern, flags), files in sorted(found.items(), key=lambda item: (str(item[0][0]), item[0][1]))
    ]


def findings(expression: Expression, size: int) -> Iterator[Finding]:
    """Give strings on which an expression's time outgrows their length, up to ``size`` characters."""
    compiled = re.compile(expression.pattern, expression.flags)
    ways = expression.uses & {"match", "fullmatch"} if expression.uses <= {"match", "fullmatch"} else ()
    for use in ways or ("finditer",):
        taken: list[tuple[float, int]] = []
        tried = pumps(expression)
        for number, pump in enumerate(tried):
            grown, seconds = _growth(compiled, use, pump, min(size, _FIRST))
            taken.append((-seconds, number))
            if grown is not None:
                yield Finding(expression.file, str(expression.pattern), repr(pump)[:120], *grown)
                break
        else:
            for _, number in sorted(taken)[:_FURTHER] if size > _FIRST else ():
                grown, _ = _growth(compiled, use, tried[number], size)
                if grown is not None:
                    yield Finding(expression.file, str(expression.pattern), repr(tried[number])[:120], *grown)
                    break


def pumps(expression: Expression) -> list[tuple[Any, Any, Any]]:
    """Return what to build strings of: a beginning, a part to repeat, and an end."""
    found: dict[tuple[str, str, str], None] = {}
    parser = re._parser  # type: ignore[attr-defined]
    for before, body in _repetitions(parser.parse(expression.pattern, expression.flags & ~re.DEBUG), ""):
        for end in _MISFITS:
            if body:
                found[before, body, end] = None
        if body:
            found["", before + body, ""] = None
            found["", body, ""] = None
    for body in _GENERIC:
        found["", body, "\0a"] = None
    if isinstance(expression.pattern, bytes):
        packed = (
            (a.encode("latin-1", "replace"), b.encode("latin-1", "replace"), c.encode()) for a, b, c in found
        )
        return list(packed)[:_MOST]
    return list(found)[:_MOST]


def _growth(
    compiled: re.Pattern[Any], use: str, pump: tuple[Any, Any, Any], size: int
) -> tuple[tuple[int, float, float] | None, float]:
    """Return where time outgrew length (length, seconds, growth), if it did, and the last time."""
    before, body, end = pump
    last = 0.0
    for length in (size // 64, size // 8, size):
        text = before + body * (length // len(body)) + end
        taken = _timed(compiled, use, text)
        growth = taken / last if last else 0.0
        if taken > _NOTABLE and growth > 8 * _FASTER and taken < _LONGEST:
            again = _timed(compiled, use, text)
            if again / max(last, 1e-9) > 8 * _FASTER:
                return (length, again, growth), again
        if taken >= _LONGEST:
            return (length, taken, growth), taken
        last = max(taken, 0.0005)
    return None, last


def _timed(compiled: re.Pattern[Any], use: str, text: Any) -> float:
    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, late)
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
    try:
        if use == "finditer":
            for _ in compiled.finditer(text):
                pass
        else:
            getattr(compiled, use)(text)
    except TimeoutError:
        return _LONGEST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun


def _repetitions(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Give each open repetition of a parsed expression: a sample of what precedes it, and one of its body."""
    for operation, value in tree:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _low, high, body = value
            if int(high) > 8:
                for sample in _samples(body):
                    yield before, sample
            yield from _repetitions(body, before)
        elif name == "SUBPATTERN":
            yield from _repetitions(value[3], before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repetitions(branch, before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repetitions(value[1], before)
        elif name == "ATOMIC_GROUP":
            yield from _repetitions(value, before)
        before = (before + _sample([(operation, value)]))[-200:]


def _samples(body: Any) -> Iterator[str]:
    """Give a few strings that a repeated part matches."""
    yield _sample(body)
    for operation, value in body:
        if str(operation) == "IN":
            yield from _members(value)[:4]
        if str(operation) in ("SUBPATTERN",):
            yield from _samples(value[3])
        if str(operation) == "BRANCH":
            for branch in value[1][:4]:
                yield _sample(branch)


def _sample(tree: Any) -> str:
    """Return a string that a parsed expression matches, or nearly so."""
    told = []
    for operation, value in tree:
        name = str(operation)
        if name == "LITERAL":
            told.append(chr(value))
        elif name == "NOT_LITERAL":
            told.append("a" if value != ord("a") else "b")
        elif name == "ANY":
            told.append("a")
        elif name == "IN":
            told.append(_members(value)[0])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            told.append(_sample(value[2]) * max(1, min(int(value[0]), 50)))
        elif name == "SUBPATTERN":
            told.append(_sample(value[3]))
        elif name == "ATOMIC_GROUP":
            told.append(_sample(value))
        elif name == "BRANCH":
            told.append(_sample(value[1][0]))
    return "".join(told)


def _members(value: Any) -> list[str]:
    """Return characters of a set."""
    negated = any(str(operation) == "NEGATE" for operation, _ in value)
    named = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "a",
             "CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_WORD": "-"}  # fmt: skip
    told: list[str] = []
    excluded: set[str] = set()
    for operation, argument in value:
        name = str(operation)
        if name == "LITERAL":
            told.append(chr(argument))
        elif name == "RANGE":
            told.append(chr(argument[0]))
        elif name == "CATEGORY":
            told.append(named.get(str(argument), "a"))
    if not negated:
        return told or ["a"]
    excluded = set(told)
    return [c for c in ("a", " ", "1", "-", "A", "\n", "é") if c not in excluded] or ["\u4e00"]


def _modules() -> Iterator[Any]:
    import fogline

    for info in pkgutil.walk_packages(fogline.__path__, "fogline."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _load_data(module: Any) -> None:
    """Call every cached function without arguments: these load the data files."""
    for value in list(vars(module).values()):
        if hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.__name__:
            try:
                value()
            except Exception:  # one that needs arguments, a terminal, or a network
                continue


def _read_something() -> None:
    from fogline.model import Document
    from fogline.pipeline import Extractor

    text = (
        "On 3 May 2023 at least 20 people were killed in Goma, the army said. About 2,500 km2 (965 sq mi) "
        'were taken near Sake on Sunday, a spokesman told Reuters. "We left the town", he said. '
        "Troops may have entered Kharkiv last week, according to residents."
    )
    Extractor().extract(Document(id="x", text=text))


def _in_functions() -> Iterator[tuple[str | bytes, int, str]]:
    """Give the expressions that stand as constants in calls such as ``re.match(…)``."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
                continue
            if (
                isinstance(first, ast.Constant)
                and isinstance(first.value, str | bytes)
                and node.func.attr != "escape"
            ):
                try:
                    compiled = re.compile(first.value)
                except re.error:  # needs a flag
                    compiled = re.compile(first.value, re.VERBOSE)
                yield compiled.pattern, compiled.flags, str(path.relative_to(SOURCE))


def _uses() -> dict[str | bytes, frozenset[str]]:
    """Return how expressions that have a name in their module are used there."""
    found: dict[str | bytes, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names: dict[str, str | bytes] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                in_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                if in_re and isinstance(first, ast.Constant) and node.func.attr != "compile":
                    found.setdefault(first.value, set()).add(node.func.attr)  # type: ignore[arg-type]
        for node in tree.body:
            value = getattr(node, "value", None)
            if isinstance(node, ast.Assign) and isinstance(value, ast.Call) and value.args:
                target, first = node.targets[0], value.args[0]
                if isinstance(target, ast.Name) and isinstance(first, ast.Constant):
                    names[target.id] = first.value  # type: ignore[assignment]
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in names
            ):
                found.setdefault(names[node.value.id], set()).add(node.attr)
            elif isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
                found.setdefault(names[node.id], set())
    return {pattern: frozenset(uses) for pattern, uses in found.items() if uses}


def bounded() -> list[dict[str, str]]:
    """Return which expressions only ever see short strings: a file, a part of the expression, and why."""
    told: list[dict[str, str]] = yaml.safe_load(BOUNDED.read_text(encoding="utf-8"))
    return told


def is_bounded(expression: Expression, row: dict[str, str]) -> bool:
    """Tell whether a row of :func:`bounded` means an expression."""
    pattern = expression.pattern
    written = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    return expression.file == row["file"] and row["part"] in written


def probe(size: int, *, until: float | None = None) -> dict[str, Any]:
    """Probe every expression with strings of up to ``size`` characters.

    Args:
        size: characters of the longest strings.
        until: when to stop, in seconds of ``time.monotonic()``; never where None.
    """
    known, expressions, found, strings = bounded(), collect(), [], 0
    probed = 0
    for expression in expressions:
        if until is not None and time.monotonic() > until:
            break
        probed += 1
        if any(is_bounded(expression, row) for row in known):
            continue
        strings += len(pumps(expression))
        for finding in findings(expression, size):
            found.append(finding._asdict())
            print(json.dumps(finding._asdict()), file=sys.stderr, flush=True)
    idle = [row for row in known if not any(is_bounded(expression, row) for expression in expressions)]
    told = {"expressions": len(expressions), "probed": probed, "strings": strings}
    return {**told, "bounded": len(known), "idle": idle, "findings": found}


if __name__ == "__main__":
    print(json.dumps(probe(int(sys.argv[1]) if len(sys.argv) > 1 else 32_000), indent=1))
