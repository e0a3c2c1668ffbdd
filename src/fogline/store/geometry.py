"""The places of claims, events and imports as PostGIS geometries, worked out by the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import LedgerError
from .dialect import POSTGRES, SCHEMA

if TYPE_CHECKING:
    from .base import Store

_POINT = "{here}.ST_SetSRID({here}.ST_MakePoint(lon, lat), 4326)"  # NULL where one of both is
_SHAPE = "{here}.ST_SetSRID({here}.ST_GeomFromGeoJSON(geometry), 4326)"
_GEOMETRIES = {
    "claim_places": ("Point", _POINT),
    "events": ("Point", _POINT),
    "sightings": ("Point", _POINT),
    "baselines": ("Geometry", _SHAPE),
}
_THERE = (
    "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    f"WHERE a.attname = 'geom' AND c.relnamespace = to_regnamespace('{SCHEMA}')"
)
WITHOUT = (
    "PostGIS is not in the database, so there are no geometries for maps; everything else works. Have "
    "whoever runs the server install it and run CREATE EXTENSION postgis there, then run `fogline layers`."
)


def postgis(store: Store) -> str | None:
    """Return the schema in which PostGIS lies, None where it is not in the database, or there can be none."""
    if store.dialect is not POSTGRES:
        return None
    query = "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
    return next((str(name) for (name,) in store.rows(f"{query} WHERE e.extname = 'postgis'")), None)


def add_geometries(store: Store) -> bool:
    """Give places a column of geometry with an index, where PostGIS is there or may be made.

    The columns are generated from those that Fogline writes, so that there is one truth. A database that
    knows no geometry is passed over.

    Returns:
        Whether they are there now.
    """
    if store.dialect is not POSTGRES:
        return False
    here = postgis(store) or _made(store)
    if here is None:
        return False
    there = {table for (table,) in store.rows(_THERE)}
    for table, (kind, shape) in _GEOMETRIES.items():
        if table in there:
            continue
        store.run(
            f"ALTER TABLE {table} ADD COLUMN geom {here}.geometry({kind}, 4326) "
            f"GENERATED ALWAYS AS ({shape.format(here=here)}) STORED"
        )
        store.run(f"CREATE INDEX {table}_geom ON {table} USING gist (geom)")
    return True


def _made(store: Store) -> str | None:
    """Put PostGIS into the database where the server has it and this role may; inside a transaction."""
    store.run("SAVEPOINT postgis")
    try:
        store.run("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public")
    except LedgerError:
        store.run("ROLLBACK TO SAVEPOINT postgis")
    return postgis(store)
