"""What a watch counts, in the form of Prometheus."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from ..errors import QueryError

_HELD = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)  # seconds
_ROUND = (1, 5, 15, 60, 300, 900, 3600)


class Metrics:
    """The figures of one watch, in a registry of their own; labels are names from the feeds file."""

    def __init__(self) -> None:
        self.registry = r = CollectorRegistry()
        self.requests = Counter(
            "fogline_watch_requests",
            "Requests: ok, unchanged, refused, failed",
            ["source", "outcome"],
            registry=r,
        )
        self.bytes = Counter("fogline_watch_bytes", "Bytes fetched", ["source"], registry=r)
        self.documents = Counter(
            "fogline_watch_documents", "Documents: new, known, failed", ["source", "outcome"], registry=r
        )
        self.claims = Counter("fogline_watch_claims", "Claims that are new", ["source"], registry=r)
        self.alerts = Counter(
            "fogline_watch_alerts", "Alerts: sent, failed", ["rule", "output", "outcome"], registry=r
        )
        self.waiting = Gauge("fogline_watch_waiting", "What waits: found, held, alerts", ["what"], registry=r)
        self.failures = Gauge(
            "fogline_watch_source_failures", "Failures of a source in a row", ["source"], registry=r
        )
        self.checked = Gauge(
            "fogline_watch_source_checked_timestamp_seconds",
            "When a source last answered",
            ["source"],
            registry=r,
        )
        self.busy = Counter(
            "fogline_watch_ledger_busy", "Times that others held the ledger too long", registry=r
        )
        self.held = Histogram(
            "fogline_watch_ledger_held_seconds", "How long the ledger was held", buckets=_HELD, registry=r
        )
        self.round = Histogram(
            "fogline_watch_round_seconds", "How long a round took", buckets=_ROUND, registry=r
        )


def serve_metrics(metrics: Metrics, where: str) -> Callable[[], None]:
    """Serve figures on this machine alone, and return what ends it.

    Args:
        metrics: the figures.
        where: address and port, as in ``127.0.0.1:9401``; a port alone is on 127.0.0.1.

    Raises:
        QueryError: this is no address of this machine alone, or it is taken.
    """
    address, _, port = where.rpartition(":")
    address = address.strip("[]") or "127.0.0.1"
    try:
        loopback, number = ipaddress.ip_address(address).is_loopback, int(port)
    except ValueError:
        raise QueryError(f"{where!r} is no address for metrics. Write it as in 127.0.0.1:9401.") from None
    if not loopback:
        raise QueryError(
            f"Metrics of a watch are served on this machine alone, and {address} can be reached from others. "
            "Listen on 127.0.0.1, with a proxy before it that asks who comes."
        )
    try:
        server, thread = start_http_server(number, address, metrics.registry)
    except (OSError, OverflowError) as error:
        raise QueryError(f"Metrics cannot be served on {where} ({error}). Give another port.") from None
    return lambda: _end(server, thread)


def _end(server: WSGIServer, thread: Thread) -> None:
    server.shutdown()
    server.server_close()
    thread.join()
