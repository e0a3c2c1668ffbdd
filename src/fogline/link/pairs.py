"""How likely two claims tell of one occurrence: Fellegi and Sunter's weights, by Splink or in plain SQL.

Fellegi and Sunter, "A Theory for Record Linkage" (1969): every comparison adds the log of how much likelier
its outcome is for two claims of one occurrence than for two claims of different ones. Comparisons are in
comparisons.yml, weights in weights.json. Everything runs in a DuckDB of its own in memory, whatever the
ledger's database is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from .blocks import standing
from .features import Record, columns
from .parameters import Comparison, comparisons, settings, weights

_KM = (
    "12742 * asin(sqrt(least(1, pow(sin(radians(lat_l - lat_r) / 2), 2)"
    " + cos(radians(lat_l)) * cos(radians(lat_r)) * pow(sin(radians(lon_l - lon_r) / 2), 2))))"
)
_COLUMN = re.compile(r"\b(\w+)_([lr])\b")
_FILLED = re.compile(r"\{(\w+)\}")
_AT_ONCE = 20_000  # rows put into a table at a time
_ROUNDED = 1e-5
SPLINK_FROM = 20_000  # pairs; below, Splink takes longer to load than the rest takes


class Entry(Struct, frozen=True):
    """Where a claim stands in a block: the block, its key in the block's order, the claim."""

    block: str
    sort: str
    claim: str


class _Pair(Struct, frozen=True):
    one: str
    other: str


class _Fresh(Struct, frozen=True):
    claim: str


class _Grouped(Struct, frozen=True):
    claim: str
    part: int


class Link(Struct, frozen=True):
    """Two claims taken for one occurrence: the weight in bits, and the sentence that explains it."""

    one: str
    other: str
    weight: float
    why: str


def entries(records: Iterable[Record]) -> list[Entry]:
    """Return where claims stand in blocks."""
    return [Entry(block, sort, record.id) for record in records for block, sort in standing(record)]


