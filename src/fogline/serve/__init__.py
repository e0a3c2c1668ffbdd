"""The server: REST under ``/api/v1`` and the page, over one ledger."""

from .app import Served, create_app
from .gate import Limits, is_loopback
from .tokens import Tokens

__all__ = ["Limits", "Served", "Tokens", "create_app", "is_loopback"]
