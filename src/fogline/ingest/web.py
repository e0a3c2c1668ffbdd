"""Pages and files behind http(s) addresses, fetched politely and within limits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from ..errors import FetchError
from .address import resolve
from .deadline import Deadline
from .item import Item
from .options import GatherOptions

if TYPE_CHECKING:
    import ssl

    import httpx

USER_AGENT = "Fogline (reads single reports on request; not a crawler)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5",
    "Accept-Language": "en, *;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ADVICE = {
    401: "asks for a password (401). Save the page in your browser and add the file",
    402: "asks for payment (402). Save the page in your browser and add the file",
    403: "refuses programs (403). Save the page in your browser and add the file",
    404: "is not there (404). Check the address, or look for an archived copy",
    410: "was taken away (410). Look for an archived copy",
    429: "says that it is asked too often (429). Wait some minutes and add it again",
    451: "is blocked for legal reasons (451). Look for an archived copy",
}


# When this process last asked each host, in seconds of time.monotonic(): no host is pressed.
_ASKED: dict[str, float] = {}
_LOCK = threading.Lock()

T = TypeVar("T")


class Web:
    """Fetches addresses, one at a time."""

    def __init__(self, options: GatherOptions) -> None:
        self.options = options

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Item:
        """Fetch one address, following redirects by hand so that each hop is checked.

        Args:
            url: an absolute ``http`` or ``https`` address.
            headers: more headers for the request, as ``If-None-Match``; a 304 is then a ``FetchError``
                with that status.

        Returns:
            The body, decoded from its transfer encoding, with the final address.

        Raises:
            FetchError: the address does not answer in time, with less than the size limit and with
                success, or it or a redirect leads off the public internet.
        """
        with self._client() as client, Deadline(self.options.deadline) as deadline:

            def ask(target: httpx.URL, address: str) -> Item | str:
                return self._ask(client, target, address, url, headers or {}, deadline)

            here = url
            for _ in range(self.options.max_redirects + 1):
                item = self._hop(ask, here, url, deadline)
                if isinstance(item, Item):
                    return item
                here = item
        raise FetchError(
            f"{url} redirects more than {self.options.max_redirects} times. "
            "Open it in a browser and add the address where it ends."
        )

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send a body to one address; a redirect is not followed, and what is answered is not read.

        Args:
            url: an absolute ``http`` or ``https`` address.
            body: what to send.
            headers: its type, and whatever else goes with it.

        Raises:
            FetchError: the address does not take it, or is not on the public internet.
        """
        with self._client() as client, Deadline(self.options.deadline) as deadline:

            def send(target: httpx.URL, address: str) -> None:
                request = self._request(client, "POST", target, address, headers, deadline, body)
                response = client.send(request, stream=True)
                response.close()
                if not response.is_success:
                    raise _refusal(f"{url} answers with status {response.status_code}. Check it.", response)

            self._hop(send, url, url, deadline)

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(
            timeout=self.options.timeout,
            trust_env=False,  # the environment's proxies would resolve names by themselves, behind the check
            limits=httpx.Limits(max_keepalive_connections=0),  # two names on one IP address never share TLS
            verify=_trust(),
        )

    def _hop(self, ask: Callable[[httpx.URL, str], T], here: str, url: str, deadline: Deadline) -> T:
        """Ask one address, at the first of its IP addresses that can be connected to."""
        import httpx

        target = _checked(here, url)
        addresses = resolve(
            target.host,
            target.port or (443 if target.scheme == "https" else 80),
            url=url if here == url else f"{url} (redirected to {here})",
            allow_private=self.options.allow_private,
        )
        self._wait(target.netloc.decode("ascii"))
        try:
            for address in addresses:
                try:
                    return ask(target, address)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if address == addresses[-1]:
                        raise
        except httpx.HTTPError as error:
            raise FetchError(_failure(url, error, deadline, self.options)) from error
        raise FetchError(f"The host of {url} has no address. Check the address.")

    def _request(
        self,
        client: httpx.Client,
        method: str,
        target: httpx.URL,
        address: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        body: bytes | None = None,
    ) -> httpx.Request:
        """Make a request to one IP address: the name is only in the Host header and in TLS."""
        own = {"User-Agent": self.options.agent or USER_AGENT, "Host": target.netloc.decode("ascii")}
        return client.build_request(
            method,
            target.copy_with(host=address),
            headers={**_HEADERS, **headers, **own},
            content=body,
            extensions={"sni_hostname": target.raw_host.decode("ascii"), "trace": deadline.watch},
        )

    def _ask(
        self,
        client: httpx.Client,
        target: httpx.URL,
        address: str,
        url: str,
        headers: Mapping[str, str],
        deadline: Deadline,
    ) -> Item | str:
        """Ask one IP address for a page; return what it holds, or the address that it redirects to."""
        request = self._request(client, "GET", target, address, headers, deadline)
        response = client.send(request, stream=True)
        try:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                return str(target.join(location).copy_with(fragment=None))
            if not response.is_success:
                raise _refusal(_status(url, response), response)
            data = self._body(response, url, deadline)
        finally:
            response.close()
        media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Item(
            name=url,
            data=data,
            retrieved=datetime.now(UTC),
            url=str(target),
            media=media or None,
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
        )

    def _body(self, response: httpx.Response, url: str, deadline: Deadline) -> bytes:
        told = response.headers.get("content-length", "")
        limit = self.options.max_bytes
        pieces, size = [], 0
        if not (told.isdigit() and int(told) > limit):
            for piece in response.iter_bytes():
                size += len(piece)
                if size > limit:
                    break
                pieces.append(piece)
            else:
                if deadline.passed:  # the end that came is ours, not the server's
                    raise FetchError(_late(url, self.options))
                return b"".join(pieces)
        raise FetchError(
            f"{url} is larger than the {limit / 1e6:g} MB that are fetched of one page. "
            "Download it yourself and add the file if it is a report."
        )

    def _wait(self, host: str) -> None:
        """Wait until the pause since the last request to the host is over."""
        with _LOCK:
            now = time.monotonic()
            turn = max(now, _ASKED.get(host, now - self.options.pause) + self.options.pause)
            _ASKED[host] = turn
        time.sleep(turn - now)


