"""The reference of the command line is what its help says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from fogline.cli.app import app

SCRIPT = Path(__file__).parents[2] / "docs" / "make_cli_reference.py"


def test_the_reference_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_cli_reference", SCRIPT)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = script.PAGE.read_text(encoding="utf-8")
    assert written == script.page(), "out of date: run `python docs/make_cli_reference.py`"
    groups = [group.typer_instance.registered_commands for group in app.registered_groups]
    assert written.count("## fogline ") == len(app.registered_commands) + sum(1 + len(g) for g in groups)
