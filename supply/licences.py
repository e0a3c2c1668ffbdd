"""Report the licences of every locked package, and fail on one that is not allowed.

The report goes to ``out/licences.csv``; which are allowed is data (``licences.yml``).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import Any

import yaml
from license_expression import AND, OR, ExpressionError, LicenseSymbol, get_spdx_licensing
from packages import OUT, ROOT, Package, packages, told

_RULES = Path(__file__).with_name("licences.yml")


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package, its licence as an SPDX expression (None: not known), and whether it may be used."""

    package: Package
    licence: str | None
    whence: str
    allowed: bool


def judge(package: Package, rules: Mapping[str, Any], about: PackageMetadata | None) -> Licensed:
    """Return the licence of a package, and whether the rules allow it."""
    licence, whence = _licence(package, rules, about)
    return Licensed(package, licence, whence, licence is not None and allowed(licence, rules["allowed"]))


def allowed(expression: str, names: Mapping[str, str]) -> bool:
    """Tell whether an SPDX expression can be met by the licences of these names alone."""
    licensing = get_spdx_licensing()
    try:
        parsed = licensing.parse(expression)
    except ExpressionError:
        return False

    def met(part: Any) -> bool:
        if isinstance(part, AND):
            return all(map(met, part.args))
        if isinstance(part, OR):
            return any(map(met, part.args))
        return isinstance(part, LicenseSymbol) and part.key in names

    return parsed is not None and met(parsed)


def _licence(
    package: Package, rules: Mapping[str, Any], about: PackageMetadata | None
) -> tuple[str | None, str]:
    if package.name in rules["read"]:
        licence, whence = rules["read"][package.name]
        return licence, whence
    if package.licence:
        return package.licence, "the lock"
    if about is None:
        return None, "not installed here"
    expression, field = about.get("License-Expression"), about.get("License")
    classified = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if "License ::" in c]
    classified = [c for c in classified if c != "OSI Approved"]
    if expression:
        return expression, "its License-Expression"
    if classified:
        return " AND ".join(rules["spelt"].get(c, c) for c in classified), "its classifiers"
    if field and "\n" not in field:
        return rules["spelt"].get(field, field), "its License"
    return None, "it tells none"


def report(found: Sequence[Licensed], to: Path) -> None:
    """Write the report as CSV."""
    to.parent.mkdir(exist_ok=True)
    with to.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("package", "version", "registry", "shipped", "licence", "whence", "allowed"))
        for one in found:
            p = one.package
            yes = ("no", "yes")
            rows.writerow(
                (p.name, p.version, p.kind, yes[p.shipped], one.licence or "", one.whence, yes[one.allowed])
            )


def main() -> int:
    """Report, and return 1 where a licence is not allowed or not known."""
    rules = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    found = [judge(package, rules, told(package)) for package in packages()]
    report(found, OUT / "licences.csv")
    for shipped, what in ((True, "shipped or an extra"), (False, "for development alone")):
        counted = Counter(one.licence or "not known" for one in found if one.package.shipped is shipped)
        print(f"{counted.total()} packages {what}:")
        for licence, count in counted.most_common():
            print(f"  {count:>4}  {licence}")
    print(f"The whole list is in {(OUT / 'licences.csv').relative_to(ROOT)}.")
    wrong = [one for one in found if not one.allowed]
    for one in wrong:
        p = one.package
        print(
            f"{p.name} {p.version} ({p.kind}) has the licence {one.licence or 'of no known name'} "
            f"({one.whence}), which {_RULES.name} does not allow. Take another package, or add the licence "
            "there with what it asks for.",
            file=sys.stderr,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
