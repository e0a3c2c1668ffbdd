"""``fogline doctor``: what is installed and in use, and what is missing."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from .options import LedgerPath

_MARKS = {"ok": "ok", "note": "note", "missing": "MISSING"}


def doctor(
    json: Annotated[bool, Option("--json", help="Print it as JSON, with details.")] = False,
    ledger: LedgerPath = None,
) -> int:
    """Tell what is installed, which models and data are in use, and what is missing; exit with 1 where that
    is essential.

    Passwords in addresses are not shown, so that what it prints can be sent to whoever helps.

    \b
    Examples:
      fogline doctor
      fogline doctor --json > machine.json
    """
    from ..doctor import examine

    groups = examine(ledger)
    missing = [one for findings in groups.values() for one in findings if one.state == "missing"]
    if json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(groups)).decode())
        return 1 if missing else 0
    from ..export.safe import printable

    for group, findings in groups.items():
        print(group)
        for one in findings:
            print(f"  {_MARKS[one.state]:<8} {one.name:<15} {printable(one.found)}")
            if one.mend:
                print(f"  {'':<8} {'':<15} → {printable(one.mend)}")
    from .add import plural

    short = f"{plural(len(missing), 'essential thing')} missing or wrong."
    print(short if missing else "Nothing essential is missing.")
    return 1 if missing else 0
