"""Read numbers as reports write them: digits, words, and vague words as ranges."""

from __future__ import annotations

import re
from functools import lru_cache

from .data import data

Range = tuple[float, float]

_FEW = 2.0  # "a few hundred" begin at two
_HUNDRED = 100  # "several dozen" are fewer

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[A-Za-z]+")


@lru_cache(maxsize=1)
def number_pattern() -> str:
    """Return a regular expression (verbose spaces not allowed) that matches one number phrase."""
    table = data("extract/numbers.yml")
    words = "|".join(sorted(table["words"], key=len, reverse=True))
    scales = "|".join(sorted(table["scales"], key=len, reverse=True))
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scaled = rf"(?:{scales})(?: and (?:{words}))?"  # "and" joins after a scale only: "ten and six" are two
    term = rf"(?:{scaled}|{words})"
    more = rf"(?:[ \u00a0\n-]{term})*"
    return (
        rf"(?:(?:half[ -]an?|an?|several|(?:a )?few|(?:a )?couple(?: of)?) {scaled}{more}"
        rf"|half a dozen|(?:{words}){more}(?: and a half)?"
        rf"|(?:{digits})(?: ?(?:{scales})\b)?)"
    )


def number_value(text: str) -> Range | None:
    """Return the range that a number phrase stands for, low equal to high for a plain number.

    Args:
        text: words such as ``twenty-five``, ``1.2 million``, ``half a dozen``, ``several hundred``.

    Returns:
        The range, or None where the words hold no number.
    """
    table = data("extract/numbers.yml")
    words, scales, vague = table["words"], table["scales"], table["vague"]
    low = high = 0.0  # finished groups (thousands and above)
    part: Range | None = None  # the group being read
    half = 1.0
    extra = 0.0
    tokens = _TOKEN.findall(text.casefold())
    for i, token in enumerate(tokens):
        if token[0].isdigit():
            if _DIGITS.fullmatch(token):
                value = float(token.replace(",", ""))
                part = (value, value) if part is None else (part[0] + value, part[1] + value)
        elif token in words:
            value = float(words[token])
            part = (value, value) if part is None else (part[0] + value, part[1] + value)
        elif token in ("a", "an"):
            nxt = tokens[i + 1] if i + 1 < len(tokens) else ""
            if part is None and nxt not in vague and nxt != "half":
                part = (1.0, 1.0)
        elif token == "half":
            if part is not None:
                extra = 0.5
            else:
                half = 0.5
        elif token in scales:
            factor = scales[token] * half
            half = 1.0
            group = part or (1.0, 1.0)
            if group[0] != group[1] and tokens[i - 1] in vague:
                least = _FEW if tokens[i - 1] == "few" else group[0]
                most = group[1] + 1 - 1 / factor  # "several thousand": up to 9,999
                group = (least, min(most, (_HUNDRED - 1) / factor) if factor < _HUNDRED else most)
            if factor >= 1000:
                low, high, part = low + group[0] * factor, high + group[1] * factor, None
            else:
                part = (group[0] * factor, group[1] * factor)
        elif token in vague:
            bounds = vague[token]
            unit = scales.get(token.rstrip("s")) if token.endswith("s") else None
            if part is None:
                part = (float(bounds[0]), float(bounds[1]))
            elif unit is not None:  # "tens of thousands"
                part = (part[0] * unit, part[1] * unit)
        elif token not in ("and", "of", "or", "so"):
            return None
    if part is None and low == high == 0.0 and extra == 0.0:
        return None
    tail = part or (0.0, 0.0)
    return low + tail[0] + extra, high + tail[1] + extra


def ordinal_value(text: str) -> int | None:
    """Return the number of an ordinal (``third``, ``23rd``, ``twenty-first``), None where it is none."""
    table = data("extract/numbers.yml")
    plain = text.casefold().strip()
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", plain)
    if digits:
        return int(digits.group(1))
    head, _, tail = plain.replace(" ", "-").rpartition("-")
    if tail not in table["ordinals"] or (head and head not in table["words"]):
        return None
    return int(table["ordinals"][tail]) + int(table["words"].get(head, 0))
