"""Pages and files behind http(s) addresses, fetched politely and within limits."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

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


class Web:
    """Fetches addresses, one at a time."""

    def __init__(self, options: GatherOptions) -> None:
        self.options = options

    def fetch(self, url: str) -> Item:
        """Fetch one address, following redirects by hand so that each hop is checked.

        Args:
            url: an absolute ``http`` or ``https`` address.

        Returns:
            The body, decoded from its transfer encoding, with the final address.

        Raises:
            FetchError: the address does not answer in time, with less than the size limit and with
                success, or it or a redirect leads off the public internet.
        """
        import httpx

        client = httpx.Client(
            timeout=self.options.timeout,
            trust_env=False,  # the environment's proxies would resolve names by themselves, behind the check
            limits=httpx.Limits(max_keepalive_connections=0),  # two names on one IP address never share TLS
            verify=_trust(),
        )
        with client, Deadline(self.options.deadline) as deadline:
            here = url
            for _ in range(self.options.max_redirects + 1):
                item = self._hop(client, here, url, deadline)
                if isinstance(item, Item):
                    return item
                here = item
        raise FetchError(
            f"{url} redirects more than {self.options.max_redirects} times. "
            "Open it in a browser and add the address where it ends."
        )

    def _hop(self, client: httpx.Client, here: str, url: str, deadline: Deadline) -> Item | str:
        """Ask one address; return what it holds, or the address that it redirects to."""
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
                    return self._ask(client, target, address, url, deadline)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if address == addresses[-1]:
                        raise
        except httpx.HTTPError as error:
            raise FetchError(_failure(url, error, deadline, self.options)) from error
        raise FetchError(f"The host of {url} has no address. Check the address.")

    def _ask(
        self, client: httpx.Client, target: httpx.URL, address: str, url: str, deadline: Deadline
    ) -> Item | str:
        """Ask one IP address for a page: the name is only in the Host header and in TLS."""
        request = client.build_request(
            "GET",
            target.copy_with(host=address),
            headers={**_HEADERS, "Host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": target.raw_host.decode("ascii"), "trace": deadline.watch},
        )
        response = client.send(request, stream=True)
        try:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                return str(target.join(location).copy_with(fragment=None))
            if not response.is_success:
                raise FetchError(_status(url, response))
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
        last = _ASKED.get(host)
        if last is not None:
            time.sleep(max(0.0, last + self.options.pause - time.monotonic()))
        _ASKED[host] = time.monotonic()


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


def _status(url: str, response: httpx.Response) -> str:
    code = response.status_code
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
