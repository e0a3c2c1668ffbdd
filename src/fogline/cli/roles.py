"""``fogline roles``: who may do what with a ledger in PostgreSQL."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from .options import LedgerPath


def roles(
    apply: Annotated[bool, Option("--apply", help="Run the statements instead of printing them.")] = False,
    prefix: Annotated[
        str, Option(metavar="NAME", help="The first part of the roles' names, which a whole server shares.")
    ] = "fogline",
    ledger: LedgerPath = None,
) -> None:
    """Print the SQL that makes roles for a team's ledger: reader, writer, and map.

    Readers may run every command that reads; writers may add, link and review, but neither change nor delete
    what was stored; map sees the layers of `fogline layers` alone. People are put into a role by whoever runs
    the server. Run it again after an upgrade, and once layers were made.

    \b
    Examples:
      fogline roles --ledger postgresql://owner@server/ledger | psql postgresql://owner@server/ledger
      fogline roles --apply
    """
    from ..store.roles import roles_sql
    from .console import note
    from .open import open_ledger

    with open_ledger(ledger, read_only=not apply) as book:
        statements = roles_sql(book.store, prefix=prefix)
        if apply:
            with book.store.transaction():
                for statement in statements:
                    book.store.run(statement)
            note(f"{prefix}_reader, {prefix}_writer and {prefix}_map have their rights on {book.path}.")
        else:
            print(*(f"{statement};" for statement in statements), sep="\n")
        note(f"Put somebody in with: CREATE ROLE maria LOGIN PASSWORD '…' IN ROLE {prefix}_writer;")
