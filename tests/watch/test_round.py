"""A watch against a real server that changes, breaks, redirects, slows down and never ends."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from pathlib import Path

import pytest
from site_made import Answer, Make, Site, page, rss

OTHER = """
import time, fogline
from fogline.errors import LedgerBusyError
for _ in range(500):
    try:
        with fogline.connect("l.duckdb", read_only=True) as ledger:
            found = [one.title for one in ledger.documents()]
        if found:
            print(*found, end="")
            break
    except LedgerBusyError:
        pass
    time.sleep(0.05)
"""


def one(site: Site, path: str = "/rss", **more: object) -> str:
    return str({"sources": [{"feed": site.url(path), **more}]})


def test_what_a_feed_tells_of_is_added_and_linked_once(site: Site, desk: Make) -> None:
    site.feed(1, 2)
    watch = desk(one(site))
    assert (watch.round().documents, watch.round().documents) == (2, 0)
    assert watch.documents() == ["Report 1", "Report 2"]
    with watch.ledger() as ledger:
        assert len(ledger.events()) >= 1
        assert {found.url for found in ledger.documents()} == {site.url("/r1"), site.url("/r2")}
    assert site.asked() == {"/robots.txt": 1, "/rss": 2, "/r1": 1, "/r2": 1}


def test_the_second_time_a_feed_is_asked_for_only_if_it_changed(site: Site, desk: Make) -> None:
    site.feed(1)
    watch = desk(one(site))
    watch.round()
    assert watch.round().unchanged == 1
    assert "If-None-Match" in site.requests[-1][2]
    site.feed(1, 2)
    assert watch.round().documents == 1


def test_a_restart_goes_on_where_it_was(site: Site, desk: Make) -> None:
    site.feed(1)
    desk(one(site)).round()
    assert desk(one(site)).round().unchanged == 1
    assert site.asked()["/r1"] == 1


def test_a_source_that_breaks_is_told_and_left_alone_and_the_others_go_on(site: Site, desk: Make) -> None:
    site.feed(1, path="/good")
    site.pages |= {"/500": Answer("", 500), "/html": page("Not a feed."), "/junk": b"\x00\xff" * 50}
    broken = ["/500", "/html", "/junk", "/404"]
    sources = [{"feed": site.url(path)} for path in [*broken, "/good"]]
    watch = desk(str({"sources": sources}))
    done = watch.round()
    assert (done.broken, done.documents) == (4, 1)
    told = watch.log.named("source broke")
    assert {fields["source"] for fields in told} == {f"{site.host}{path}" for path in broken}
    assert all(fields["again_in_s"] > 500 for fields in told)
    assert watch.round().sources == 1
    site.feed(2, path="/500")
    watch.later()
    assert watch.round().documents == 1
    assert watch.log.named("answers again") == [{"source": f"{site.host}/500", "after_failures": 1}]


def test_each_failure_is_waited_for_longer(site: Site, desk: Make) -> None:
    watch = desk(one(site))
    for _ in range(4):
        watch.round()
        watch.later()
    waits = [fields["again_in_s"] for fields in watch.log.named("source broke")]
    assert all(later > 1.4 * sooner for sooner, later in itertools.pairwise(waits))


def test_a_host_that_asks_to_be_left_alone_is_left_alone(site: Site, desk: Make) -> None:
    site.feed(1, 2, 3)
    site.pages["/r2"] = Answer("", 429, Retry_After="120")
    watch = desk(one(site))
    watch.round()
    first = site.asked()
    watch.round()
    assert site.asked() == first
    site.pages["/r2"] = page("The garrison left Stara Niva. " * 3, title="Report 2")
    watch.state.run("UPDATE items SET due = 0")
    watch.state.run("UPDATE sources SET due = 0")
    watch.round()
    assert site.asked() == first
    watch.later()
    watch.round()
    assert watch.documents() == ["Report 1", "Report 2", "Report 3"]


def test_a_redirect_is_followed_and_where_it_ends_is_known(site: Site, desk: Make) -> None:
    site.feed(1)
    site.pages["/go"] = Answer("", 302, Location="/r1")
    site.pages["/rss"] = rss({"link": site.url("/r1")}, {"link": site.url("/go")})
    watch = desk(one(site))
    assert watch.round().documents == 1
    assert watch.documents() == ["Report 1"]


def test_what_never_ends_is_cut_off_and_the_rest_goes_on(site: Site, desk: Make) -> None:
    site.feed(1, 2)
    site.pages["/r1"] = lambda: "endless"
    watch = desk(str({"deadline": 1, "sources": [{"feed": site.url("/rss")}]}))
    begun = time.monotonic()
    assert watch.round().documents == 1
    assert time.monotonic() - begun < 8
    assert any("did not send its whole page within 1 seconds" in told for told in watch.log.problems())


def test_a_private_address_is_refused_unless_the_file_allows_it(site: Site, desk: Make) -> None:
    site.feed(1)
    watch = desk(str({"allow_private": False, "sources": [{"feed": site.url("/rss"), "robots": False}]}))
    assert watch.round().broken == 1
    assert "set allow_private: true in the feeds file" in watch.log.problems()[0]
    assert site.requests == []


def test_robots_txt_is_heeded_and_asked_for_once(site: Site, desk: Make) -> None:
    site.feed(1, 2)
    site.pages["/robots.txt"] = Answer("User-agent: Fogline\nDisallow: /r1\n")
    watch = desk(one(site))
    assert watch.round().documents == 1
    watch.later()
    watch.round()
    assert site.asked() == {"/robots.txt": 1, "/rss": 2, "/r2": 1}
    (told,) = watch.log.problems()
    assert "does not let programs ask for" in told and "robots: false" in told


def test_a_site_without_its_robots_txt_is_not_asked_and_one_may_say_otherwise(site: Site, desk: Make) -> None:
    site.feed(1)
    site.pages["/robots.txt"] = Answer("", 503)
    watch = desk(one(site))
    assert watch.round().broken == 1
    assert "/robots.txt could not be had" in watch.log.problems()[0]
    assert site.asked() == {"/robots.txt": 1}
    assert desk(one(site, robots=False)).round(all_sound=False).documents == 0  # it waits after the failure
    other = desk(one(site, robots=False))
    other.later()
    assert other.round().documents == 1


def test_one_request_at_a_time_goes_to_a_host_with_a_pause(site: Site, desk: Make) -> None:
    site.feed(1, 2)
    site.feed(3, path="/other")
    sources = [{"feed": site.url("/rss")}, {"feed": site.url("/other")}]
    watch = desk(str({"delay": 0.2, "sources": sources}))
    watch.round()
    times = [at for *_, at in site.requests]
    assert len(times) == 6
    assert site.most == 1
    assert all(later - sooner >= 0.19 for sooner, later in itertools.pairwise(times))


def test_hosts_are_asked_beside_each_other(desk: Make) -> None:
    sites = [Site("127.0.0.1"), Site("127.0.0.2"), Site("127.0.0.3")]
    try:
        for number, site in enumerate(sites):
            site.feed(number)
            body = site.pages[f"/r{number}"]
            site.pages[f"/r{number}"] = lambda body=body: (time.sleep(0.7), body)[1]
        watch = desk(str({"sources": [{"feed": site.url("/rss")} for site in sites]}))
        begun = time.monotonic()
        assert watch.round().documents == 3
        times = [site.requests[-1][-1] for site in sites]
        assert max(times) - min(times) < 0.7
        assert time.monotonic() - begun < 10
    finally:
        for site in sites:
            site.close()


def test_the_budget_ends_a_round_and_survives_a_restart(site: Site, desk: Make) -> None:
    site.feed(1, 2, 3, 4)
    feeds = str({"budget": {"documents": 2}, "sources": [{"feed": site.url("/rss")}]})
    assert desk(feeds).round().documents == 2
    watch = desk(feeds)
    assert watch.round().documents == 0
    assert watch.log.named("budget spent")
    watch.state.run("UPDATE spent SET at = at - 3700")
    assert watch.round().documents == 2


def test_bytes_and_requests_are_budgeted(site: Site, desk: Make) -> None:
    site.feed(1, 2)
    feeds = {"budget": {"requests": 3}, "sources": [{"feed": site.url("/rss")}]}
    desk(str(feeds)).round()
    assert sum(site.asked().values()) == 3
    site.pages["/large"] = b"x" * 50_000
    small = desk(str({"budget": {"megabytes": 0.01}, "sources": [{"feed": site.url("/large")}]}))
    assert small.round().broken == 1
    assert "is larger than the 0.0" in small.log.problems()[0]


def test_one_page_under_several_addresses_is_fetched_once(site: Site, desk: Make) -> None:
    site.feed(1)
    same = site.url("/r1")
    site.pages["/a"] = rss({"link": f"{same}?utm_source=rss#top", "guid": "x"}, {"link": same})
    site.pages["/b"] = rss({"link": f"{same}/"}, {"link": site.url("/moved"), "guid": "y"})
    site.pages["/moved"] = page("They captured Stara Niva. " * 4)
    sources = [{"feed": site.url("/a")}, {"feed": site.url("/b")}]
    watch = desk(str({"sources": sources}))
    assert watch.round().documents == 2
    assert site.asked()["/r1"] == 1
    site.pages["/b"] = rss({"link": site.url("/moved-again"), "guid": "y"})
    watch.round()
    assert site.asked()["/moved-again"] == 0


def test_the_same_bytes_are_read_once(site: Site, desk: Make) -> None:
    site.feed(1)
    site.pages["/copy"] = site.pages["/r1"]
    site.pages["/rss"] = rss({"link": site.url("/r1")}, {"link": site.url("/copy")})
    watch = desk(one(site))
    assert watch.round().documents == 1
    assert len(watch.reader.read) == 1


def test_a_page_that_changes_is_handed_on_again_at_the_ages_told(site: Site, desk: Make) -> None:
    site.feed(1)
    watch = desk(one(site, revisit=["1h", "2h"]))
    watch.round()
    watch.round()
    assert site.asked()["/r1"] == 1
    watch.later()
    assert watch.round().documents == 0
    assert "If-None-Match" in site.requests[-1][2]
    site.pages["/r1"] = page(
        "The garrison left Novaya Niva, Colonel Orr said. " * 3, title="Report 1, changed"
    )
    watch.later()
    assert watch.round().documents == 1
    watch.later()
    watch.round()
    assert site.asked()["/r1"] == 3
    with watch.ledger() as ledger:
        assert {claim.event for claim in ledger.claims()} >= {"WITHDRAW"}


def test_an_entry_that_tells_of_a_change_is_fetched_again(site: Site, desk: Make) -> None:
    site.feed(1)
    entry = {"link": site.url("/r1"), "guid": "g"}
    site.pages["/rss"] = rss({**entry, "date": "Sun, 11 Sep 2022 10:00:00 GMT"})
    watch = desk(one(site))
    watch.round()
    site.pages["/r1"] = page("The garrison left Novaya Niva, Colonel Orr said. " * 3, title="Report 1")
    site.pages["/rss"] = rss({**entry, "date": "Sun, 11 Sep 2022 15:00:00 GMT"})
    assert watch.round().documents == 1
    assert site.asked()["/r1"] == 2


def test_a_page_that_is_gone_is_given_up_and_one_that_fails_is_tried_again(site: Site, desk: Make) -> None:
    site.feed(1, 2)
    del site.pages["/r1"]
    site.pages["/r2"] = Answer("", 500)
    watch = desk(one(site))
    for _ in range(8):
        watch.round()
        watch.later()
    assert (site.asked()["/r1"], site.asked()["/r2"]) == (2, 6)
    assert len(watch.log.named("given up")) == 2
    assert watch.documents() == []


def test_the_first_visit_takes_no_more_than_the_backlog(site: Site, desk: Make) -> None:
    site.feed(*range(6))
    watch = desk(one(site, backlog=2))
    assert watch.round().documents == 2
    assert watch.round().documents == 0
    site.feed(*range(8))
    assert watch.round().documents == 2
    assert watch.documents() == ["Report 0", "Report 1", "Report 6", "Report 7"]


def test_a_page_that_holds_no_report_is_told_and_not_asked_for_again(site: Site, desk: Make) -> None:
    site.feed(1)
    site.pages["/r1"] = b"<html><body><form><input></form></body></html>"
    watch = desk(one(site))
    assert watch.round().failed == 1
    assert "has no article" in watch.log.problems()[0]
    watch.later()
    watch.round()
    assert site.asked()["/r1"] == 1


def test_a_ledger_that_is_held_is_waited_for_and_nothing_is_lost(
    site: Site, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fogline.errors import LedgerBusyError

    site.feed(1)
    watch = desk(one(site))

    def busy(*_: object, **__: object) -> None:
        raise LedgerBusyError("The ledger is held by process 4711.")

    with monkeypatch.context() as patched:
        patched.setattr("site_made.connect", busy)
        assert watch.round().busy
    assert "What was fetched is kept" in watch.log.problems()[0]
    assert watch.round().documents == 1
    assert site.asked()["/r1"] == 1


def test_others_may_read_between_two_writes(site: Site, desk: Make, tmp_path: Path) -> None:
    site.feed(1, 2)
    seen: list[str] = []
    body = site.pages["/r2"]

    def reading() -> bytes:
        """Answer once another process has read what came of the first page."""
        seen.append(
            subprocess.run(
                [sys.executable, "-c", OTHER], cwd=tmp_path, capture_output=True, text=True, timeout=60
            ).stdout
        )
        return body

    site.pages["/r2"] = reading
    watch = desk(str({"deadline": 60, "sources": [{"feed": site.url("/rss")}]}))
    assert watch.round().documents == 2
    assert seen == ["Report 1"]


def test_text_that_stands_in_the_feed_is_taken_from_it(site: Site, desk: Make) -> None:
    text = "The garrison captured Novaya Niva, Colonel Orr said. " * 4
    site.pages["/rss"] = rss(
        {
            "link": site.url("/r1"),
            "title": "From the feed",
            "text": text,
            "date": "Sun, 11 Sep 2022 10:00:00 GMT",
        }
    )
    watch = desk(one(site, content="entry"))
    assert watch.round().documents == 1
    assert site.asked()["/r1"] == 0
    assert watch.documents() == ["From the feed"]
    assert watch.round().documents == 0


def test_a_sitemap_and_its_index_are_watched(site: Site, desk: Make) -> None:
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    site.feed(1, 2, 3)
    site.pages["/map1"] = (
        head + "".join(f"<url><loc>{site.url(f'/r{n}')}</loc></url>" for n in (1, 2)) + "</urlset>"
    )
    site.pages["/map2"] = (
        f"{head}<url><loc>{site.url('/r3')}</loc></url><url><loc>http://other.example/x</loc></url></urlset>"
    )
    site.pages["/map"] = (
        "<sitemapindex>"
        + "".join(f"<sitemap><loc>{site.url(f'/map{n}')}</loc></sitemap>" for n in (1, 2))
        + "</sitemapindex>"
    )
    watch = desk(str({"sources": [{"sitemap": site.url("/map"), "match": "*/r*"}]}))
    assert watch.round().documents == 3
    site.feed(4)
    site.pages["/map2"] = f"{head}<url><loc>{site.url('/r4')}</loc></url></urlset>"
    site.pages["/map"] = site.pages["/map"].replace("</sitemapindex>", "<!-- new --></sitemapindex>")
    watch.later()
    assert watch.round().documents == 1


def test_a_survey_fetches_no_page_and_keeps_nothing(site: Site, desk: Make) -> None:
    from fogline.watch import preview

    site.feed(1, 2)
    watch = desk(one(site))
    lines = [*preview(watch.feeds, watch.state, watch.setting, log=watch.log)]
    assert lines == [f"{site.host}/rss: {site.url(f'/r{n}')}" for n in (1, 2)]
    assert site.asked() == {"/robots.txt": 1, "/rss": 1}
    assert watch.round().documents == 2


def test_a_clock_that_jumps_back_keeps_no_source_from_being_looked_at(
    site: Site, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.feed(1)
    watch = desk(one(site, every="10m"))
    watch.round(all_sound=False)
    assert watch.round(all_sound=False).sources == 0
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 5 * 3600)
    assert watch.round(all_sound=False).sources == 1
    monkeypatch.setattr(time, "time", lambda: now + 400 * 86_400)
    assert watch.round(all_sound=False).sources == 1
