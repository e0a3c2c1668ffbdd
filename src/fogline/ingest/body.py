"""The body of a captured answer: what a server sent, without what it was wrapped in for the way."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol

from ..errors import ReadError

_MOST_CODINGS = 3
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*\r?\n")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_BARE = re.compile(rb"\s{0,64}<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_ALGORITHMS = {"sha1": "sha1", "sha256": "sha256", "sha512": "sha512", "md5": "md5"}


class Body:
    """One body in the forms that it has: as it was sent, without chunks, and without its codings.

    Args:
        sent: the bytes as they were captured.
        headers: the answer's headers, names in lower case.
        most: the most bytes that any of the forms may have.

    Raises:
        ReadError: it cannot be unpacked, or unpacks to more than ``most`` bytes.
    """

    def __init__(self, sent: bytes, headers: Mapping[str, str], *, most: int) -> None:
        self.sent = sent
        self.whole = sent
        chunked = headers.get("transfer-encoding", "").lower() == "chunked"
        if chunked and _CHUNK_SIZE.match(sent):  # many crawlers take the chunks off and leave the header
            self.whole = _read(_chunked, sent, most)
        self.plain = self.whole
        codings = [name.strip() for name in headers.get("content-encoding", "").lower().split(",")]
        for coding in reversed(codings[:_MOST_CODINGS]):
            reader = _reader(coding, self.plain)
            if reader is not None:
                self.plain = _read(reader, self.plain, most)

    def agrees(self, digest: str) -> bool | None:
        """Tell whether a WARC-Payload-Digest is that of the body, None where it names no known algorithm.

        Writers differ in which form they take it of, so that of any counts.
        Source: WARC 1.1 (ISO 28500:2017), 5.8 and 5.9.
        """
        name, _, value = digest.partition(":")
        algorithm = _ALGORITHMS.get(name.strip().lower().replace("-", ""))
        if algorithm is None:
            return None
        told = _digest(value.strip(), hashlib.new(algorithm, usedforsecurity=False).digest_size)
        forms = {id(form): form for form in (self.sent, self.whole, self.plain)}.values()
        return any(hashlib.new(algorithm, form, usedforsecurity=False).digest() == told for form in forms)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


Reader = Callable[[BinaryIO], _Readable]


def _reader(coding: str, data: bytes) -> Reader | None:
    """Return what takes a coding off, None where there is none or the bytes are not in it any more."""
    from fastwarc import stream_io

    if _BARE.match(data):
        return None
    if coding in ("gzip", "x-gzip"):
        return stream_io.GzipReader if data.startswith(_GZIP) else None
    if coding == "deflate":  # meant with a zlib head, often sent without one
        wrapped = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return _deflated if wrapped else _bare_deflated
    if coding == "br":
        return stream_io.BrotliReader
    if coding == "zstd":
        return stream_io.ZstdReader if data.startswith(_ZSTD) else None
    return None


def _chunked(stream: BinaryIO) -> _Readable:
    from fastwarc.stream_io import ChunkedReader

    return ChunkedReader(stream)


def _deflated(stream: BinaryIO) -> _Readable:
    from fastwarc.stream_io import GzipReader

    return GzipReader(stream, zlib=True)


def _bare_deflated(stream: BinaryIO) -> _Readable:
    return _deflated(io.BytesIO(b"\x78\x01" + stream.read()))


def _read(reader: Reader, data: bytes, most: int) -> bytes:
    try:
        found = reader(io.BytesIO(data)).read(most + 1)
    except OSError as error:
        raise ReadError(f"its body cannot be unpacked ({error})") from error
    if len(found) > most:
        raise ReadError(f"its body unpacks to more than {most / 1e6:g} MB")
    return found


def _digest(value: str, size: int) -> bytes | None:
    """Read a digest written in base 16 or base 32, None where it is neither."""
    try:
        if len(value) == 2 * size:
            return bytes.fromhex(value)
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (ValueError, binascii.Error):
        return None
