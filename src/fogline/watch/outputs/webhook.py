"""Alerts as JSON to an address."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence

import msgspec

from ...errors import FetchError
from ...ingest import GatherOptions
from ...ingest.web import Web
from ..address import host_of
from ..alerts import Alert

_OPTIONS = GatherOptions(timeout=10.0, deadline=20.0, pause=0.0, agent="Fogline (alerts)")


class Webhook:
    """Posts one alert at a time; its ``text`` is what chat programs show.

    With a secret, ``X-Fogline-Signature`` is ``sha256=`` and the HMAC-SHA256, in hex, of
    ``X-Fogline-Timestamp``, a dot and the body. ``X-Fogline-Alert`` is the alert's id, which stays the same
    where one has to be sent again.

    Args:
        url: the address; a redirect is not followed.
        secret: what requests are signed with.
        allow_private: let it be off the public internet.
    """

    at_once = 1

    def __init__(self, url: str, *, secret: bytes | None, allow_private: bool) -> None:
        self._url = url
        self._secret = secret
        self._web = Web(msgspec.structs.replace(_OPTIONS, allow_private=allow_private))

    def __call__(self, alerts: Sequence[Alert]) -> None:
        """Post alerts.

        Raises:
            FetchError: the address does not take one, or is not on the public internet.
        """
        for alert in alerts:
            body = msgspec.json.encode(alert)
            headers = {"Content-Type": "application/json", "X-Fogline-Alert": alert.id}
            if self._secret is not None:
                at = str(int(time.time()))
                signed = hmac.new(self._secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
                headers |= {"X-Fogline-Timestamp": at, "X-Fogline-Signature": f"sha256={signed}"}
            try:
                self._web.post(self._url, body, headers)
            except FetchError as error:
                told = str(error).replace(
                    "allow it with --allow-private", "set allow_private: true at this output"
                )
                told = told.replace(self._url, f"{host_of(self._url)}/…")  # its path may be a secret
                raise FetchError(told, status=error.status, retry_after=error.retry_after) from None
