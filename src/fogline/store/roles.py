"""Who may do what with a ledger in PostgreSQL: roles and their grants, as SQL for whoever runs the server."""

from __future__ import annotations

import re

from ..errors import LedgerError, QueryError
from .base import Store
from .dialect import MAP_SCHEMA, POSTGRES, SCHEMA
from .link_tables import LINK_TABLES, REVIEWS
from .migrations import ALL_TABLES

_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,40}")


def roles_sql(store: Store, *, prefix: str = "fogline") -> list[str]:
    """Return the statements that make three roles and say what each may do; running them again is harmless.

    ``PREFIX_reader`` may read all of the ledger, ``PREFIX_writer`` may add, link and review as well, and
    ``PREFIX_map`` sees the layers of the map alone. Writers may add facts but neither change nor delete them;
    what is worked out from them (events, links, checks) they may delete, as linking does. Tables are changed
    by their owner alone.

    Args:
        store: the ledger's.
        prefix: the first part of the roles' names; roles are shared by all databases of a server.

    Raises:
        LedgerError: the ledger is no PostgreSQL database.
        QueryError: the prefix is no name.
    """
    if store.dialect is not POSTGRES:
        raise LedgerError(
            f"The ledger {store.where} is a file: whoever may read the file may read the ledger. Roles are "
            "for a ledger in PostgreSQL, as `fogline copy` makes one."
        )
    if not _PREFIX.fullmatch(prefix):
        raise QueryError(f"{prefix!r} cannot begin a role's name. Use small letters, digits and _.")
    query = "SELECT quote_ident(current_database()), quote_ident(tableowner) FROM pg_tables "
    database, owner = next(store.rows(f"{query} WHERE schemaname = '{SCHEMA}' AND tablename = 'meta'"))
    reader, writer, map_ = (f"{prefix}_{part}" for part in ("reader", "writer", "map"))
    added = ", ".join(f"{SCHEMA}.{table.name}" for table in ALL_TABLES)
    worked_out = ", ".join(f"{SCHEMA}.{table.name}" for table in LINK_TABLES if table is not REVIEWS)
    everyone = f"{reader}, {writer}, {map_}"
    return [
        *(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            for role in (reader, writer, map_)
        ),
        f"GRANT CONNECT ON DATABASE {database} TO {everyone}",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {reader}, {writer}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {reader}, {writer}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {SCHEMA} GRANT SELECT ON TABLES TO {reader}, "
        f"{writer}",
        f"GRANT INSERT ON {added} TO {writer}",
        f"GRANT DELETE ON {worked_out} TO {writer}",
        f"CREATE SCHEMA IF NOT EXISTS {MAP_SCHEMA} AUTHORIZATION {owner}",
        f"GRANT USAGE ON SCHEMA {MAP_SCHEMA} TO {everyone}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {MAP_SCHEMA} TO {everyone}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {MAP_SCHEMA} "
        f"GRANT SELECT ON TABLES TO {everyone}",
        "DO $$ BEGIN IF to_regclass('public.layer_styles') IS NOT NULL THEN GRANT SELECT ON "
        f"public.layer_styles TO {everyone}; END IF; END $$",
    ]