def _checked(here: str, url: str) -> httpx.URL:
    import httpx

    try:
        target = httpx.URL(here)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{here} is no valid address. Check how it is written.") from error
    if target.scheme not in ("http", "https"):
        raise FetchError(f"{url} redirects to {here}, which is neither http nor https, and was not followed.")
    if not target.host:
        raise FetchError(f"{here} names no host. Check how it is written.")
    if target.userinfo:
        raise FetchError(
            f"The address of {target.host} carries a user name or password, which Fogline neither "
            "sends nor keeps. "
            "Save the page in your browser and add the file."
        )
    return target


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()


def _refusal(message: str, response: httpx.Response) -> FetchError:
    """Return the error for a response that is no success, with what the server tells beside it."""
    return FetchError(message, status=response.status_code, retry_after=response.headers.get("retry-after"))


def _status(url: str, response: httpx.Response) -> str:
    code = response.status_code
    if code == 304:
        return f"{url} has not changed (304)."
    if code in _ADVICE:
        return f"{url} {_ADVICE[code]}."
    if code >= 500:
        return f"{url} answers with a fault of its server ({code}). Try again later."
    return f"{url} answers with status {code} instead of a page. Open it in a browser and add the saved page."


def _late(url: str, options: GatherOptions) -> str:
    return (
        f"{url} did not send its whole page within {options.deadline:g} seconds. "
        "Try again later, or save the page in your browser and add the file."
    )


def _failure(url: str, error: httpx.HTTPError, deadline: Deadline, options: GatherOptions) -> str:
    import httpx

    if deadline.passed:
        return _late(url, options)
    if isinstance(error, httpx.TimeoutException):
        return f"{url} did not answer within {options.timeout:g} seconds. Try again later."
    if isinstance(error, httpx.ConnectError):
        return f"{url} cannot be connected to ({error}). Check the address and your connection."
    if isinstance(error, httpx.DecodingError):
        return (
            f"{url} sent a page that cannot be unpacked ({error}). Save it in your browser and add the file."
        )
    return f"{url} broke off the connection ({error}). Try again later."
