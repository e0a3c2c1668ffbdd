"""The command line: what a user types, what comes out, what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from stub import StubReader, report

import fogline.ledger
from fogline.cli import main
from fogline.cli.app import app
from fogline.cli.claim_table import shortest
from fogline.cli.progress import expected
from fogline.ingest import Archive

VERBS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command in an empty folder and gives status, output and errors."""
    reader = StubReader()
    monkeypatch.setattr(fogline.ledger, "default_reader", lambda finder=None: reader)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(words)
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(report().text, encoding="utf-8")
    return folder


@pytest.fixture
def filled(run: Run, reports: Path) -> Run:
    assert run("add", str(reports), "--published", "2022-09-11", "--outlet", "The Courier")[0] == 0
    return run


def test_add_says_what_it_did(run: Run, reports: Path) -> None:
    words = ("add", str(reports), "--published", "2022-09-11")
    status, out, err = run(*words)
    assert (status, out) == (0, "")
    assert err.startswith("Added 4 claims from 2 new documents, in ")
    assert "The ledger is .fogline/ledger.duckdb.\nLinked " in err
    assert "Added 0 claims from 0 new documents, 2 documents known already" in run(*words)[2]
    assert len(list(Archive(Path(".fogline/archive")).digests())) == 1


def test_add_goes_on_past_what_cannot_be_read(run: Run, reports: Path) -> None:
    (reports / "empty.txt").touch()
    status, _, err = run("add", str(reports))
    assert status == 0
    assert err.startswith("fogline: ") and "empty.txt is empty" in err
    assert "from 2 new documents, 2 without a date (--published gives one), 1 could not be read, in " in err


def test_add_fails_where_nothing_could_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert run("add", "empty.txt")[0] == 1
    status, _, err = run("add", "nowhere.txt")
    assert status == 1
    assert "nowhere.txt" in err


def test_claims_in_a_pipe_are_one_line_each(filled: Run) -> None:
    status, out, err = filled("claims")
    head, *lines = out.splitlines()
    assert status == 0
    assert head.split() == ["id", "voice", "status", "event", "parties", "place", "day", "quantity", "words"]
    assert len(lines) == 4
    assert all(len(line) < 220 for line in lines)
    assert "Colonel Orr" in out and "(The Courier)" in out and "2022-09-10..11" in out
    assert err == "4 claims of 1 named voice in 2 documents.\n"


def test_claims_are_filtered(filled: Run) -> None:
    def count(*words: str) -> int:
        status, out, _ = filled("claims", "--format", "jsonl", *words)
        assert status == 0
        return len(out.splitlines())

    assert count() == 4
    assert count("--event", "capture") == count("--voice", "orr") == count("--side", "UKR") == 2
    assert count("--event", "CAPTURE", "--event", "WITHDRAW") == 4
    assert count("--place", "49.21,37.28", "--radius", "2") == 4
    assert count("--place", "stara niva") == 2
    assert count("--from", "2022-09-11", "--to", "2022-09-30", "--status", "happened") == 4
    assert (
        count("--day", "2022-09-12") == count("--text", "no such words") == count("--voice-side", "UKR") == 0
    )
    assert count("--document", "one", "--min-confidence", "0.7") == count("-n", "1") == 1
    assert count("--embargo", "24") == 4
    assert filled("claims", "--day", "2021-01-01")[2] == "No claim meets these filters.\n"


def test_claims_in_every_format_and_into_a_file(filled: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(filled("claims", "--format", "csv")[1])))
    assert [row["document"] for row in rows] == ["one", "one", "two", "two"]
    status, out, _ = filled("claims", "-f", "geojson", "-o", "claims.geojson", "--coarsen")
    assert (status, out) == (0, "")
    features = json.loads(Path("claims.geojson").read_text(encoding="utf-8"))["features"]
    assert [37.3, 49.2] in [one["geometry"]["coordinates"] for one in features]
    assert not Path("claims.geojson.part").exists()
    status, _, err = filled("claims", "-f", "csv", "-o", "no/such/claims.csv")
    assert status == 1 and "no/such/claims.csv cannot be written" in err


def test_show_prints_one_claim_by_the_beginning_of_its_id(filled: Run) -> None:
    claim = json.loads(filled("claims", "-f", "jsonl", "-n", "1")[1])
    status, out, _ = filled("show", claim["id"][:10])
    assert status == 0
    assert "⟦The garrison captured Novaya Niva, Colonel Orr said.⟧" in out
    assert claim["id"] in out and "SHA-256" in out and "one.txt" in out
    assert filled("show", "c")[0] == filled("show", "nothing")[0] == 1


