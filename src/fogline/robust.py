"""Keep one document that breaks a reader from ending the reading of all others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .errors import FoglineError
from .model import Document

T = TypeVar("T")


def in_order(
    read_all: Callable[[Iterable[Document]], Iterator[T]], documents: Iterable[Document]
) -> Iterator[tuple[Document, T | Exception]]:
    """Give each document with what a streaming reader finds in it, or with the error it broke on.

    Where the reader breaks, the documents it held are read again one by one, and the stream goes on.

    Args:
        read_all: reads documents in order, as they come, one result each.
        documents: the documents, taken no further ahead than the reader does.

    Raises:
        FoglineError: the reader itself cannot work (a model is missing); nothing is read on.
        Exception: whatever the documents' own source broke on, after what it gave was read.
    """
    source = iter(documents)
    held: deque[Document] = deque()
    broken: list[Exception] = []

    def watched() -> Iterator[Document]:
        while not broken:
            try:
                document = next(source, None)
            except Exception as error:
                broken.append(error)
                return
            if document is None:
                return
            held.append(document)
            yield document

    through = False
    while not through:
        try:
            for result in read_all(watched()):
                yield held.popleft(), result
            through = True
        except FoglineError:
            raise
        except Exception:
            if not held:
                raise
        while held:
            document = held.popleft()
            yield document, _alone(read_all, document)
    if broken:
        raise broken[0]


def _alone(read_all: Callable[[Iterable[Document]], Iterator[T]], document: Document) -> T | Exception:
    try:
        return next(iter(read_all([document])))
    except FoglineError:
        raise
    except Exception as error:
        return error
