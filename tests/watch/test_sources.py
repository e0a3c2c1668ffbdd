"""Feeds, sitemaps, folders and mailboxes: what they tell of, and what hostile ones do not do."""

from __future__ import annotations

import gzip
import mailbox
import time
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_made import rss

from fogline.errors import ReadError, SourceError
from fogline.ingest import Item, Problem
from fogline.watch.address import canonical, name_of
from fogline.watch.sources import feed, folder, mail, sitemap

HERE = "https://courier.example/map"
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def item(data: bytes | str, url: str = HERE, **headers: str) -> Item:
    raw = data.encode() if isinstance(data, str) else data
    return Item(name=url, url=url, data=raw, retrieved=datetime.now(UTC), headers=headers)


def test_rss_tells_of_links_with_title_day_and_all_their_names() -> None:
    entry = {
        "link": "/news/1?utm_source=x",
        "guid": "tag:g1",
        "title": "One &amp; two",
        "date": "Sun, 11 Sep 2022 23:30:00 -0500",
    }
    (found,) = feed.entries(item(rss(entry)))
    assert found.place == "https://courier.example/news/1"
    assert found.names == ("at:courier.example/news/1", f"id:{HERE} tag:g1")
    assert (found.title, found.published) == ("One & two", date(2022, 9, 12))


def test_atom_tells_when_an_entry_changed() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><link href="https://a.example/1"/>'
        "<published>2022-09-11T10:00:00Z</published><updated>{}</updated></entry></feed>"
    )
    (first,) = feed.entries(item(text.format("2022-09-11T10:00:00Z")))
    (later,) = feed.entries(item(text.format("2022-09-12T10:00:00Z")))
    assert first.mark != later.mark
    assert first.published == later.published == date(2022, 9, 11)


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/x", "http://", ""]
)
def test_only_links_of_the_web_are_followed(link: str) -> None:
    assert feed.entries(item(rss({"link": link, "title": "x"}), url="file:///x")) == []


def test_a_feed_that_is_the_name_of_a_file_is_no_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(rss({"link": "https://a.example/1"}))
    with pytest.raises(ReadError, match="is no feed"):
        feed.entries(item(str(file)))


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "]><rss "
        "version='2.0'><channel><item><title>&j;</title><link>https://a.example/1</link></item></channel></rss>",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss "
        "version='2.0'><channel><item>"
        "<title>&e;</title><link>https://a.example/1</link></item></channel></rss>",
        "<rss version='2.0'><channel>" + "<item><a>" * 20_000,
        "<rss version='2.0'><channel><item><title>" + "<![CDATA[<b>" * 20_000,
    ],
)  # fmt: skip
def test_a_hostile_feed_is_read_or_refused_soon_and_small(text: str) -> None:
    begun = time.monotonic()
    try:
        found = feed.entries(item(text))
    except ReadError:
        found = []
    assert time.monotonic() - begun < 20
    assert all(len(one.title or "") <= 2000 and "root:" not in (one.title or "") for one in found)


@pytest.mark.parametrize(
    "dtd", ["<!ENTITY e SYSTEM 'file:///etc/passwd'>", "<!ENTITY e SYSTEM 'http://127.0.0.1:9/'>"]
)
def test_a_sitemap_reaches_for_nothing(dtd: str) -> None:
    text = f"<!DOCTYPE x [{dtd}]><urlset><url><loc>https://courier.example/&e;</loc></url></urlset>"
    assert [one.place for one in sitemap.entries(item(text))] in ([], ["https://courier.example/"])


def test_a_sitemap_with_a_bomb_is_small_or_refused() -> None:
    text = BOMB + "]><urlset><url><loc>https://courier.example/&j;</loc></url></urlset>"
    begun = time.monotonic()
    try:
        assert len(sitemap.entries(item(text))) <= 1
    except ReadError as error:
        assert "is no sitemap that can be read" in str(error)
    assert time.monotonic() - begun < 5


def test_a_sitemap_tells_of_its_own_host_only() -> None:
    text = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://www.courier.example/a</loc><lastmod>2022-09-11</lastmod><news:news>"
        "<news:publication_date>2022-09-10T08:00:00+02:00</news:publication_date>"
        "<news:title>Title</news:title></news:news></url>"
        "<url><loc>https://elsewhere.example/b</loc></url><url><loc>http://[</loc></url><url/></urlset>"
    )
    (found,) = sitemap.entries(item(text))
    assert (found.place, found.mark, found.title) == ("https://www.courier.example/a", "2022-09-11", "Title")
    assert found.published == date(2022, 9, 10)