def test_documents_and_voices(filled: Run) -> None:
    assert [line.split()[0] for line in filled("documents")[1].splitlines()] == ["document", "one", "two"]
    assert json.loads(filled("documents", "-f", "jsonl")[1].splitlines()[0])["claims"] == 2
    voices = list(csv.DictReader(io.StringIO(filled("voices-of", "-f", "csv")[1])))
    assert [(row["voice"], row["about"]) for row in voices] == [
        ("(The Courier)", "WITHDRAW 2"),
        ("Colonel Orr", "CAPTURE 2"),
    ]
    assert "Colonel Orr" not in filled("voices-of", "--event", "WITHDRAW")[1]


def test_what_was_left_out_can_be_read(run: Run) -> None:
    Path("odd.txt").write_text("There was no such day.", encoding="utf-8")
    assert "1 mention left out" in run("add", "odd.txt")[2]
    status, out, err = run("documents", "--left-out")
    assert (status, err) == (0, "1 document, 0 claims, 1 mention left out.\n")
    assert out.splitlines()[1].split() == ["odd", "dates", "0", "to", "3", "The", "no", "such", "day"]


def test_extract_writes_claims_without_a_ledger(run: Run, reports: Path) -> None:
    status, out, _ = run("extract", str(reports), "--published", "2022-09-11")
    claims = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [claim["document"] for claim in claims] == ["one", "one", "two", "two"]
    assert {"id", "extractor", "certainty", "evidence", "event", "speaker"} <= set(claims[0])
    status, out, err = run("extract", str(reports), "-o", "claims.jsonl", "--embargo", "24")
    assert (status, out) == (0, "")
    assert "Held back by the embargo of 24 hours: 2 documents." in err
    assert "Wrote 0 lines from 0 documents to claims.jsonl." in err
    assert not Path(".fogline").exists()


def test_a_document_that_breaks_the_extractor_costs_no_other(run: Run, reports: Path) -> None:
    (reports / "bad.txt").write_text("This breaks the reader.", encoding="utf-8")
    status, out, err = run("extract", str(reports))
    assert status == 0
    assert len(out.splitlines()) == 4
    assert "The document bad could not be read" in err
    (reports / "one.txt").unlink()
    (reports / "two.txt").unlink()
    assert run("extract", str(reports))[0] == 1


def test_demo_reads_the_examples_and_says_where_the_ledger_lies(run: Run, reports: Path) -> None:
    status, out, _ = run("demo", "--examples", str(reports))
    assert status == 0
    assert "4 claims of 1 named voice and 1 outlet in 2 reports, in " in out
    assert "The ledger is .fogline/demo/ledger.duckdb." in out
    assert "read on an earlier run" in run("demo", "--examples", str(reports))[1]
    status, _, err = run("demo", "--examples", "nowhere")
    assert status == 1 and "There is no folder nowhere here" in err


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("claims",), 1, "There is no ledger at .fogline/ledger.duckdb. Make one with `fogline add"),
        (("claims", "--ledger", "x.duckdb"), 1, "There is no ledger at x.duckdb"),
        (("claims", "--event", "CAPTUR"), 2, "Did you mean CAPTURE?"),
        (("claims", "--day", "yesterday"), 2, "as in 2022-09-10"),
        (("claims", "--bogus"), 2, "No such option: --bogus"),
        (("claims", "--format", "xml"), 2, "xml"),
        (("claim",), 2, "No such command 'claim'"),
        (("add",), 2, "Missing argument"),
        (("add", "x.txt", "--published", "sunday"), 2, "no day of publication"),
    ],
)
def test_errors_are_one_paragraph_with_a_next_step(
    run: Run, words: tuple[str, ...], status: int, told: str
) -> None:
    if words[0] == "claims" and "--ledger" not in words and status == 2:
        Path("r.txt").write_text(report().text, encoding="utf-8")
        run("add", "r.txt")
    found, out, err = run(*words)
    assert (found, out) == (status, "")
    assert told in err
    assert "Traceback" not in err


def test_debug_shows_the_traceback_wherever_it_stands(run: Run) -> None:
    for words in (("--debug", "claims"), ("claims", "--debug")):
        with pytest.raises(fogline.FoglineError):
            run(*words)


