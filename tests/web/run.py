"""Try the page in a real browser: serve a ledger of the examples, and let Chromium use it.

Run by ``make test``; ``ONLY=hostile`` runs one file of tests. Where there is no Chromium or no Node.js, it
says so and passes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Run the tests and return their exit status."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    node = shutil.which("node")
    if browser is None or node is None or not (ROOT / "web" / "node_modules" / "playwright-core").is_dir():
        missing = "Chromium" if browser is None else "Node.js"
        print(f"The page was not tried in a browser: there is no {missing} here.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.duckdb"
        _fill(ledger, Path(folder) / "site")
        command = [sys.executable, "-m", "fogline", "serve", "--ledger", str(ledger), "--port", "0"]
        with (Path(folder) / "served").open("w+") as told:
            server = subprocess.Popen([*command, "--no-browser"], stdout=told, stderr=subprocess.STDOUT)
            try:
                address = _address(Path(told.name), server)
                told = {"PAGE": address, "CHROMIUM": browser, "FOLDER": folder, "PYTHON": sys.executable}
                environment = {**os.environ, **told}
                tests = [str(path) for path in sorted(HERE.glob(os.environ.get("ONLY", "*") + ".test.mjs"))]
                done = subprocess.run(
                    [node, "--test", "--test-concurrency=1", *tests], env=environment, check=False
                )
                return done.returncode
            finally:
                server.terminate()
                server.wait(20)


def _fill(ledger: Path, site: Path) -> None:
    """Make the ledger that is served, and a site of the same."""
    import fogline
    from fogline.serve.site import write_site

    with fogline.connect(ledger) as book:
        book.add([str(ROOT / "examples"), str(HERE / "hostile.md"), str(HERE / "denied.md")])
        book.link()
        write_site(book, site)


def _address(told: Path, server: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        found = re.search(r"http://\S+", told.read_text())
        if found:
            return found.group()
        if server.poll() is not None:
            raise SystemExit(f"fogline serve ended: {told.read_text()}")
        time.sleep(0.2)
    raise SystemExit("fogline serve did not begin within two minutes.")


if __name__ == "__main__":
    sys.exit(main())
