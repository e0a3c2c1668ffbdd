"""Write docs/reference/cli.md from the command line's own help: ``python docs/make_cli_reference.py``."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

from fogline.cli import main
from fogline.cli.app import app
from fogline.settings import Settings

PAGE = Path(__file__).parent / "reference" / "cli.md"
WIDTH = 96
HEAD = """# Command line

Made from the commands' own help by `python docs/make_cli_reference.py`; a test fails where it is out of date.

## Exit status and errors

0 done, 1 failed or nothing could be read, 2 not understood, 130 stopped with Ctrl-C. Errors are one
paragraph on standard error; `--debug`, anywhere on the line, prints the traceback as well. Problems with
single sources are told on standard error while the rest goes on.

## Settings

Options go first, then the environment, then `fogline.toml` in the working folder. A misspelt setting is
refused. `FOGLINE_CACHE`, in the environment alone, names the folder for indexes that can be made again.

| in `fogline.toml` | in the environment | default | means |
|---|---|---|---|
"""


def page() -> str:
    """Return the page."""
    rows = [
        f"| `{name}` | `FOGLINE_{name.upper()}` | `{_toml(field.default)}` | {field.description} |\n"
        for name, field in Settings.model_fields.items()
    ]
    verbs = [command.name for command in app.registered_commands if command.name]
    parts = [HEAD + "".join(rows), section("fogline"), *(section("fogline", verb) for verb in verbs)]
    for group in app.registered_groups:
        name, inner = str(group.typer_instance.info.name), group.typer_instance.registered_commands
        parts.append(section("fogline", name))
        parts += [section("fogline", name, str(c.name or c.callback.__name__)) for c in inner if c.callback]
    return "\n".join(parts)


def _toml(value: object) -> str:
    """Return a value as it is written in TOML, "" for none."""
    if value is None:
        return " "
    if isinstance(value, bool | int | float):
        return str(value).lower()
    return f'"{value}"'


def section(*words: str) -> str:
    """Return a command's heading and help."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(WIDTH)
    try:
        with contextlib.redirect_stdout(io.StringIO()) as told:
            main([*words[1:], "--help"])
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return f"## {' '.join(words)}\n\n```text\n{told.getvalue().rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
