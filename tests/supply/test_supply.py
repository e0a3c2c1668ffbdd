"""What Fogline is made of: the locks are read, licences judged, and silence is no clean bill."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from datetime import date
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any

import audit
import licences
import pytest
import reproduce
import sbom
import yaml
from packages import ROOT, Package, of_page, of_python, packages

RULES = yaml.safe_load((ROOT / "supply" / "licences.yml").read_text(encoding="utf-8"))
ONE = Package("pypi", "duckdb", "1.0", True)


def about(**fields: str) -> Any:
    message = Message()
    for name, value in fields.items():
        for one in value.split("|"):
            message[name.replace("_", "-")] = one
    return message


def test_the_locks_tell_what_is_shipped() -> None:
    found = {(one.kind, one.name): one for one in packages()}
    assert found["pypi", "duckdb"].shipped
    assert found["pypi", "spacy"].shipped
    assert found["pypi", "ray"].shipped  # an extra
    assert not found["pypi", "pytest"].shipped
    assert found["npm", "maplibre-gl"].shipped
    assert not found["npm", "vite"].shipped
    assert ("pypi", "fogline") not in found
    assert found["npm", "@mapbox/point-geometry"].purl.startswith("pkg:npm/%40mapbox/point-geometry@")


def test_every_direct_dependency_is_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    shipped = {one.name for one in of_python(ROOT / "uv.lock") if one.shipped}
    named = [line.split(">")[0].split("=")[0].split("[")[0] for line in project["dependencies"]]
    assert set(named) <= shipped


def test_every_locked_package_has_hashes() -> None:
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    for one in locked:
        files = [*one.get("wheels", ()), *([one["sdist"]] if "sdist" in one else ())]
        assert one["name"] == "fogline" or files
        assert all(file["hash"].startswith("sha256:") for file in files)
    page = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(one["integrity"].startswith("sha512-") for path, one in page.items() if path)


@pytest.mark.parametrize(
    ("told", "licence", "allowed"),
    [
        (about(License_Expression="MIT"), "MIT", True),
        (about(License_Expression="GPL-3.0-only"), "GPL-3.0-only", False),
        (about(License_Expression="GPL-2.0-only OR MIT"), "GPL-2.0-only OR MIT", True),
        (about(License_Expression="GPL-2.0-only AND MIT"), "GPL-2.0-only AND MIT", False),
        (about(Classifier="License :: OSI Approved :: MIT License"), "MIT", True),
        (about(Classifier="License :: OSI Approved|Topic :: C", License="Apache 2.0"), "Apache-2.0", True),
        (about(License="Proprietary, ask us"), "Proprietary, ask us", False),
        (about(License="Copyright\nall rights"), None, False),
        (about(Name="x"), None, False),
        (None, None, False),
    ],
)  # fmt: skip
def test_licences_are_judged(told: Any, licence: str | None, allowed: bool) -> None:
    found = licences.judge(ONE, RULES, told)
    assert (found.licence, found.allowed) == (licence, allowed)


def test_what_the_lock_or_we_read_goes_first() -> None:
    theirs = Package("npm", "x", "1", True, "(MIT OR GPL-3.0-only)")
    assert licences.judge(theirs, RULES, None).allowed
    read = licences.judge(Package("pypi", "atheris", "1", False), RULES, None)
    assert (read.licence, read.whence, read.allowed) == ("Apache-2.0", "its file LICENSE", True)


def test_every_allowed_licence_and_spelling_is_used() -> None:
    from packages import told

    found = [licences.judge(package, RULES, told(package)) for package in packages()]
    assert [one for one in found if not one.allowed] == []
    licensing = licences.get_spdx_licensing()
    used = {key for one in found for key in licensing.license_keys(one.licence)}
    assert set(RULES["allowed"]) - used == set()


def test_silence_is_no_clean_bill(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    skipped = '{"dependencies": [{"name": "duckdb", "skip_reason": "not found"}], "fixes": []}'
    answer = audit.read("pypi", skipped, asked=1)
    assert answer is not None
    assert not answer.told
    assert audit.read("osv", "", asked=1) is None
    monkeypatch.setattr(audit, "ask", lambda service, some: answer if service == "pypi" else None)
    assert audit.main([]) == 0
    assert capsys.readouterr().out.startswith("NOT RUN: no vulnerability service (pypi, osv)")
    assert audit.main(["--required"]) == 1


def test_vulnerabilities_fail_until_they_are_accepted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2"]}
    told = {
        "dependencies": [
            {"name": "a", "version": "1", "vulns": [found]},
            {"name": "b", "version": "1", "vulns": []},
            {"name": "c", "skip_reason": "unknown"},
        ]
    }
    answer = audit.read("pypi", json.dumps(told), asked=3)
    assert answer is not None
    monkeypatch.setattr(audit, "ask", lambda service, some: answer)
    assert audit.main([]) == 1
    out = capsys.readouterr()
    assert out.err == "a 1: PYSEC-1, mended in 2\n"
    assert "It does not know 1: c." in out.out
    day = date(2026, 12, 1)
    assert audit.open_ones(answer, {"CVE-1": ["never called", date(2026, 12, 1)]}, day) == []
    assert len(audit.open_ones(answer, {"CVE-1": ["never called", date(2026, 11, 30)]}, day)) == 1


def test_the_sbom_has_what_is_shipped_and_nothing_else() -> None:
    whole = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [{"name": "duckdb", "bom-ref": "d"}, {"name": "pytest", "bom-ref": "p"}],
        "dependencies": [
            {"ref": "root", "dependsOn": ["d", "p"]},
            {"ref": "p"},
            {"ref": "d", "dependsOn": ["p"]},
        ],
    }
    some = [ONE, Package("pypi", "pytest", "8", False), Package("npm", "earcut", "3", True, "ISC")]
    found = sbom.shipped(whole, some)
    assert [one["name"] for one in found["components"]] == ["duckdb", "earcut"]
    assert found["dependencies"] == [
        {"ref": "root", "dependsOn": ["d", "pkg:npm/earcut@3"]},
        {"ref": "d", "dependsOn": []},
    ]


def test_the_page_lock_tells_licences() -> None:
    assert [one.name for one in of_page(ROOT / "web" / "package-lock.json") if not one.licence] == []


def test_two_builds_that_differ_are_told_by_their_parts(tmp_path: Path) -> None:
    for nth, text in enumerate(("a", "b")):
        with zipfile.ZipFile(tmp_path / f"{nth}.whl", "w") as parts:
            parts.writestr(zipfile.ZipInfo("same.py"), "x")
            parts.writestr(zipfile.ZipInfo("page.js"), text)
        with tarfile.open(tmp_path / f"{nth}.tar.gz", "w:gz") as parts:
            entry = tarfile.TarInfo("setup.py")
            entry.size, entry.mtime = 1, nth
            parts.addfile(entry, BytesIO(b"x"))
    assert reproduce.parting(tmp_path / "0.whl", tmp_path / "1.whl") == ["page.js"]
    assert reproduce.parting(tmp_path / "0.tar.gz", tmp_path / "1.tar.gz") == ["setup.py"]


def test_the_sources_that_are_built_are_those_of_git(tmp_path: Path) -> None:
    reproduce.sources(tmp_path)
    for path in sorted((ROOT / "src" / "fogline" / "custody").glob("*.py")):
        assert (tmp_path / path.relative_to(ROOT)).read_bytes() == path.read_bytes()
    assert (tmp_path / "pyproject.toml").is_file()
    assert not (tmp_path / ".venv").exists()


def test_the_scripts_say_what_they_are_for() -> None:
    for name in ("audit", "reproduce"):
        done = subprocess.run(
            [sys.executable, str(ROOT / "supply" / f"{name}.py"), "--help"], check=False, capture_output=True
        )
        assert done.returncode == 0


def _builder(folder: Path, writes: str) -> str:
    """Make a stand-in for uv that writes a wheel and an sdist."""
    path = folder / "uv"
    path.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, sys\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--out-dir') + 1])\n"
        "assert (pathlib.Path(sys.argv[-1]) / 'pyproject.toml').is_file()\n"
        "out.mkdir()\n"
        f"for name in ('a.whl', 'a.tar.gz'):\n    (out / name).write_text({writes})\n"
    )
    path.chmod(0o755)
    return str(path)


def test_only_builds_that_are_the_same_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reproduce, "DIST", tmp_path / "dist")
    monkeypatch.setattr(reproduce, "ROOT", tmp_path)
    monkeypatch.setattr(reproduce, "last_commit", lambda: "1700000000")
    monkeypatch.setattr(reproduce, "sources", lambda to: (to.mkdir(), (to / "pyproject.toml").touch()))
    assert reproduce.main(["--uv", _builder(tmp_path, "os.environ['SOURCE_DATE_EPOCH']")]) == 0
    sums = (tmp_path / "dist" / "SHA256SUMS").read_text()
    assert [line.split("  ")[1] for line in sums.splitlines()] == ["a.tar.gz", "a.whl"]
    assert reproduce.sha256(tmp_path / "dist" / "a.whl") in sums
    monkeypatch.setattr(reproduce, "parting", lambda one, other: ["page.js"])
    assert reproduce.main(["--uv", _builder(tmp_path, "os.environ['TZ']")]) == 1
    assert "a.whl: page.js" in capsys.readouterr().err
