"""Bytes to text: UTF-8 and marked encodings first, then what the bytes look like."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from ..errors import ReadError
from ..ingest.item import Item

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings of Latin alphabets, and the letters beyond ASCII that their languages use.
_LATIN = {
    "cp1252": "àâäáãåæçèéêëìíîïñòóôõöøœùúûüÿß",
    "cp1250": "áâäăąćčďéęěíîłľĺńňóôöőřŕśšşťţúůüűýźžżß",
    "iso8859_2": "áâäăąćčďéęěíîłľĺńňóôöőřŕśšşťţúůüűýźžżß",
    "cp1254": "âçğıîöşûüé",
}
# Encodings of other scripts; charset-normalizer picks among them.
_SCRIPTS = [
    "cp1251", "koi8_u", "iso8859_5", "cp866", "cp1253", "cp1255", "cp1256", "iso8859_6", "gb18030", "big5",
    "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
# The upper bytes of UTF-16 in Latin, Greek, Cyrillic, Hebrew and Arabic text, and of its punctuation.
_UPPER_BYTES = bytes((0x00, 0x01, 0x03, 0x04, 0x05, 0x06, 0x20))
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
_SAMPLE = 65_536
_LATIN_SHARE = 0.25  # of bytes over 127, below which a text is written in a Latin alphabet
_JUNK = 0.02  # share of NUL and control characters above which bytes are no text
_BROKEN = 0.3  # share of bytes over 127 that may be broken in what is still UTF-8


class Decoded(Struct, frozen=True):
    """Text, the encoding it was in, and a sentence for the user where that was not certain."""

    text: str
    encoding: str
    doubt: str | None = None


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text file.

    Args:
        data: all the bytes.
        name: what to call them in messages.
        declared: an encoding that a server or a page tells, tried after byte order marks.

    Returns:
        The text with line ends as they were, without byte order mark.

    Raises:
        ReadError: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding, name)
    wide = _wide(data)
    if wide:
        return _replacing(data, wide, name)
    if _is_binary(data):
        raise ReadError(
            f"{name} is no text: it looks like a binary file. Convert it to text, HTML or PDF and add that."
        )
    for encoding in filter(None, (declared, "utf-8")):
        text = _strictly(data, encoding)
        if text is not None:
            return Decoded(text, encoding)
    if _mostly_utf8(data):
        return _replacing(data, "utf-8", name)
    legacy = _legacy(data)
    if legacy is None:
        raise ReadError(
            f"{name} is in an encoding that Fogline does not know. Save it as UTF-8, or add the "
            "original if it is no text."
        )
    return Decoded(
        data.decode(legacy, "replace"),
        legacy,
        f"{name} is not UTF-8; it was read as {legacy} by the look of its bytes. "
        "Where letters look wrong, save the file as UTF-8 and add it again.",
    )


def charset(item: Item) -> str | None:
    """Return the encoding that a server tells for an item, None where it tells none."""
    found = _CHARSET.search(item.headers.get("content-type", ""))
    return found.group(1) if found else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _replacing(data: bytes, encoding: str, name: str) -> Decoded:
    text = _strictly(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    text = data.decode(encoding, "replace")
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    return Decoded(
        text,
        encoding,
        f"{name} is broken {encoding.upper()}, first in line {line}: what could not be read "
        "stands as \ufffd. "
        "Save the file anew as UTF-8 from its source and add it again.",
    )


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that unmarked bytes are in: every other byte is one of few there."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = (
        sum(half.count(byte) for byte in _UPPER_BYTES) / len(half) for half in (sample[::2], sample[1::2])
    )
    if odd > 0.9 and even < 0.5:
        return "utf-16-le"
    if even > 0.9 and odd < 0.5:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sample.count(0) + len(_CONTROL.findall(sample)) > _JUNK * len(sample)


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 with some damage, rather than another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    high = len(_HIGH.findall(data))
    return high > broken and broken <= _BROKEN * high


def _legacy(data: bytes) -> str | None:
    """Return the likeliest legacy encoding, None where none fits."""
    start = max(0, next(_HIGH.finditer(data)).start() - 512)
    sample = data[start : start + _SAMPLE]
    if len(_HIGH.findall(sample)) <= _LATIN_SHARE * len(sample):
        return max(_LATIN, key=lambda encoding: _usual(sample, encoding))
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_SCRIPTS).best()
    return best.encoding if best else None


def _usual(sample: bytes, encoding: str) -> int:
    """Count the letters that an encoding's languages use, less the characters that stand for nothing."""
    text = sample.decode(encoding, "replace")  # capitals are left out: one of them is the pound sign
    return sum(text.count(letter) for letter in _LATIN[encoding]) - text.count("\ufffd")
