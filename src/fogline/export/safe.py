"""Make words of a report safe to show: they are anybody's, and may try to be more than words."""

from __future__ import annotations

import re

# Controls (also the upper ones, which terminals obey), what turns the direction of writing, what is not seen,
# line separators, and halves of surrogate pairs.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def printable(text: str) -> str:
    """Return a text on one line, with what would steer a terminal or turn its writing shown as an escape."""
    return _UNSAFE.sub(_escape, " ".join(text.split(" ")).replace("\n", " ").replace("\t", " "))


def printable_lines(text: str) -> str:
    """Return a text as :func:`printable` does, line by line."""
    return "\n".join(printable(line) for line in text.split("\n"))


def json_safe(line: str) -> str:
    """Return a line of JSON that holds the same, with what a terminal would obey written as escapes."""
    return _IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def csv_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.

    Source: OWASP, CSV Injection.
    """
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _escape(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
