"""A feeds file: what it may say, and each mistake with its line and what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from fogline.errors import QueryError
from fogline.watch import EXAMPLE, FeedsError, read_feeds

GOOD = "sources:\n  - feed: https://courier.example/rss\n"


def read(tmp_path: Path, text: str) -> list[str]:
    """Return the mistakes in a feeds file, without its name."""
    file = tmp_path / "feeds.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError) as caught:
        read_feeds(file)
    error = caught.value
    told = error.mistakes if isinstance(error, FeedsError) else (str(error),)
    return [one.replace(f"{file}, ", "").replace(f"{file}", "FILE") for one in told]


def test_the_example_is_a_feeds_file_and_every_line_of_it_counts() -> None:
    feeds = read_feeds(EXAMPLE)
    assert [source.kind for source in feeds.sources] == ["feed", "sitemap", "folder", "mail"]
    assert (feeds.every, feeds.sources[0].every, feeds.delay) == (900, 600, 2)
    assert feeds.sources[0].revisit == (3600, 6 * 3600, 86_400)
    assert feeds.alerts[0].event == ("CAPTURE", "WITHDRAW", "CONTROL")
    assert feeds.alerts[1].disputed == ("quantity",)
    mail = feeds.outputs["editors"].mail
    assert mail is not None and mail.to == ("editors@example.org",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("evry: 15m\n" + GOOD, "line 1: there is no field 'evry'. Did you mean every?"),
        (GOOD + "    outlett: X\n", "line 3: there is no field 'outlett' in sources[1]. Did you "
        "mean outlet?"),
        (
            "delay: soon\n" + GOOD,
            "line 1: delay is 'soon', which will not do: write a number of seconds, or one with s, m, h or d "
            "behind it, as in 15m.",
        ),
        ("every: 0\n" + GOOD, "line 1: every is 0.0, which will not do: input should be greater "
        "than or equal to 1."),
        (
            "sources:\n  - feed: courier.example/rss\n",
            "line 2: sources[1].feed is 'courier.example/rss', which will not do: write an address "
            "that begins "
            "with http:// or https://.",
        ),
        (
            GOOD + "    folder: x\n",
            "line 2: sources[1]: a source has one of feed, sitemap, folder, mail; feed and folder "
            "are given here.",
        ),
        ("sources: []\n", "line 1: there is nothing in sources. Give at least one."),
        ("every: 5m\n", "line 1: sources is missing."),
        ("- feed: x\n", "line 1: the file has to be fields with values, as in `fogline watch --example`."),
        (GOOD + "budget: 5\n", "line 3: budget has to be fields with values, as in `fogline watch "
        "--example`."),
        (GOOD + "alerts:\n  - place: Izium\n", "line 4: name is missing in alerts[1]."),
        (
            GOOD + "alerts:\n  - name: all\n",
            "line 4: alerts[1]: it would tell of every claim; give at least a place, side, voice, "
            "event, status, "
            "text, disputed or confirmed.",
        ),
        (
            GOOD + "alerts:\n  - name: a\n    place: Zzyzxtown\n    radius_km: 5\n",
            "line 4: alerts[1]: No place named 'Zzyzxtown' is in the gazetteer, so nothing can be "
            "measured from "
            "it. Give a point instead, as in place: 49.21,37.28 with radius_km: 25.",
        ),
        (
            GOOD + "alerts:\n  - {name: a, place: Izium, to: dsk}\noutputs:\n  desk: {webhook: "
            "'https://x.example'}\n",
            "line 1: the alert 'a' goes to 'dsk'; there are line, desk.",
        ),
        (GOOD + "outputs:\n  d: {}\n", "line 4: outputs.d: an output has one of webhook and mail."),
        (
            GOOD + "outputs:\n  d:\n    mail: {to: a@b.example, sender: c@d.example, user: u, "
            "password_env: P}\n",
            "line 5: outputs.d.mail: a password goes over tls or starttls only.",
        ),
        (GOOD + "  - feed: https://courier.example/rss\n", "line 1: the source "
        "'https://courier.example/rss' is there twice; leave one out, or name it otherwise."),
        (GOOD + "    feed: https://b.example\n", "line 3: 'feed' is there twice. Keep one of them."),
        ("sources: &a\n  - feed: https://a.example/\nalerts: *a\n", "line 1: an alias (*) is used "
        "here. Write it out."),
        ("sources: [\n", "line 2: this is no YAML (did not find expected node content). Check "
        "indents, colons and quotes."),
        ("sources: !!python/object:os.system\n", "line 1: this is no YAML (could not determine a "
        "constructor for the tag 'tag:yaml.org,2002:python/object:os.system'). Check "
        "indents, colons and quotes."),
        ("", "line 1: the file has to be fields with values, as in `fogline watch --example`."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    assert read(tmp_path, text) == [told]


def test_every_mistake_is_told_in_the_order_of_the_lines(tmp_path: Path) -> None:
    told = read(tmp_path, "delay: x\nsources:\n  - foldr: y\ncontact: 'a b'\nevery: z\n")
    assert [one.split(":")[0] for one in told] == ["line 1", "line 3", "line 4", "line 5"]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="`fogline watch --example > feeds"):
        read_feeds(tmp_path / "none.yml")
    assert "is larger than 1,000 kB" in read(tmp_path, "# " + "x" * 1_000_001)[0]
    assert read(tmp_path, "[" * 5000)[0].startswith(("FILE is no feeds file", "line"))