def test_what_was_not_foreseen_is_one_paragraph(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **named: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(fogline.ledger, "connect", broken)
    status, _, err = run("documents")
    assert status == 1
    assert err.startswith(
        "fogline: Something went wrong that Fogline did not foresee (ZeroDivisionError: oh)"
    )
    assert "--debug" in err


def test_words_of_a_report_neither_steer_the_terminal_nor_are_read_as_markup(run: Run) -> None:
    text = "The garrison captured [bold red]Novaya Niva[/] \x1b]0;x\x07 \u202e with :boom: rockets."
    line = json.dumps({"id": "e\x1b[31m", "text": text, "title": "=1+1", "outlet": "[link=x]\u202e"})
    Path("evil.jsonl").write_text(line, encoding="utf-8")
    assert run("add", "evil.jsonl")[0] == 0
    for words in (("claims",), ("documents",), ("voices-of",)):
        out = run(*words)[1]
        assert not set(out) & set("\x1b\x07\u202e")
        assert "[link=x]" in out
    claim = json.loads(run("claims", "-f", "jsonl")[1])
    shown = run("show", claim["id"])[1]
    assert "[bold red]Novaya Niva[/]" in shown and ":boom:" in shown
    assert not set(shown) & set("\x1b\x07\u202e")


SHOWN = """
import itertools, os
from fogline.cli import main
for columns, verb in itertools.product((60, 80, 120, 200), ("claims", "documents", "voices-of")):
    os.environ["COLUMNS"] = str(columns)
    print(f"== {columns} {verb}", flush=True)
    assert main([verb]) == 0
"""


def on_a_terminal(folder: Path, code: str) -> str:
    """Run Python with a terminal as its output, and return what it printed."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color"}
    child = subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 1 << 16):
            pieces.append(piece)
    except OSError:  # the other end is closed
        pass
    assert child.wait() == 0, b"".join(pieces).decode()
    return b"".join(pieces).decode().replace("\r", "")


def test_a_table_fits_the_terminal(filled: Run, tmp_path: Path) -> None:
    from rich.text import Text

    printed = Text.from_ansi(on_a_terminal(tmp_path, SHOWN)).plain
    pages = printed.split("== ")[1:]
    assert len(pages) == 12
    for page in pages:
        head, *lines = page.splitlines()
        columns, verb = head.split()
        assert max(len(line.rstrip()) for line in lines) <= int(columns), page
        assert ("The Courier" if verb == "documents" else "Colonel Orr") in " ".join(page.split()), page


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(run: Run, verb: str) -> None:
    status, out, _ = run(verb, "--help")
    assert status == 0
    assert f"\n    fogline {verb}" in out
    assert "Example" in out


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from fogline.cli import main; main(['--help']);"
        "print(sorted({'duckdb', 'numpy', 'pyarrow', 'pydantic', 'rich', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")
    bare, spent = [], []
    for _ in range(5):
        bare.append(seconds("-c", "pass"))
        spent.append(seconds("-m", "fogline", "--help"))
    assert min(spent) < max(0.3, 12 * min(bare))  # a machine that is busy starts Python itself more slowly


def seconds(*arguments: str) -> float:
    """How long Python takes over these arguments."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    return time.perf_counter() - start


def test_a_reader_who_goes_away_is_no_error(run: Run, tmp_path: Path) -> None:
    lines = (json.dumps({"id": f"r{number}", "text": report().text}) for number in range(150))
    Path("many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("add", "many.jsonl")[0] == 0
    words = [sys.executable, "-m", "fogline", "claims", "-f", "jsonl"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stderr is not None
        assert child.stdout.readline().startswith('{"document":"r0"')
        child.stdout.close()
        assert child.stderr.read() == ""
        assert child.wait() == 0


def test_version(run: Run) -> None:
    assert run("--version")[:2] == (0, f"fogline {fogline.__version__}\n")


def test_ids_are_shortened_only_as_far_as_they_differ() -> None:
    assert shortest(["cabcdefgh1", "cabcdefgh2"]) == 10
    assert shortest(["cabc1", "cabd1"], least=3) == 4
    assert shortest([]) == 8


def test_expected_documents_are_counted_by_files_and_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.jsonl").write_text("{}\n{}\n{}\n", encoding="utf-8")
    assert expected([str(tmp_path), "https://example.org/x"]) == 5
    assert expected(["-", str(tmp_path)]) is None
