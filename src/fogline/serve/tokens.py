"""Tokens: who may do what, kept as hashes in a file beside the ledger."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from ..errors import QueryError

Role = Literal["read", "review", "add"]
ROLES: tuple[Role, ...] = get_args(Role)
_NAME = re.compile(r"[\w.@-]{1,60}")


class Known(Struct, frozen=True, kw_only=True):
    """A token that was given out: for whom, with which role, and the SHA-256 of its secret.

    The secret has 256 random bits, so that a hash without salt or stretching cannot be turned back.
    """

    name: str
    role: Role
    sha256: str


class Tokens:
    """The tokens of one ledger.

    Args:
        file: where they are kept; it is made, readable by its owner alone, with the first token.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._known = msgspec.json.decode(file.read_bytes(), type=list[Known])
        except FileNotFoundError:
            self._known = []
        except (OSError, msgspec.DecodeError) as error:
            raise QueryError(
                f"The tokens in {file} cannot be read ({error}). "
                "Mend the file, or remove it and make new ones."
            ) from error

    def __bool__(self) -> bool:
        return bool(self._known)

    def give(self, wanted: str) -> tuple[Known, str]:
        """Make a token from ``role`` or ``role:name``, keep its hash, and return it with its secret.

        An earlier token of that name is no longer valid.

        Raises:
            QueryError: there is no such role, or the name will not do.
        """
        role, _, name = wanted.partition(":")
        role, name = role.strip().lower(), name.strip() or role.strip().lower()
        if role not in ROLES:
            raise QueryError(
                f"There is no role {role!r}. "
                "Give --token read, review or add, with a name as in review:maria."
            )
        if not _NAME.fullmatch(name):
            raise QueryError(f"{name!r} is no name for a token: letters, digits and . @ - _ are, up to 60.")
        secret = secrets.token_urlsafe(32)
        known = Known(name=name, role=role, sha256=_hash(secret))
        self._write([*(one for one in self._known if one.name != name), known])
        return known, secret

    def take_back(self, name: str) -> bool:
        """Make the token of that name invalid; tell whether there was one."""
        left = [one for one in self._known if one.name != name]
        found = len(left) < len(self._known)
        if found:
            self._write(left)
        return found

    def find(self, secret: str) -> Known | None:
        """Return the token with this secret."""
        asked = _hash(secret)
        found = None
        for one in self._known:  # all of them, so that the time tells nothing
            if hmac.compare_digest(one.sha256, asked):
                found = one
        return found

    def _write(self, known: list[Known]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_name(f"{self.file.name}.part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
            to.write(msgspec.json.format(msgspec.json.encode(known)) + b"\n")
        part.replace(self.file)
        self._known = known


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
