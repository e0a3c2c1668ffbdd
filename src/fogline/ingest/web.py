"""Pages and files behind http(s) addresses."""

from __future__ import annotations

from ..errors import FetchError
from .item import Item
from .options import GatherOptions


class Web:
    """Fetches addresses, politely and within limits."""

    def __init__(self, options: GatherOptions) -> None:
        self.options = options

    def fetch(self, url: str) -> Item:
        """Fetch one address."""
        raise FetchError(f"{url} cannot be fetched yet. Save the page and add the file.")
