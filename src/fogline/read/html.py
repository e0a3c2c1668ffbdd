"""Web pages: the article without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..errors import ReadError
from ..ingest.item import Item, Problem
from ..model import Document
from .encoding import charset, decode
from .fields import day
from .ids import document_id
from .limits import LIMITS, size

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_MODIFIED = re.compile(r'"dateModified"\s{0,9}:\s{0,9}"([^"]{1,80})"')  # of schema.org, in the page's JSON-LD
_SENTENCE = re.compile(r"[.!?…。؟।][\"'”’»)\]]*$")
_HEAD = 4096
# What is left of a page must look like a report, not like a menu or a log-in form.
_ENOUGH_SENTENCES = 25  # words in lines that end as sentences do
_FEW_SENTENCES = 6  # the same, on a page that asks for no input
_ENOUGH_WORDS = 60  # words of any kind


def read(item: Item) -> Iterator[Document | Problem]:
    """Yield the article of a web page, a paragraph a line, with what the page tells about it.

    The publication date and that of the last change are taken from the page's markup or address only, never
    from its text.

    Raises:
        ReadError: the page is empty, too large, or has no article.
    """
    from trafilatura import bare_extraction, load_html

    if item.size() > LIMITS.page:
        raise ReadError(
            f"{item.name} has {size(item.size())} bytes, more than the {size(LIMITS.page)} that "
            "Fogline reads as one "
            "page. Save its text as .txt and add that."
        )
    data = item.bytes()
    if not data.strip():
        raise ReadError(f"{item.name} is empty. Give it a report, or leave it out.")
    declared = _META_CHARSET.search(data[:_HEAD])
    decoded = decode(
        data, item.name, charset(item) or (declared.group(1).decode("ascii") if declared else None)
    )
    tree = load_html(decoded.text.replace("\0", "\ufffd"))
    page = None if tree is None else _Page(tree)
    article: Any = None
    changed: date | None = None
    if tree is not None:
        changed = _changed(tree, decoded.text)
        article = bare_extraction(
            tree,
            url=item.url,
            with_metadata=True,
            include_comments=False,
            prune_xpath="//noscript",
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    text = (article.text or "").replace("\r\n", "\n").replace("\r", "\n") if article else ""
    if page is None or not page.is_article(text):
        raise ReadError(
            f"{item.name} has no article that Fogline can find: it may be a list of links, a "
            "log-in, or a page "
            "that needs JavaScript. Save the report's text as .txt and add that."
        )
    if decoded.doubt:
        yield Problem(object=item.name, message=decoded.doubt, severity="warning")
    published = day(article.date)
    yield Document(
        id=document_id(item),
        text=text,
        title=article.title or None,
        published=published,
        updated=changed if changed and (published is None or changed > published) else None,
        outlet=article.sitename or None,
        author=article.author or None,
        url=item.url or article.url or None,
    )


def _changed(tree: Any, page: str) -> date | None:
    """Return the last day on which a page says it was changed, None where it tells none."""
    from htmldate import find_date

    in_data = _MODIFIED.search(page)
    told = (day(in_data[1]) if in_data else None, day(find_date(tree, extensive_search=False)))
    return max((one for one in told if one is not None), default=None)


class _Page:
    """What can be told of a page before its article is taken out, which changes the tree."""

    def __init__(self, tree: Any) -> None:
        self._links = {" ".join("".join(link.itertext()).split()) for link in tree.iter("a")}
        self._asks = next(tree.iter("input", "textarea"), None) is not None

    def is_article(self, text: str) -> bool:
        """Tell whether a text taken out of the page is a report; lines that are a link do not count."""
        lines = [line for line in map(str.strip, text.splitlines()) if line.lstrip("- ") not in self._links]
        sentences = sum(len(line.split()) for line in lines if _SENTENCE.search(line))
        if sentences >= _ENOUGH_SENTENCES or (sentences >= _FEW_SENTENCES and not self._asks):
            return True
        return sum(len(line.split()) for line in lines) >= _ENOUGH_WORDS
