"""A team's map in its own PostGIS: layers that QGIS adds, styled, and the holders of days drawn into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ..errors import LedgerError
from ..model import Holder
from ..store import Store, now
from ..store.dialect import MAP_SCHEMA
from ..store.geometry import WITHOUT, add_geometries, postgis
from .colours import colours, event_colours
from .control_rows import flat, shape_rows
from .geopackage import qml
from .postgis_views import views

if TYPE_CHECKING:
    from ..control import Shapes

_DRAWN: dict[str, tuple[str, dict[str, str]]] = {  # what is worked out for a day: its shapes, its columns
    "settlements": (
        "Point",
        {
            "geonameid": "bigint",
            "name": "text",
            "holder": "text",
            "confidence": "float8",
            "disputed": "boolean",
            "claimed": "text",
            "reasons": "text",
        },
    ),
    "areas": ("MultiPolygon", {"holder": "text", "km2": "float8"}),
    "lines": ("MultiLineString", {"one": "text", "other": "text"}),
}
_STYLED = {  # which column colours a layer, and the kind of its symbols
    "claims": ("event", "POINT"),
    "events": ("type", "POINT"),
    "sightings": ("holder", "POINT"),
    "maps": ("holder", "MULTIPOLYGON"),
    "settlements": ("holder", "POINT"),
    "areas": ("holder", "MULTIPOLYGON"),
    "lines": ("one", "MULTILINESTRING"),
}
_STYLES = (  # as QGIS makes it where somebody saves a style in a database
    "CREATE TABLE IF NOT EXISTS public.layer_styles (id serial PRIMARY KEY, f_table_catalog varchar, "
    "f_table_schema varchar, f_table_name varchar, f_geometry_column varchar, stylename text, styleqml xml, "
    "stylesld xml, useasdefault boolean, description text, owner varchar(63) DEFAULT CURRENT_USER, ui xml, "
    "update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)"
)
_STYLE = "Fogline"


class Layer(Struct, frozen=True, kw_only=True):
    """One layer of the map: how many features it has now, and whether QGIS finds a style for it."""

    name: str
    features: int
    styled: bool


def make_layers(store: Store, *, embargo_hours: float = 0.0, coarsen: bool = False) -> list[Layer]:
    """Make the layers of a ledger's map, or make them anew with another embargo or coarsening.

    They are views, so that what is added later is in them. What was drawn of holders stays.

    Args:
        store: the ledger's, opened as its owner.
        embargo_hours: what the views leave out.
        coarsen: whether the views round points to town level.

    Raises:
        LedgerError: the ledger is no PostgreSQL database, has no PostGIS, or belongs to somebody else.
    """
    with store.alone("layers"), store.transaction():
        here = _ready(store)
        store.run(f"CREATE SCHEMA IF NOT EXISTS {MAP_SCHEMA}")
        made = views(here, embargo_hours=embargo_hours, coarsen=coarsen)
        for name, query in made.items():
            store.run(f"CREATE OR REPLACE VIEW {MAP_SCHEMA}.{name} AS {query}")
        for name, (kind, types) in _DRAWN.items():
            table = f"{MAP_SCHEMA}.{name}"
            columns = ", ".join(f"{column} {type_}" for column, type_ in types.items())
            store.run(
                f"CREATE TABLE IF NOT EXISTS {table} (id text PRIMARY KEY, day date NOT NULL, "
                f'"view" text NOT NULL, made timestamp NOT NULL, {columns}, '
                f"geom {here}.geometry({kind}, 4326))"
            )
            store.run(f"CREATE INDEX IF NOT EXISTS {name}_geom ON {table} USING gist (geom)")
            store.run(f"CREATE INDEX IF NOT EXISTS {name}_day ON {table} (day)")
        _style(store)
    return layers(store)


def draw_day(store: Store, day: date, view: str, holders: Sequence[Holder], shapes: Shapes) -> None:
    """Put who held what on a day into the layers, in place of what was drawn of that day and view before.

    Args:
        store: the ledger's, with its layers made.
        day: the day.
        view: ``assessed``, ``disputed``, or a party.
        holders: the settlements, as embargo and coarsening let them out.
        shapes: the land of the holders and the lines between them.
    """
    import shapely

    rows: dict[str, list[tuple[Mapping[str, Any], Any]]] = {
        "settlements": [(flat(h), shapely.Point(h.lon, h.lat)) for h in holders if h.holder],
        "areas": shape_rows(shapes, "areas"),
        "lines": shape_rows(shapes, "lines"),
    }
    with store.alone("layers"), store.transaction():
        here = _ready(store)
        for name, found in rows.items():
            store.run(f'DELETE FROM {MAP_SCHEMA}.{name} WHERE day = ? AND "view" = ?', [day, view])
            _insert(store, here, name, day, view, found)
        _style(store)


def layers(store: Store) -> list[Layer]:
    """Return the layers of a ledger's map."""
    counted = (f"SELECT '{name}', count(*) FROM {MAP_SCHEMA}.{name}" for name in _STYLED)
    found: dict[str, int] = dict(store.rows(" UNION ALL ".join(counted)))
    styled = _styled(store)
    return [Layer(name=name, features=found[name], styled=name in styled) for name in _STYLED]


