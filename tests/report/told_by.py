"""Read reports back: the words of a page and of a Markdown text, and what a page is made of."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

_SKIPPED = {"style", "svg", "sup", "nav", "title"}


class Page(HTMLParser):
    """A page: its elements with their attributes, and its words without marks, drawings and the contents."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.told: list[str] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in _SKIPPED or ("class", "back") in attrs:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()
        if tag in {"li", "p", "td", "th", "h1", "h2", "h3", "h4", "figcaption"}:
            self.told.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.told.append(data)

    def values(self, name: str) -> list[str]:
        """Return an attribute's values, in order."""
        return [value for _, attrs in self.elements if (value := attrs.get(name)) is not None]


def words_of_page(text: str) -> list[str]:
    """Return the words that a page shows."""
    return "".join(Page(text).told).split()


def tokens(text: str) -> list[str]:
    """Return the kinds of Markdown's elements that a text has, HTML included, as CommonMark reads it."""
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
        found.append(token.type)
        found += [child.type for child in token.children or ()]
    return found


def words_of_markdown(text: str) -> list[str]:
    """Return the words that a Markdown text shows, without marks of notes and drawings."""
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"(?: ?\[\^\d+\](?!:))+", "", text)
    text = re.sub(r"^\[\^\d+\]: ", "", text, flags=re.MULTILINE)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return words_of_page(html)
