"""Look at everything, group by group."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..errors import FoglineError
from ..settings import Settings, load
from . import configured, installed, ledgers, models
from .finding import Finding

Look = Callable[[Settings, str | None], Iterator[Finding]]

GROUPS: dict[str, Look] = {
    "program": installed.look,
    "models and data": models.look,
    "settings": configured.look,
    "ledger": ledgers.look,
}


def examine(ledger: str | None = None) -> dict[str, list[Finding]]:
    """Return what was found, by group; whatever breaks is a finding itself.

    Args:
        ledger: a ledger's file or address; that of the settings where None.
    """
    found: dict[str, list[Finding]] = {}
    try:
        settings = load()
    except FoglineError as error:
        settings = Settings.model_construct()
        mend = "mend the setting that is named"
        found["settings"] = [Finding(name="settings", found=str(error), state="missing", mend=mend)]
    for group, look in GROUPS.items():
        findings = found.setdefault(group, [])
        try:
            if group != "settings" or not findings:
                findings.extend(look(settings, ledger))
        except Exception as error:
            told = f"could not be looked at ({type(error).__name__}: {error})"
            findings.append(Finding(name=group, found=told, state="missing", mend="report this"))
    return {group: found[group] for group in GROUPS}
