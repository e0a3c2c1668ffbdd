"""``fogline watch`` as a user types it."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from site_made import Answer, Site
from stub import StubReader

import fogline.ledger
from fogline.cli import main
from fogline.logs import logger
from fogline.watch import Metrics, serve_metrics

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command in a folder of its own."""
    reader = StubReader()
    monkeypatch.setattr(fogline.ledger, "default_reader", lambda finder=None: reader)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(words)
        return (status, *capsys.readouterr())

    return run


def feeds(site: Site, **more: object) -> None:
    told = {
        "allow_private": True,
        "delay": 0,
        "sources": [{"feed": site.url("/rss"), "name": "news"}],
        **more,
    }
    Path("feeds.yml").write_text(json.dumps(told), encoding="utf-8")


def test_an_example_is_printed_and_is_one(run: Run) -> None:
    status, out, err = run("watch", "--example")
    assert (status, err) == (0, "")
    Path("feeds.yml").write_text(out, encoding="utf-8")
    assert "takes its secret from DESK_SECRET" in run("watch", "feeds.yml", "--once")[2]


def test_mistakes_are_told_a_line_each(run: Run) -> None:
    Path("feeds.yml").write_text("evry: 1m\nsources:\n  - feeed: x\n", encoding="utf-8")
    status, out, err = run("watch", "feeds.yml")
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        "fogline: feeds.yml, line 1: there is no field 'evry'. Did you mean every?",
        "fogline: feeds.yml, line 3: there is no field 'feeed' in sources[1]. Did you mean feed?",
    ]
    assert run("watch")[0] == 2


def test_a_dry_run_prints_what_would_be_fetched_and_once_fetches_it(run: Run, site: Site) -> None:
    site.feed(1, 2)
    feeds(site, alerts=[{"name": "r", "event": "CAPTURE"}])
    status, out, _ = run("watch", "feeds.yml", "--dry-run")
    assert (status, out.splitlines()) == (0, [f"news: {site.url('/r1')}", f"news: {site.url('/r2')}"])
    assert site.asked()["/r1"] == 0
    status, out, err = run("watch", "feeds.yml", "--once")
    assert (status, len(out.splitlines())) == (0, 1)  # one telling, printed twice
    assert "round sources=1 found=2 documents=2 claims=2 alerts=1" in err
    status, out, err = run("watch", "feeds.yml", "--once", "--log", "json")
    assert (status, out) == (0, "")
    assert json.loads(err)["unchanged"] == 1
    assert run("watch", "feeds.yml", "--dry-run")[1] == ""
    assert len(run("documents", "--format", "csv")[1].splitlines()) == 3


def test_the_status_tells_that_every_source_broke(run: Run, site: Site) -> None:
    feeds(site)
    status, _, err = run("watch", "feeds.yml", "--once")
    assert status == 1
    assert "source broke source=news" in err and "is not there (404)" in err


def test_a_report_in_a_feed_cannot_steer_the_terminal(run: Run, site: Site) -> None:
    site.feed(1)
    site.pages["/rss"] = Answer(b"\x1b[31m", 500)
    feeds(site, sources=[{"feed": site.url("/rss"), "name": "n"}, {"folder": "box"}])
    Path("box").mkdir()
    Path("box/\x1b[31m.txt").write_text("The garrison left Stara Niva.", encoding="utf-8")
    _, out, err = run("watch", "feeds.yml", "--once")
    assert "\x1b" not in out + err and "\\x1b[31m.txt" in err


def test_it_goes_on_until_ctrl_c_and_serves_its_figures(tmp_path: Path, site: Site) -> None:
    site.feed(1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {
        "allow_private": True,
        "delay": 0,
        "every": 1,
        "sources": [{"feed": site.url("/rss"), "name": "news"}],
    }
    (tmp_path / "feeds.yml").write_text(json.dumps(told), encoding="utf-8")
    code = (
        f"import sys; sys.path[:0] = {[str(Path(__file__).parents[1] / 'store')]!r}\n"
        "import fogline.ledger; from stub import StubReader; reader = StubReader()\n"
        "fogline.ledger.default_reader = lambda *_: reader\n"
        "from fogline.cli import main\n"
        f"sys.exit(main(['watch', 'feeds.yml', '--metrics', '{port}', '--log', 'json']))"
    )
    child = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: site.asked()["/r1"] == 1)
        site.feed(1, 2)
        wait_for(lambda: site.asked()["/r2"] == 1)
        wait_for(lambda: 'documents_total{outcome="new",source="news"} 2.0' in figures(port))
        text = figures(port)
        child.send_signal(signal.SIGINT)
        assert child.wait(30) == 0
    finally:
        child.kill()
    assert 'fogline_watch_requests_total{outcome="ok",source="news"}' in text
    assert "fogline_watch_ledger_held_seconds_count" in text
    assert child.stderr is not None
    events = [json.loads(line)["event"] for line in child.stderr]
    assert events.count("added") == 2 and "Traceback" not in events


def figures(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return str(answer.read().decode())


def wait_for(done: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("where", "part"),
    [
        ("0.0.0.0:9401", "on this machine alone"),
        ("example.org:9401", "is no address for metrics"),
        ("127.0.0.1:x", "is no address for metrics"),
        ("127.0.0.1:99999", "cannot be served"),
    ],
)
def test_figures_are_served_on_this_machine_alone(where: str, part: str) -> None:
    with pytest.raises(fogline.errors.QueryError, match=part):
        serve_metrics(Metrics(), where)


def test_figures_end_with_the_watch() -> None:
    before = threading.active_count()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve_metrics(Metrics(), str(port))()
    assert threading.active_count() == before


def test_a_log_has_fields_for_people_or_programs() -> None:
    to = io.StringIO()
    logger("human", to).warning("source broke", source="a b", left=1.234, problem="x\x1b\ny", none=None)
    logger("json", to).info("found", new=2, what="x\u202ey")
    human, machine = to.getvalue().splitlines()
    assert human[9:] == 'warning: source broke source="a b" left=1.23 x\\x1b y'
    assert "\\u202e" in machine and json.loads(machine)["new"] == 2


def test_two_ledgers_in_one_folder_are_watched_for_apart(run: Run, site: Site) -> None:
    site.feed(1)
    feeds(site)
    for name in ("a.duckdb", "b.duckdb"):
        assert "documents=1" in run("watch", "feeds.yml", "--once", "--ledger", name)[2]