def test_a_packed_sitemap_is_unpacked_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"<urlset><url><loc>https://courier.example/a</loc></url></urlset>"
    assert len(sitemap.entries(item(gzip.compress(text)))) == 1
    monkeypatch.setattr(sitemap, "LARGEST", 10_000)
    with pytest.raises(ReadError, match="is larger than"):
        sitemap.entries(item(gzip.compress(b"x" * 1_000_000)))
    with pytest.raises(ReadError, match="cannot be unpacked"):
        sitemap.entries(item(b"\x1f\x8bnonsense"))


@pytest.mark.parametrize("text", ["", "<html><body>", "<html><body/></html>", "<a>" * 100_000, "\x00", "{}"])
def test_what_is_no_sitemap_is_told(text: str) -> None:
    with pytest.raises(ReadError, match="is no sitemap"):
        sitemap.entries(item(text))


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"<rss version='2.0'><channel><item>", b"<urlset><url><loc>", b""]),
)
def test_junk_is_entries_or_an_error_of_ours(data: bytes, head: bytes) -> None:
    for entries in (feed.entries, sitemap.entries):
        try:
            found = entries(item(head + data))
        except ReadError:
            continue
        assert all(one.place.startswith("http") and one.names for one in found)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_addresses_of_any_form_have_a_name(text: str) -> None:
    assert name_of(f"https://a.example/{text}").startswith("at:")


def test_one_page_has_one_name() -> None:
    same = [
        "http://www.a.example/x/",
        "https://a.example/x",
        "https://A.example/x?utm_medium=rss&fbclid=1#top",
    ]
    assert {name_of(url) for url in same} == {"at:a.example/x"}
    assert canonical("https://a.example/x?id=2&a=1") == "https://a.example/x?a=1&id=2"


def test_a_folder_tells_of_reports_and_of_changes(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "a.txt"
    file.write_text("one")
    (tmp_path / "x.exe").write_text("two")
    ((entry, found),) = folder.entries(tmp_path)  # type: ignore[misc]
    assert found.name == str(file)
    file.write_text("three")
    ((again, _),) = folder.entries(tmp_path)  # type: ignore[misc]
    assert (again.names, again.mark == entry.mark) == (entry.names, False)


def test_a_folder_that_is_not_there_is_told_and_an_empty_one_is_well(tmp_path: Path) -> None:
    assert [*folder.entries(tmp_path)] == []
    with pytest.raises(SourceError, match="There is no folder"):
        [*folder.entries(tmp_path / "none")]


def letter(subject: str, id: str | None = None) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, "f@example.org"
    if id:
        made["Message-ID"] = f"<{id}>"
    made.set_content(f"The garrison captured Novaya Niva, {subject}.\n")
    return made.as_bytes()


@pytest.mark.parametrize("kind", ["maildir", "mbox", "eml"])
def test_a_mailbox_tells_of_its_messages(tmp_path: Path, kind: str) -> None:
    box = tmp_path / "box"
    if kind == "eml":
        box.mkdir()
        (box / "one.eml").write_bytes(letter("one", "1@a"))
        (box / "two.eml").write_bytes(letter("two"))
        (box / "note.txt").write_bytes(b"no mail")
    else:
        made = mailbox.Maildir(box) if kind == "maildir" else mailbox.mbox(box)
        made.add(letter("one", "1@a"))
        made.add(letter("two"))
        made.flush()
        made.close()
    found = [*mail.entries(box)]
    assert len(found) == 2
    assert {entry.names[0] for entry, _ in found} >= {"mid:1@a"}  # type: ignore[misc]
    assert all(one.media == "message/rfc822" and b"garrison" in one.bytes() for _, one in found)  # type: ignore[misc]


def test_a_message_keeps_its_name_when_it_is_read_and_moved(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "box")
    key = box.add(letter("one"))
    before = [entry.names for entry, _ in mail.entries(tmp_path / "box")]  # type: ignore[misc]
    message = box[key]
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message
    assert [entry.names for entry, _ in mail.entries(tmp_path / "box")] == before  # type: ignore[misc]


def test_a_mailbox_that_is_not_there_or_too_large_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SourceError, match="There is no mailbox"):
        [*mail.entries(tmp_path / "none")]
    (tmp_path / "big.eml").write_bytes(letter("one") * 50)
    monkeypatch.setattr(mail, "LARGEST", 1000)
    (problem,) = mail.entries(tmp_path)
    assert isinstance(problem, Problem) and "is larger than" in problem.message
