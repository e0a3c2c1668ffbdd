"""The bytes of a WARC, compressed or not: where each record stands, and a bound on what they unpack to."""

from __future__ import annotations

import re
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from .frames import FRAME, Frame, dictionary, is_skippable, next_frame

if TYPE_CHECKING:
    from fastwarc.stream_io import ZstdReader

_PIECE = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_MEMBER = re.compile(rb"\x1f\x8b\x08")
_FRAME = re.compile(re.escape(FRAME))
_RECORD = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
_OVERLAP = 32  # more than a mark is long
_RATIO, _ALWAYS = 100, 500_000_000  # a file may unpack to so many times its size, and to so many bytes
_MEMBER_RATIO, _MEMBER_ALWAYS = 200, 50_000_000  # and so may one member of it


class UnpacksTooMuchError(OSError):
    """What is unpacked grows as nothing honest does."""


class Plain:
    """A WARC that is not compressed, read from a byte of it on."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        stream.seek(start)
        self._stream = stream
        self._start = start

    def read(self, count: int = _PIECE) -> bytes:
        """Read some bytes; none at the end."""
        return self._stream.read(count if count > 0 else _PIECE)

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._stream.tell() - self._start

    def offset(self, position: int) -> int | None:
        """Return where in the file a record stands, by its place in what was read."""
        return self._start + position

    def behind(self, position: int, length: int) -> int:
        """Return where to look for the next record after one of so many bytes."""
        return self._start + position + max(1, length)


class Packed(ABC):
    """A compressed WARC, a member after the other, read from the start of one on.

    Args:
        stream: the file.
        start: the first byte of a member.
        most: how many bytes it may unpack to.
    """

    def __init__(self, stream: BinaryIO, start: int, most: int) -> None:
        stream.seek(start)
        self._stream = stream
        self._given = 0
        self._most = most
        self._member, self._before = start, 0  # the member in hand, and what was given before it
        self._members: dict[int, int] = {}  # what was given before a member, and its place in the file

    @abstractmethod
    def read(self, count: int = _PIECE) -> bytes:
        """Read some bytes; none at the end.

        Raises:
            OSError: the stream is broken or cut off, or a member of it unpacks as nothing honest does.
            UnpacksTooMuchError: it unpacks to more than it may.
        """

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._given

    def offset(self, position: int) -> int | None:
        """Return where in the file the record stands, None where no member begins with it."""
        found = self._members.get(position)
        for before in [key for key in self._members if key <= position]:
            del self._members[before]
        return found

    def behind(self, position: int, length: int) -> int:
        """Return where to look for the next member after the one that was begun last."""
        return self._member + 1

    def _begun(self, place: int) -> None:
        """Note that a member begins at a byte of the file."""
        self._member, self._before = place, self._given
        self._members[self._given] = place

    def _grown(self, count: int, place: int) -> None:
        """Note that so many bytes were unpacked, and that the file was read up to a byte for them."""
        self._given += count
        if self._given > self._most:
            raise UnpacksTooMuchError(f"it unpacks to more than {self._most / 1e6:,.0f} MB")
        unpacked, packed = self._given - self._before, place - self._member
        if unpacked > max(_MEMBER_ALWAYS, _MEMBER_RATIO * packed):
            raise OSError(f"a record unpacks to more than {_MEMBER_RATIO} times its size")


class Gzipped(Packed):
    """A WARC compressed with gzip."""

    def __init__(self, stream: BinaryIO, start: int, most: int) -> None:
        super().__init__(stream, start, most)
        self._next = start  # where in the file what is in hand begins
        self._hand = b""
        self._inflate: zlib._Decompress | None = None

    def read(self, count: int = _PIECE) -> bytes:
        """Read some bytes; none at the end."""
        while True:
            if not self._hand and not self._more():
                if self._inflate is not None:
                    raise OSError("it is cut off within a record")
                return b""
            if self._inflate is None and not self._begin():
                continue
            piece = self._go_on(count if count > 0 else _PIECE)
            if piece:
                return piece

    def _more(self) -> bool:
        self._hand = self._stream.read(_PIECE)
        return bool(self._hand)

    def _begin(self) -> bool:
        """Begin a member, or pass over the zeros between two."""
        bare = self._hand.lstrip(b"\0")
        self._next += len(self._hand) - len(bare)
        self._hand = bare
        if not bare:
            return False
        if len(bare) < len(_GZIP):
            self._hand += self._stream.read(_PIECE)
        if not self._hand.startswith(_GZIP):
            self._member = self._next
            raise OSError("no compressed record begins where one should")
        self._begun(self._next)
        self._inflate = zlib.decompressobj(31)
        return True

    def _go_on(self, count: int) -> bytes:
        assert self._inflate is not None
        try:
            piece = self._inflate.decompress(self._hand, count)
        except zlib.error as error:
            raise OSError(str(error)) from error
        left = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self._next += len(self._hand) - len(left)
        self._hand = left
        if self._inflate.eof:
            self._inflate = None
        self._grown(len(piece), self._next)
        return piece


class Zstandard(Packed):
    """A WARC compressed with Zstandard, with the dictionary that may stand at its head.

    Source: RFC 8878; "Use of Zstandard compression in WARC files", IIPC 2021.
    """

    def __init__(self, stream: BinaryIO, start: int, most: int) -> None:
        self._dictionary = dictionary(stream)
        super().__init__(stream, start, most)
        self._frame: Frame | None = None
        self._reader: ZstdReader | None = None

    def read(self, count: int = _PIECE) -> bytes:
        """Read some bytes; none at the end."""
        from fastwarc.stream_io import ZstdReader

        while True:
            if self._frame is None or self._reader is None:
                self._frame = next_frame(self._stream)
                if self._frame is None:
                    return b""
                self._begun(self._frame.start)
                self._reader = ZstdReader(cast("BinaryIO", self._frame), dictionary=self._dictionary)
            piece = self._reader.read(count if count > 0 else _PIECE)
            self._grown(len(piece), self._frame.start + self._frame.tell())
            if piece:
                return piece
            self._frame = None


def opened(stream: BinaryIO, start: int, size: int) -> Plain | Packed:
    """Return the bytes of a WARC from a record on.

    Args:
        stream: the file.
        start: where the record begins.
        size: the bytes of the whole file.
    """
    kind, _ = _kind(stream)
    return kind(stream, start, max(_ALWAYS, _RATIO * size)) if kind else Plain(stream, start)


def next_record(open: Callable[[], BinaryIO], start: int) -> int | None:
    """Return where the next record of a WARC begins, at a byte or behind it, None where none does."""
    with open() as stream:
        _, mark = _kind(stream)
        begin = max(0, start - 1)  # the end of a line stands before a record
        stream.seek(begin)
        window = b""
        while piece := stream.read(_PIECE):
            window += piece
            found = mark.search(window, 1 if begin < start else 0)
            if found:
                return begin + found.start()
            begin += max(0, len(window) - _OVERLAP)
            start = begin
            window = window[-_OVERLAP:]
    return None


def _kind(stream: BinaryIO) -> tuple[type[Packed] | None, re.Pattern[bytes]]:
    """Return how a file is compressed, by its head, and what its records or members begin with."""
    stream.seek(0)
    head = stream.read(4)
    if head.startswith(_GZIP):
        return Gzipped, _MEMBER
    if head == FRAME or is_skippable(head):
        return Zstandard, _FRAME
    return None, _RECORD