def _styled(store: Store) -> set[str]:
    if next(store.rows("SELECT to_regclass('public.layer_styles') IS NULL"))[0]:
        return set()
    query = f"SELECT f_table_name FROM public.layer_styles WHERE f_table_schema = '{MAP_SCHEMA}'"
    return {name for (name,) in store.rows(query)}


def _ready(store: Store) -> str:
    """Return where PostGIS lies, with the ledger's geometries made where it came later than the ledger."""
    if not add_geometries(store):
        raise LedgerError(
            WITHOUT
            if store.dialect.name == "postgresql"
            else f"The ledger {store.where} is a file, which QGIS cannot draw from. Write a GeoPackage with "
            "`fogline export --format gpkg` or `fogline control --on DATE -o control.gpkg`, or move it to "
            "PostgreSQL with `fogline copy`."
        )
    return str(postgis(store))


def _insert(
    store: Store, here: str, name: str, day: date, view: str, found: Iterable[tuple[Mapping[str, Any], Any]]
) -> None:
    import shapely

    rows = list(found)
    if not rows:
        return
    kind, types = _DRAWN[name]
    names = ", ".join(types)
    lists = ", ".join(f"unnest(?::{type_}[]) AS {column}" for column, type_ in types.items())
    shape = f"{here}.ST_Multi(shape)" if kind.startswith("Multi") else "shape"
    store.run(
        f'INSERT INTO {MAP_SCHEMA}.{name} (id, day, "view", made, {names}, geom) SELECT id, ?::date, '
        f"?::text, ?::timestamp, {names}, {here}.ST_SetSRID({shape}, 4326) "
        f"FROM (SELECT unnest(?::text[]) AS id, {lists}, "
        f"{here}.ST_GeomFromGeoJSON(unnest(?::text[])) AS shape) given",
        [
            *(day, view, now()),
            [f"{day}-{view}-{number}" for number in range(len(rows))],
            *([told[column] for told, _ in rows] for column in types),
            [shapely.to_geojson(shape) for _, shape in rows],
        ],
    )


def _style(store: Store) -> None:
    """Write the layers' styles where QGIS looks for them; a style that a person saved is another row.

    Where this role may not write there, layers come without a style.
    """
    store.run("SAVEPOINT styles")
    try:
        _write_styles(store)
    except LedgerError:
        store.run("ROLLBACK TO SAVEPOINT styles")


def _write_styles(store: Store) -> None:
    store.run(_STYLES)
    kinds, holders = event_colours(), colours(_holders(store))
    for name, (column, kind) in _STYLED.items():
        style = qml(name, kind, column, kinds if column in ("event", "type") else holders)
        where = (
            f"f_table_catalog = current_database() AND f_table_schema = '{MAP_SCHEMA}' AND f_table_name = ?"
        )
        store.run(f"DELETE FROM public.layer_styles WHERE stylename = '{_STYLE}' AND {where}", [name])
        store.run(
            "INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, stylename, styleqml, useasdefault, description) SELECT current_database(), "
            f"'{MAP_SCHEMA}', ?, 'geom', '{_STYLE}', XMLPARSE(DOCUMENT ?), NOT EXISTS (SELECT FROM "
            f"public.layer_styles WHERE useasdefault AND {where}), 'Made by fogline layers'",
            [name, style, name],
        )


def _holders(store: Store) -> list[str]:
    """Return the holders of all layers, so that a party has one colour on the whole map."""
    layers = (
        f"SELECT {column} FROM {MAP_SCHEMA}.{name} WHERE {column} IS NOT NULL"
        for name, (column, _) in _STYLED.items()
        if column not in ("event", "type")
    )
    return [holder for (holder,) in store.rows(f"{' UNION '.join(layers)} ORDER BY 1")]
