"""Web pages."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from fogline.ingest import Item, Problem
from fogline.model import Document
from fogline.read import Hints, read

NOON = datetime(2022, 9, 11, 12, tzinfo=UTC)
FIRST = "Three people were killed on Monday when shells hit a camp near Marib, the health ministry said."
SECOND = "Residents said that the shelling began at dawn and went on for two hours."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Camp near Marib shelled - The Daily Example</title>
<meta property="og:site_name" content="The Daily Example"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2021-11-15T22:30:00+00:00"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Camp near Marib shelled</h1><p>{FIRST}</p><p>{SECOND}</p>
<p>The <a href="/un">United Nations</a> called for restraint &ndash; “as ever”, one resident said.</p>
</article>
<aside><h2>Read more</h2><ul><li><a href="/1">Storm hits coast</a></li></ul></aside>
<footer>Copyright 2021 The Daily Example. All rights reserved.</footer></body></html>"""


def item(page: str | bytes, **fields: object) -> Item:
    data = page.encode() if isinstance(page, str) else page
    return Item(**{"name": "marib.html", "data": data, "retrieved": NOON, **fields})  # type: ignore[arg-type]


def only(source: Item, hints: Hints | None = None) -> Document:
    (document,) = read(source, hints)
    assert isinstance(document, Document)
    return document


def refusal(source: Item) -> str:
    (problem,) = read(source)
    assert isinstance(problem, Problem)
    assert problem.severity == "error"
    return problem.message


def test_the_article_comes_without_what_stands_around_it() -> None:
    document = only(item(PAGE))
    assert document.text == (
        f"Camp near Marib shelled\n{FIRST}\n{SECOND}\n"
        "The United Nations called for restraint – “as ever”, one resident said."
    )


def test_what_the_page_tells_is_kept() -> None:
    document = only(item(PAGE), Hints(outlet="Other", published=date(2020, 1, 1)))
    assert (document.id, document.title, document.outlet, document.author, document.language) == (
        "marib", "Camp near Marib shelled", "The Daily Example", "Jane Roe", "en",
    )  # fmt: skip
    assert document.published == date(2021, 11, 15)


def test_a_fetched_page_is_named_after_its_address() -> None:
    url = "https://www.daily.example/world/2021/11/camp-shelled.html?ref=x"
    document = only(item(PAGE, name=url, url=url, media="text/html"))
    assert document.id.startswith("daily.example-world-2021-11-camp-shelled.html-")
    assert document.url == url
    assert document.id != only(item(PAGE, name=url, url=url + "y", media="text/html")).id


def test_a_day_in_the_text_is_not_the_day_of_publication() -> None:
    page = f"<html><body><p>{FIRST}</p><p>On 3 May 2019 it was hit too.</p></body></html>"
    assert only(item(page)).published is None


def test_a_short_dispatch_is_an_article() -> None:
    assert only(item(f"<html><body><p>{FIRST}</p></body></html>")).text == FIRST


def test_a_report_of_bullets_without_full_stops_is_an_article() -> None:
    bullets = "".join(
        f"<li>Marib district {n}: five houses destroyed and two wells damaged</li>" for n in range(12)
    )
    assert (
        "Marib district 11: five houses" in only(item(f"<html><body><ul>{bullets}</ul></body></html>")).text
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p></p>",
        "<nav><a href='/'>Home</a></nav><form><input name=u></form><p>Please log in to go on reading.</p>",
        "<noscript>You need to enable JavaScript to run this app in your browser.</noscript>",
        "<ul>"
        + "".join(f"<li><a href='/{n}'>Storm number {n} hits the coast</a></li>" for n in range(60))
        + "</ul>",
    ],
)
def test_a_page_without_article_is_told(body: str) -> None:
    page = f"<html><head><title>Example</title></head><body>{body}</body></html>"
    assert refusal(item(page)).startswith("marib.html has no article that Fogline can find")


@pytest.mark.parametrize(
    "page", ["just words", "<" * 1000, "<div>" * 5000 + "words" + "</div>" * 5000, "<a><p" * 1000]
)
def test_what_is_hardly_html_is_told(page: str) -> None:
    assert "has no article" in refusal(item(page))


def test_an_empty_page_is_told() -> None:
    assert refusal(item("  ")) == "marib.html is empty. Give it a report, or leave it out."


def test_a_page_beyond_the_limit_is_told() -> None:
    assert "more than the 20 million that Fogline reads as one page" in refusal(
        item(b"<p>" + b"x" * 20_000_000)
    )


def test_junk_takes_no_longer_than_its_length() -> None:
    begun = time.monotonic()
    for junk in ("<" * 1_000_000, "<a><p" * 200_000, "&" * 1_000_000, "<meta " + "x" * 1_000_000):
        list(read(item(junk)))
    assert time.monotonic() - begun < 20


def test_the_declared_encoding_is_used() -> None:
    page = PAGE.replace("utf-8", "windows-1251").replace("Residents said", "Жители said")
    data = page.replace("“as ever”", "as ever").encode("cp1251")
    assert "Жители said that the shelling" in only(item(data)).text
    told = item(
        data.replace(b"windows-1251", b"utf-8"), headers={"content-type": "text/html; charset=windows-1251"}
    )
    assert "Жители said that the shelling" in only(told).text
