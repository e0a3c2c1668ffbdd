"""Addresses as one and the same page has them."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit


def canonical(url: str) -> str:
    """Return an address without what only tells who led there: the fragment, and trackers in the query."""
    from courlan import normalize_url

    try:
        return str(normalize_url(urldefrag(url.strip()).url))
    except ValueError:
        return url.strip()


def name_of(url: str) -> str:
    """Return what an address is known by: with http and https alike, and a slash at the end or none."""
    return "at:" + canonical(url).partition("://")[2].removeprefix("www.").rstrip("/")


def host_of(url: str) -> str:
    """Return scheme, host and port of an address, which is what a robots.txt and a pause hold for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