class Pairs:
    """Claims that are compared with each other.

    Args:
        blocks: where claims stand in blocks; only claims that share one are compared.
        new: where given, only pairs with one of these claims.
        memory_mb: what DuckDB may keep in memory, in MiB.
    """

    def __init__(
        self, blocks: Sequence[Entry] = (), *, new: Sequence[str] | None = None, memory_mb: int = 1024
    ) -> None:
        import duckdb

        self._connection = duckdb.connect(config={"threads": "2", "memory_limit": f"{memory_mb}MiB"})
        self._connection.execute("SET enable_progress_bar = false")
        texts = dict.fromkeys(Entry.__struct_fields__, "VARCHAR")
        self._keep("entries", texts, blocks)
        self._pair(new)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pairs that are compared."""
        return self._connection.execute("SELECT one, other FROM pairs ORDER BY one, other").fetchall()

    def claims(self) -> set[str]:
        """Return the claims that are in a pair."""
        query = "SELECT one FROM pairs UNION SELECT other FROM pairs"
        return {id for (id,) in self._connection.execute(query).fetchall()}

    def count(self) -> int:
        """Count the pairs."""
        row = self._connection.execute("SELECT count(*) FROM pairs").fetchone()
        return int(row[0]) if row else 0

    def load(self, records: Iterable[Record]) -> None:
        """Take in what of the claims is compared."""
        self._keep("records", columns(), list(records))

    def links(self, *, threshold: float | None = None) -> list[Link]:
        """Return the pairs that weigh enough, each with its sentence.

        Args:
            threshold: bits from which on a pair is linked; the setting where None.
        """
        if threshold is None:
            threshold = settings().clusters.threshold
        if self.count() >= SPLINK_FROM:
            self._splink(threshold)
        else:
            self._plain(threshold)
        return self._explained()

    def within(self, groups: Iterable[Iterable[str]]) -> list[tuple[str, str, float]]:
        """Return the pairs within groups of claims that are compared, linked or not, each with its weight.

        Args:
            groups: claims that were loaded; a pair of two groups is left out.
        """
        rows = [_Grouped(claim, nth) for nth, group in enumerate(groups) for claim in group]
        self._keep("grouped", {"claim": "VARCHAR", "part": "BIGINT"}, rows)
        self._connection.execute(
            "CREATE OR REPLACE TABLE together AS SELECT p.one, p.other FROM pairs p "
            "JOIN grouped a ON a.claim = p.one JOIN grouped b ON b.claim = p.other AND b.part = a.part"
        )
        least = _number(settings().clusters.least)
        weighed = f"SELECT one, other, greatest({_weight()}, {least}) FROM ({_sided('together')})"
        return self._connection.execute(f"{weighed} ORDER BY one, other").fetchall()

    def weigh(self, pairs: Sequence[tuple[str, str]]) -> list[Link]:
        """Return the weight of these very pairs, whether or not they share a block."""
        self._given(pairs)
        self._plain(None)
        return self._explained()

    def levels(self, pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
        """Return, for each of these pairs, which level each comparison comes to."""
        self._given(pairs)
        cases = ", ".join(f"{level_sql(c)} AS {c.name}" for c in comparisons())
        rows = self._connection.execute(
            f"SELECT one, other, {cases} FROM ({_sided()}) ORDER BY one, other"
        ).fetchall()
        names = [comparison.name for comparison in comparisons()]
        found = {(one, other): dict(zip(names, told, strict=True)) for one, other, *told in rows}
        return [found[min(pair), max(pair)] for pair in pairs]

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()

    def _keep(self, name: str, types: Mapping[str, str], rows: Sequence[Struct]) -> None:
        """Make a table of structs; lists go in as they are, so that nothing large has to be loaded for it."""
        made = ", ".join(f'"{column}" {kind}' for column, kind in types.items())
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} ({made})")
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in types.values())
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            values = [[getattr(row, column) for row in some] for column in types]
            self._connection.execute(f"INSERT INTO {name} SELECT {lists}", values)

    def _given(self, pairs: Sequence[tuple[str, str]]) -> None:
        rows = [_Pair(min(pair), max(pair)) for pair in pairs]
        self._keep("pairs", dict.fromkeys(_Pair.__struct_fields__, "VARCHAR"), rows)

    def _pair(self, new: Sequence[str] | None) -> None:
        """Make the table of pairs that share a block, each claim with its neighbours in the block's order."""
        most = settings().blocks.most
        self._connection.execute(
            "CREATE OR REPLACE TABLE standing AS SELECT block, claim, "
            "row_number() OVER (PARTITION BY block ORDER BY sort) AS nth FROM entries"
        )
        only = ""
        if new is not None:
            self._keep("fresh", {"claim": "VARCHAR"}, [_Fresh(claim) for claim in new])
            only = "AND (a.claim IN (SELECT claim FROM fresh) OR b.claim IN (SELECT claim FROM fresh))"
        self._connection.execute(
            f"CREATE OR REPLACE TABLE pairs AS SELECT DISTINCT least(a.claim, b.claim) AS one, "
            f"greatest(a.claim, b.claim) AS other FROM (SELECT *, unnest([nth // {most}, nth // {most} + 1]) "
            f"AS part FROM standing) a JOIN (SELECT *, nth // {most} AS part FROM standing) b "
            f"ON a.block = b.block AND a.part = b.part WHERE b.nth > a.nth AND b.nth <= a.nth + {most} {only}"
        )

    def _plain(self, threshold: float | None) -> None:
        """Weigh the pairs by one query: the same weights as Splink's, without the time it takes to load."""
        least = "" if threshold is None else f"WHERE weight >= {threshold}"
        self._connection.execute(
            "CREATE OR REPLACE TABLE linked AS SELECT * FROM "
            f"(SELECT one, other, {_weight()} AS weight FROM ({_sided()})) {least}"
        )

    def _splink(self, threshold: float) -> None:
        """Weigh the pairs by Splink."""
        from splink import DuckDBAPI, Linker

        self._connection.execute(
            "CREATE OR REPLACE TABLE blocked AS SELECT '0' AS match_key, one AS join_key_l, "
            "other AS join_key_r FROM pairs"
        )
        api = DuckDBAPI(connection=self._connection)
        linker = Linker(api.register("records"), splink_settings(), log_level=None, validate_settings=False)
        linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
        predicted = linker.inference.predict(
            threshold_match_weight=threshold - _ROUNDED, warning_mode="never"
        )
        self._connection.execute(
            "CREATE OR REPLACE TABLE linked AS SELECT least(id_l, id_r) AS one, "
            "greatest(id_l, id_r) AS other, "
            f"round(match_weight, 6) AS weight FROM {predicted.physical_name} "
            f"WHERE round(match_weight, 6) >= {threshold}"
        )

    def _explained(self) -> list[Link]:
        says = ", ".join(sentence_sql(comparison) for comparison in comparisons())
        sided = _sided("linked", "p.weight")
        rows = self._connection.execute(
            f"SELECT one, other, weight, concat_ws('; ', {says}) FROM ({sided}) ORDER BY one, other"
        ).fetchall()
        return [Link(one, other, weight, f"{why}.") for one, other, weight, why in rows]


