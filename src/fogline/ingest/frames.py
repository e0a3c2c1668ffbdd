"""The frames of a file that is compressed with Zstandard, each by itself (RFC 8878, 3.1)."""

from __future__ import annotations

import io
from typing import BinaryIO

FRAME = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = bytes.fromhex("2a4d18")  # behind a byte from 0x50 to 0x5f
_DICTIONARY = b"\x5d" + _SKIPPABLE
_MOST_DICTIONARY = 32_000_000  # bytes
_IDENTITY, _SIZE = (0, 1, 2, 4), (0, 2, 4, 8)  # bytes of two fields of the header, by their flags
_CUT_OFF = "it is cut off within a record"


class Frame:
    """The bytes of one frame and no more, to be read once.

    Args:
        stream: the file, behind the four bytes that begin the frame.
        start: where in the file the frame begins.
    """

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self.start = start
        self._given = 0
        flags = _exactly(stream, 1)
        single, checked = bool(flags[0] & 0x20), bool(flags[0] & 0x04)
        size = _SIZE[flags[0] >> 6] or int(single)
        more = _exactly(stream, (not single) + _IDENTITY[flags[0] & 0x03] + size)
        self._ready = FRAME + flags + more
        self._block = 0  # bytes of the block in hand that were not given yet
        self._last = False
        self._trailer = 4 if checked else 0

    def read(self, count: int = -1) -> bytes:
        """Read some bytes; none at the frame's end.

        Raises:
            OSError: the file ends within the frame.
        """
        if not self._ready and not self._block:
            self._advance()
        if self._ready:
            piece, self._ready = self._ready, b""
        elif self._block:
            piece = self._stream.read(min(self._block, count if count > 0 else self._block))
            if not piece:
                raise OSError(_CUT_OFF)
            self._block -= len(piece)
        else:
            return b""
        self._given += len(piece)
        return piece

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._given

    def _advance(self) -> None:
        """Go on to the next block, or to the checksum behind the last."""
        if self._last:
            self._ready, self._trailer = _exactly(self._stream, self._trailer), 0
            return
        self._ready = _exactly(self._stream, 3)
        head = int.from_bytes(self._ready, "little")
        self._last = bool(head & 1)
        self._block = 1 if head >> 1 & 3 == 1 else head >> 3  # a run of one byte is that byte alone


def next_frame(stream: BinaryIO) -> Frame | None:
    """Return the frame that begins here or behind what is to be skipped, None at the file's end.

    Raises:
        OSError: something else stands here.
    """
    while True:
        start = stream.tell()
        head = stream.read(4)
        if head == FRAME:
            return Frame(stream, start)
        if is_skippable(head):
            stream.seek(int.from_bytes(_exactly(stream, 4), "little"), io.SEEK_CUR)
        elif head:
            raise OSError("no compressed record begins where one should")
        else:
            return None


def is_skippable(head: bytes) -> bool:
    """Tell whether four bytes begin a frame that holds no data."""
    return head[1:] == _SKIPPABLE and head[0] >> 4 == 0x5


def dictionary(stream: BinaryIO) -> bytes | None:
    """Return the dictionary at the head of a file, which may be compressed itself.

    None where it has none, or one that cannot be read: frames that need it then say that they are broken.
    """
    from fastwarc.stream_io import ZstdReader

    stream.seek(0)
    if stream.read(4) != _DICTIONARY:
        return None
    size = int.from_bytes(stream.read(4), "little")
    found = stream.read(min(size, _MOST_DICTIONARY))
    if not found.startswith(FRAME):
        return found or None
    try:
        return ZstdReader(io.BytesIO(found)).read(_MOST_DICTIONARY)
    except OSError:
        return None


def _exactly(stream: BinaryIO, count: int) -> bytes:
    found = stream.read(count)
    if len(found) < count:
        raise OSError(_CUT_OFF)
    return found
