"""What the documents show works: Python is run, commands are parsed, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the code blocks of a page in the given languages."""
    return [
        code for language, code in FENCE.findall(page.read_text(encoding="utf-8")) if language in languages
    ]


def commands(page: Path) -> list[list[str]]:
    """Return the ``fogline`` commands that a page shows, as words."""
    lines = [line.removeprefix("$ ") for code in blocks(page, "console", "sh") for line in code.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("fogline ")]


WITH_PYTHON = [page for page in PAGES if blocks(page, "python")]
COMMANDS = [
    pytest.param(words, id=f"{page.name}: {' '.join(words)}") for page in PAGES for words in commands(page)
]


def named(page: Path) -> str:
    """Return a page's path in the repository."""
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", WITH_PYTHON, ids=named)
def test_the_python_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for number, code in enumerate(blocks(page, "python")):
        exec(compile(code, f"{named(page)}, block {number + 1}", "exec"), names)
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_of_a_page_is_one_that_fogline_knows(words: list[str]) -> None:
    from fogline.cli.app import app

    command, verb, rest = typer.main.get_command(app), "fogline", words
    context = None
    while hasattr(command, "commands"):
        context = command.make_context(verb, list(rest), parent=context)
        if command.invoke_without_command and not set(rest) & set(command.commands):
            break  # the group is a command itself
        verb, *rest = rest
        command = command.commands.get(verb)
        assert command is not None, f"there is no verb {verb}"
    else:
        context = command.make_context(verb, rest, parent=context)
    assert context.params


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    assert [
        to for to in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / to).exists()
    ] == []


def test_pages_are_found() -> None:
    assert {"README.md", "docs/tutorial.md", "docs/how-to/one-layer.md"} <= {named(page) for page in PAGES}