def splink_settings() -> Any:
    """Return the comparisons and weights as settings of Splink."""
    from splink import SettingsCreator

    prior, _ = weights()
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=1 / (1 + 2**-prior),
        retain_matching_columns=False,
        comparisons=[_splink_comparison(comparison) for comparison in comparisons()],
    )


def _splink_comparison(comparison: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = []
    if not any(level.missing for level in comparison.levels):  # Splink warns where there is no such level
        levels.append({"sql_condition": "id_l IS NULL", "label_for_charts": "never", "is_null_level": True})
    for level in comparison.levels:
        told: dict[str, Any] = {
            "sql_condition": _condition(level.when),
            "label_for_charts": level.says or level.name,
        }
        if level.missing:
            told["is_null_level"] = True
        else:  # Splink keeps two probabilities, whose ratio is the weight
            told |= {"m_probability": 1 / (1 + 2**-level.weight), "u_probability": 1 / (1 + 2**level.weight)}
        levels.append(told)
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _weight() -> str:
    """Return the SQL of the weight of two records side by side."""
    prior, _ = weights()
    terms = " + ".join([_number(prior), *(weight_sql(comparison) for comparison in comparisons())])
    return f"round({terms}, 6)"


def weight_sql(comparison: Comparison) -> str:
    """Return the SQL of a comparison's weight."""
    return _case(comparison, lambda level: _number(level.weight))


def level_sql(comparison: Comparison) -> str:
    """Return the SQL of the level that a comparison comes to."""
    return _case(comparison, lambda level: f"'{level.name}'")


def sentence_sql(comparison: Comparison) -> str:
    """Return the SQL of a comparison's sentence with its weight, NULL where it weighs nothing."""

    def told(level: Any) -> str:
        if level.missing or not level.says or not round(level.weight, 1):
            return "NULL"
        says = level.says.replace("'", "''")
        filled = _FILLED.sub(lambda found: f"' || coalesce({found[1]}, '') || '", says)
        return f"'{filled} ({level.weight:+.1f})'"

    return _case(comparison, told)


def _case(comparison: Comparison, told: Any) -> str:
    branches = [
        f"WHEN {_condition(level.when)} THEN {told(level)}"
        for level in comparison.levels
        if level.when != "ELSE"
    ]
    last = next((told(level) for level in comparison.levels if level.when == "ELSE"), "NULL")
    return f"(CASE {' '.join(branches)} ELSE {last} END)"


def _number(bits: float) -> str:
    return f"CAST({bits!r} AS DOUBLE)"


def _condition(when: str) -> str:
    return when.replace("{km}", _KM)


def _sided(pairs: str = "pairs", *more: str) -> str:
    """Return the query that puts the two records of each pair side by side."""
    sides = [f"{side}.{name} AS {name}_{side}" for side in "lr" for name in Record.__struct_fields__]
    return (
        f"SELECT {', '.join(['p.one', 'p.other', *more, *sides])} FROM {pairs} p "
        "JOIN records l ON l.id = p.one JOIN records r ON r.id = p.other"
    )
