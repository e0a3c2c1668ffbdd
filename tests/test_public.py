"""The public surface is small, sorted, typed and quick to import."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import fogline
import fogline.ledger


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert fogline.__all__ == sorted(fogline.__all__)
    for name in fogline.__all__:
        assert getattr(fogline, name) is not None
    assert set(fogline.__all__) <= set(dir(fogline))
    assert (Path(fogline.__file__).parent / "py.typed").exists()


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(fogline, "nothing")


def test_extract_is_called_as_the_function_is() -> None:
    called = inspect.signature(fogline.extract.__call__)
    told = inspect.signature(fogline.ledger.extract)
    assert called.parameters == told.parameters


def test_importing_fogline_loads_nothing_heavy() -> None:
    heavy = "{'duckdb', 'msgspec', 'numpy', 'onnxruntime', 'pandas', 'pyarrow', 'pydantic', 'rich', 'spacy'}"
    code = f"import sys, fogline; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
