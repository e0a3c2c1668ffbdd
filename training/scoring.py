"""The project's scorer of claims, for the scripts that measure."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any


def scorer() -> Any:
    """Import the project's scorer of claims."""
    path = Path(__file__).resolve().parents[2] / "shared" / "evals" / "score_claims.py"
    spec = importlib.util.spec_from_file_location("score_claims", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
