"""Which settings are in force, and whence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..settings import ENVIRONMENT_ONLY, FILE, PREFIX, Settings
from ..store.address import on_server, parameters, shown
from .finding import Finding


def look(settings: Settings, ledger: str | None) -> Iterator[Finding]:
    """Look at the settings."""
    given = {name.upper() for name in os.environ}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if f"{PREFIX}{name}".upper() in given:
            whence = f"{PREFIX}{name.upper()} in the environment"
        elif name in settings.model_fields_set:
            whence = str(Path(FILE).resolve())
        else:
            whence = "default"
        yield Finding(
            name=name,
            found=f"{safe(value)} ({whence})",
            details={"value": safe(value), "whence": whence},
        )
    for name in ENVIRONMENT_ONLY:
        if name in os.environ:
            yield Finding(name=name, found=f"{os.environ[name]} (the environment)")


def safe(value: object) -> str:
    """Return a setting as it may be shown to others: an address without its password, query or key."""
    text = "not set" if value is None else str(value)
    if on_server(text):
        try:
            return shown(parameters(text))
        except Exception:
            return "postgresql://… (the address cannot be read)"
    if text.startswith(("http://", "https://")):
        bare, asked, _ = text.partition("?")
        return f"{bare}?…" if asked else bare
    return text
