"""Ask a vulnerability service about every locked package of Python (pip-audit).

Where no service can be reached it says so plainly and returns 0, or 1 with ``--required``: pip-audit itself
passes over what it could not ask about, which looks like a clean bill.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from packages import Package, packages

SERVICES = ("pypi", "osv")
_RULES = Path(__file__).with_name("audit.yml")
_SECONDS = 20  # for one answer of a service
_LONGEST = 900


@dataclass(slots=True)
class Answer:
    """What a service told: vulnerabilities by package, and the packages that it does not know."""

    service: str
    asked: int
    vulnerable: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Whether the service knew anything at all."""
        return self.asked > len(self.unknown)


def ask(service: str, some: Sequence[Package]) -> Answer | None:
    """Ask one service about packages; None where it cannot be reached."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        # No hashes: they are of no account to a service, and uv checks them when it installs.
        listed.write_text("".join(f"{one.name}=={one.version}\n" for one in some), encoding="utf-8")
        command = [
            sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip",
            "--format", "json", "--progress-spinner", "off", "--vulnerability-service", service,
            "--timeout", str(_SECONDS),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
        except subprocess.TimeoutExpired:
            return None
    return read(service, done.stdout, asked=len(some))


def read(service: str, output: str, *, asked: int) -> Answer | None:
    """Read what pip-audit printed; None where that is no answer."""
    try:
        dependencies = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    answer = Answer(service, asked)
    for one in dependencies:
        if "skip_reason" in one:
            answer.unknown.append(one["name"])
        elif one.get("vulns"):
            answer.vulnerable[f"{one['name']} {one['version']}"] = one["vulns"]
    return answer


def first_answer(some: Sequence[Package], services: Iterable[str] = SERVICES) -> Answer | None:
    """Ask about a few packages, and about all of them the first service that knows one of those."""
    few = [one for one in some if one.shipped][:3]
    for service in services:
        probe = ask(service, few)
        if probe is not None and probe.told:
            answer = ask(service, some)
            if answer is not None and answer.told:
                return answer
    return None


def open_ones(answer: Answer, accepted: Mapping[str, Sequence[Any]], today: date) -> list[str]:
    """Return a line for each vulnerability that nobody has accepted, or whose day has come."""
    lines = []
    for package, found in sorted(answer.vulnerable.items()):
        for one in found:
            names = {one["id"], *one.get("aliases", ())}
            lived_with = [accepted[name] for name in names if name in accepted]
            if any(until >= today for _, until in lived_with):
                continue
            mended = ", ".join(one.get("fix_versions", ())) or "no version yet"
            lines.append(f"{package}: {one['id']}, mended in {mended}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--required", action="store_true", help="fail where no service can be reached")
    required = parser.parse_args(arguments).required
    some = [one for one in packages() if one.kind == "pypi"]
    answer = first_answer(some)
    if answer is None:
        print(
            f"NOT RUN: no vulnerability service ({', '.join(SERVICES)}) can be reached from here or knows "
            f"these packages, so nobody was asked about the {len(some)} locked packages. Run `make audit` on "
            "a machine with access to pypi.org or api.osv.dev."
        )
        return 1 if required else 0
    accepted = yaml.safe_load(_RULES.read_text(encoding="utf-8"))["accepted"]
    lines = open_ones(answer, accepted, date.today())
    asked = answer.asked - len(answer.unknown)
    print(f"{answer.service} was asked about {asked} packages; {len(lines)} open vulnerabilities.")
    if answer.unknown:
        print(f"It does not know {len(answer.unknown)}: {', '.join(sorted(answer.unknown))}.")
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
