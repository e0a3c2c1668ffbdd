"""Structured logs: what happened as a word or two, and fields; for people, or as JSON lines."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, Protocol, TextIO

import structlog

from .export.safe import json_safe, printable

Form = Literal["human", "json"]
_LONGEST = 2000  # characters of a field


class Log(Protocol):
    """What takes events with their fields."""

    def info(self, event: str, **fields: Any) -> Any:
        """Write what is as it should be."""

    def warning(self, event: str, **fields: Any) -> Any:
        """Write what somebody should look at."""

    def error(self, event: str, **fields: Any) -> Any:
        """Write what stands in the way."""


def logger(form: Form, to: TextIO) -> Log:
    """Return a log.

    Args:
        form: ``human``, a line with the local time, or ``json``, one object a line with the time in UTC.
        to: where lines go.
    """
    time = (
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time")
        if form == "json"
        else structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False, key="time")
    )
    log: Log = structlog.wrap_logger(
        structlog.PrintLogger(to),
        processors=[structlog.processors.add_log_level, time, _safe, _json if form == "json" else _human],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        cache_logger_on_first_use=False,
    )
    return log


def _safe(_: Any, __: str, fields: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Leave out what is None, and make words of others safe to show."""
    return {
        name: printable(value)[:_LONGEST] if isinstance(value, str) else value
        for name, value in fields.items()
        if value is not None
    }


def _json(_: Any, __: str, fields: MutableMapping[str, Any]) -> str:
    rendered = structlog.processors.JSONRenderer(ensure_ascii=False)(_, __, fields)
    return json_safe(rendered if isinstance(rendered, str) else rendered.decode())


def _human(_: Any, __: str, fields: MutableMapping[str, Any]) -> str:
    """Write a line: time, a mark where it is no mere information, the event, and the fields."""
    level = fields["level"]
    mark = "" if level == "info" else f"{level}: "
    told = {
        name: value for name, value in fields.items() if name not in ("time", "level", "event", "problem")
    }
    words = " ".join(f"{name}={_word(value)}" for name, value in told.items())
    problem = f" {fields['problem']}" if "problem" in fields else ""
    return " ".join(filter(None, (fields["time"], f"{mark}{fields['event']}", words))) + problem


def _word(value: Any) -> str:
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return f'"{text}"' if " " in text else text
