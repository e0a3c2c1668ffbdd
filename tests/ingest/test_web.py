"""Fetching from a real server that answers 404, is slow, never stops, or leads astray."""

from __future__ import annotations

import socket
import time
from typing import Any

import msgspec
import pytest

from fogline.errors import FetchError
from fogline.ingest import GatherOptions, Item, Problem, address, gather
from fogline.ingest.web import USER_AGENT, Web

OPEN = GatherOptions(allow_private=True, pause=0.0, max_bytes=200_000)
HASTY = msgspec.structs.replace(OPEN, timeout=0.5, deadline=1.0)


def refusal(url: str, options: GatherOptions = OPEN) -> str:
    with pytest.raises(FetchError) as caught:
        Web(options).fetch(url)
    return str(caught.value)


def test_a_page_comes_with_its_address_type_and_time(site: Any) -> None:
    (item,) = gather([site.url("/page")], options=OPEN)
    assert isinstance(item, Item)
    assert item.bytes().startswith(b"<html><body><p>Shells fell")
    assert (item.name, item.url, item.media) == (site.url("/page"), site.url("/page"), "text/html")
    assert item.headers["content-type"] == "Text/HTML; charset=utf-8"
    assert item.retrieved.tzinfo is not None


def test_the_request_says_who_asks(site: Any) -> None:
    Web(OPEN).fetch(site.url("/page"))
    _, headers = site.requests[0]
    assert headers["User-Agent"] == USER_AGENT
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_a_redirect_is_followed_and_the_final_address_kept(site: Any) -> None:
    item = Web(OPEN).fetch(site.url("/to?/page"))
    assert (item.name, item.url) == (site.url("/to?/page"), site.url("/page"))


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/status?404", "is not there (404). Check the address"),
        ("/status?403", "refuses programs (403). Save the page"),
        ("/status?429", "asked too often (429). Wait"),
        ("/status?503", "fault of its server (503). Try again later"),
        ("/status?418", "status 418 instead of a page"),
        ("/loop", "redirects more than 8 times"),
        ("/to?file:///etc/hostname", "redirects to file:/etc/hostname, which is neither http nor https"),
        ("/told-large", "is larger than the 0.2 MB"),
        ("/endless", "is larger than the 0.2 MB"),
        ("/slow-body", "did not send its whole page within 1 seconds"),
        ("/slow-head", "did not send its whole page within 1 seconds"),
        ("/silent", "did not answer within 0.5 seconds"),
        ("/cut-off", "broke off the connection"),
        ("/not-gzip", "cannot be unpacked"),
    ],
)
def test_what_goes_wrong_is_told_in_time_with_the_address_and_the_next_step(
    site: Any, path: str, part: str
) -> None:
    begun = time.monotonic()
    message = refusal(site.url(path), HASTY if path in ("/slow-body", "/slow-head", "/silent") else OPEN)
    assert time.monotonic() - begun < 5
    assert part in message
    assert site.url(path) in message


def test_a_server_that_is_not_there_is_told(site: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    assert "cannot be connected to" in refusal(url)


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://", "names no host"),
        ("http://[::1", "no valid address"),
        ("http://name:secret@127.0.0.1/", "carries a user name or password"),
        ("http://no-such-host.invalid/", "cannot be found"),
    ],
)
def test_an_address_that_makes_no_sense_is_told(url: str, part: str) -> None:
    message = refusal(url)
    assert part in message
    assert "secret" not in message


def test_loopback_is_refused_by_default_and_never_asked(site: Any) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433"):
        url = site.url("/page", host)
        (problem,) = gather([url])
        assert isinstance(problem, Problem)
        assert problem.object == url
        assert "127.0.0.1, which is not on the public internet" in problem.message
        assert "--allow-private" in problem.message
    assert site.requests == []


def test_a_redirect_into_a_private_network_is_refused(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = address.is_public
    monkeypatch.setattr(address, "is_public", lambda ip: ip == "127.0.0.1" or real(ip))
    closed = GatherOptions(pause=0.0)
    assert Web(closed).fetch(site.url("/page")).url == site.url("/page")
    message = refusal(site.url("/to?http://127.0.0.2:1/secret"), closed)
    assert "(redirected to http://127.0.0.2:1/secret) leads to 127.0.0.2" in message


def test_a_name_is_resolved_once_so_that_a_second_answer_changes_nothing(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name != "news.example":
            return real(host, port, *args, **options)
        asked.append(name)
        return real("127.0.0.1" if len(asked) == 1 else "192.0.2.1", port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    item = Web(OPEN).fetch(site.url("/page", "news.example"))
    assert item.url == site.url("/page", "news.example")
    assert asked == ["news.example"]
    assert site.requests[0][1]["Host"] == f"news.example:{site.port}"


def test_the_next_address_of_a_host_is_tried(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fogline.ingest.web.resolve", lambda *_, **__: ["127.0.0.3", "127.0.0.1"])
    assert Web(OPEN).fetch(site.url("/page", "news.example")).media == "text/html"


def test_a_host_is_not_asked_again_before_the_pause_is_over(site: Any) -> None:
    web = Web(GatherOptions(allow_private=True, pause=0.3))
    web.fetch(site.url("/page"))
    begun = time.monotonic()
    web.fetch(site.url("/page"))
    assert 0.25 < time.monotonic() - begun < 5


def test_one_bad_address_does_not_stop_the_others(site: Any) -> None:
    found = list(gather([site.url("/status?404"), site.url("/page")], options=OPEN))
    assert [type(one) for one in found] == [Problem, Item]
