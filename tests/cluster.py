"""A throw-away PostgreSQL cluster in a folder of its own, made from the binaries of the machine."""

from __future__ import annotations

import itertools
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

MISSING = (
    "Not run: the contract of the PostgreSQL store, and what else needs a server. PostgreSQL's initdb and "
    "pg_ctl are not on this machine (Debian: apt-get install postgresql postgis postgresql-15-postgis-3)."
)
_QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "shared_buffers=32MB",
)
_SUPERUSER = "postgres"
_PROGRAMS = ("initdb", "pg_ctl", "psql")


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest; None where there is none."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: -float(f.parent.name))
    return next((f for f in folders if all((f / p).exists() for p in _PROGRAMS)), None)


class Cluster:
    """A server that listens on a socket in its folder alone, and asks for no password."""

    def __init__(self) -> None:
        found = binaries()
        assert found is not None, MISSING
        self._programs = found
        self._user = None if os.geteuid() else _owner()
        self.folder = Path(tempfile.mkdtemp(prefix="fogline-pg-"))
        if self._user:
            shutil.chown(self.folder, self._user)
        self.data = self.folder / "data"
        self._keeper = self._keep()
        self._names = (f"ledger_{number}" for number in itertools.count(1))
        given = ("-D", str(self.data), "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self._run("initdb", *given)
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as settings:
            for setting in _QUICK:
                settings.write(f"{setting}\n")
            settings.write(f"listen_addresses=''\nunix_socket_directories='{self.folder}'\n")
            settings.flush()
            Path(settings.name).chmod(0o644)
            self._shell(f"cat {settings.name} >> {self.data}/postgresql.conf")
        self.start()
        self.query("CREATE DATABASE made TEMPLATE template0")
        with_postgis = "SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'"
        self.postgis = self.query(with_postgis) == "1"
        if self.postgis:
            self.query("CREATE EXTENSION postgis", "made")

    def address(self, database: str, user: str = _SUPERUSER) -> str:
        """Return where a database is."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder), safe='')}"

    def database(self, *, plain: bool = False) -> str:
        """Make an empty database, ``plain`` without PostGIS, and return its name."""
        name = next(self._names)
        self.query(f"CREATE DATABASE {name} TEMPLATE {'template0' if plain else 'made'}")
        return name

    def query(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the server's owner and return what it prints."""
        told = ("-h", str(self.folder), "-U", _SUPERUSER, "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1")
        return self._run("psql", *told, "-c", sql).strip()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._run("pg_ctl", "start", "-w", "-s", "-D", str(self.data), "-l", str(self.folder / "log"))

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server: ``immediate`` as in a power cut, ``fast`` as for maintenance."""
        self._run("pg_ctl", "stop", "-w", "-s", "-D", str(self.data), "-m", mode)

    def remove(self) -> None:
        """Stop the server and take its folder away."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait(60)

    def _keep(self) -> subprocess.Popen[bytes]:
        """Start what waits for these tests to end, in whatever way, and then stops the server."""
        stop = shlex.join(self._as_owner([str(self._programs / "pg_ctl"), "stop", "-s", "-m", "immediate"]))
        then = f"{stop} -D {self.data}; rm -rf {self.folder}"
        return subprocess.Popen(
            ["sh", "-c", f"read -r _; {then}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    def _as_owner(self, words: list[str]) -> list[str]:
        return ["runuser", "-u", self._user, "--", *words] if self._user else words

    def _run(self, program: str, *given: str) -> str:
        return self._command([str(self._programs / program), *given])

    def _shell(self, line: str) -> str:
        return self._command(["sh", "-c", line])

    def _command(self, words: list[str]) -> str:
        """Run a program as who owns the cluster; what a server started this way prints goes into its log."""
        words = self._as_owner(words)
        with tempfile.TemporaryFile("w+") as told:
            done = subprocess.run(
                words, stdout=told, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd="/", timeout=120
            )
            told.seek(0)
            said = told.read()
        assert done.returncode == 0, f"{' '.join(words)}: {said}"
        return said


def _owner() -> str:
    """Return somebody whom a server may run as, for it refuses to run as root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (_SUPERUSER, "nobody") if name in known)
