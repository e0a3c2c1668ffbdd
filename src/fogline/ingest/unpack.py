"""Files that hold many items, and are taken in as those."""

from __future__ import annotations

from collections.abc import Iterator

from .item import Capture, Item, Problem

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".wacz")
_WARC_MEDIA = frozenset(
    ("application/warc", "application/warc+gzip", "application/warc+zstd", "application/x-warc")
)
_WACZ_MEDIA = frozenset(("application/wacz", "application/x-wacz"))


def unpacked(item: Item) -> Iterator[Item | Problem]:
    """Give the captures of a web archive (WARC, WACZ), and any other item as it is.

    The archive's own bytes are not kept: each capture says where in which file, of which hash, it stood.
    """
    if item.suffix == ".wacz" or item.media in _WACZ_MEDIA:
        from .wacz import packed

        yield from packed(item, item.sha256())
    elif item.suffix in (".warc", ".warc.gz", ".warc.zst") or item.media in _WARC_MEDIA:
        from .warc import Archived, captures

        yield from captures(
            Archived(
                name=item.name,
                open=item.open,
                size=item.size(),
                capture=Capture(file=item.name, sha256=item.sha256()),
                found=item.retrieved,
            )
        )
    else:
        yield item
