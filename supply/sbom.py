"""Write what Fogline is made of as a CycloneDX SBOM: ``out/sbom.cdx.json``, the same for the same locks.

The packages of Python that are shipped come from the environment, with licences and what needs what; the
page's come from its lock. What only development needs is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packages import OUT, PROGRAM, ROOT, Package, packages

_VERSION = SchemaVersion.V1_6


def of_environment() -> dict[str, Any]:
    """Return the SBOM of everything that is installed here."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "all.json"
        command = [
            sys.executable, "-m", "cyclonedx_py", "environment", sys.executable, "--output-reproducible",
            "--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application", "--sv",
            _VERSION.to_version(), "--of", "JSON", "-o", str(to),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        told: dict[str, Any] = json.loads(to.read_text(encoding="utf-8"))
    return told


def shipped(whole: dict[str, Any], some: Iterable[Package]) -> dict[str, Any]:
    """Return an SBOM without what only development needs, and with the page's packages."""
    kept = [one for one in some if one.shipped]
    names = {one.name for one in kept if one.kind == "pypi"}
    components = [one for one in whole.get("components", ()) if _plain(one["name"]) in names]
    page = [_component(one) for one in kept if one.kind == "npm"]
    root = whole["metadata"]["component"]["bom-ref"]
    refs = {root, *(one["bom-ref"] for one in components)}
    dependencies = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", ()) if ref in refs]}
        for one in whole.get("dependencies", ())
        if one["ref"] in refs
    ]
    for one in dependencies:
        if one["ref"] == root:
            one["dependsOn"] = sorted({*one["dependsOn"], *(part["bom-ref"] for part in page)})
    return {**whole, "components": [*components, *page], "dependencies": dependencies}


def _component(package: Package) -> dict[str, Any]:
    licence = {"licenses": [{"expression": package.licence}]} if package.licence else {}
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        **licence,
    }


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def main() -> int:
    """Write the SBOM, check it against the schema, and say how much is in it."""
    whole = shipped(of_environment(), packages())
    text = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    wrong = JsonStrictValidator(_VERSION).validate_str(text)
    if wrong is not None:
        print(
            f"The SBOM of {PROGRAM} does not follow CycloneDX {_VERSION.to_version()}: {wrong}",
            file=sys.stderr,
        )
        return 1
    OUT.mkdir(exist_ok=True)
    (OUT / "sbom.cdx.json").write_text(text, encoding="utf-8")
    there = {_plain(one["name"]) for one in whole["components"]}
    absent = [one.name for one in packages() if one.shipped and _plain(one.name) not in there]
    note = f"; not installed here, so not in it: {', '.join(absent)}" if absent else ""
    print(f"{len(whole['components'])} components in out/sbom.cdx.json{note}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
