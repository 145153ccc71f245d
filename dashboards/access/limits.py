"""What a limited viewer's connection holds: every table of the warehouse, with the rows of some entities only.

The limit lies beneath all queries, which need not know of it: they are answered from a catalogue of views. A table is
empty in it unless its columns say whose its rows are, or it is named here as belonging to everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from pipeline.warehouse import PUBLISHED, Connection, literal

RETURN_KEYS = ("return_id", "case_id")
OWNED_SCHEMAS = ("event_log", "marts", "returns", "staging")

SHARED = frozenset(
    {
        "marts.load_report",
        "quality.expectation_results",
        "raw.build_settings",
        "returns.as_of",
        "staging.activities",
        "staging.kpi_measures",
        "staging.kpis",
        "staging.milestones",
        "staging.stages",
        "staging.stg_reference__dispositions",
        "staging.stg_reference__fx_rates",
        "staging.stg_reference__reasons",
        "staging.value_bands",
    }
)
"""Definitions, and counts of the whole build without a row behind them."""

OWN_OR_FOR_ALL = frozenset(
    {
        "staging.stg_reference__code_map",
        "staging.stg_reference__kpi_targets",
        "staging.stg_reference__policies",
        "staging.stg_reference__sla_targets",
    }
)
"""Tables whose entity_id `*` stands for every entity."""

OWN = frozenset({"staging.stg_reference__entities", "staging.stg_wms__sites"})
"""Extracts that tell of entities and leave no events."""

OF_PATHS = frozenset({"event_log.work_paths"})
"""Steps of paths, of which only those show that returns of the viewer take."""

WITHOUT_PLACES = {
    "raw.extra_columns": "'' as file",
    "raw.quarantine": "regexp_extract(reason, '^([^:]*(: [^:]*)?)', 1) as reason, "
    "cast(null as varchar) as file, cast(null as bigint) as row_number, cast(null as varchar) as raw",
}
"""Tables of which only what can be counted shows: no file, no row, no value."""


class Limits:
    """The catalogues of limited viewers beside an open warehouse, one for each choice of entities."""

    def __init__(self, beside: Connection) -> None:
        self._beside = beside
        self._made: dict[tuple[str, ...], str] = {}
        self._lock = Lock()

    def catalogue(self, entities: tuple[str, ...] | None) -> str:
        """Return the name of the catalogue to use for these entity_ids; None is the whole warehouse."""
        if entities is None:
            return PUBLISHED
        with self._lock:
            if entities not in self._made:
                name = f"viewer_{len(self._made) + 1}"
                _make(self._beside.cursor(), name, entities)
                self._made[entities] = name
            return self._made[entities]


def _make(maker: Connection, name: str, entities: tuple[str, ...]) -> None:
    """Make the catalogue; when that fails nothing of it stays."""
    tables = _tables(maker)
    maker.execute(f"attach or replace ':memory:' as {name}")
    maker.execute(
        f"create table {name}.main.entities as select unnest($ids::varchar[]) as entity_id", {"ids": entities}
    )
    maker.execute(
        f"create table {name}.main.members as select case_id from {PUBLISHED}.event_log.cases "  # noqa: S608
        f"where entity_id in (from {name}.main.entities)"
    )
    for schema in sorted({table.partition(".")[0] for table in tables}):
        maker.execute(f'create schema if not exists {name}."{schema}"')
    for table, columns in tables.items():
        maker.execute(view_of(name, table, columns))


def _tables(maker: Connection) -> Mapping[str, list[str]]:
    """The columns of every table and view of the warehouse, by `schema.table`."""
    listed = """
        select schema_name || '.' || table_name, list(column_name order by column_index)
        from duckdb_columns()
        where database_name = $published and not internal
        group by all
        order by all
    """
    return dict(maker.execute(listed, {"published": PUBLISHED}).fetchall())


def view_of(name: str, table: str, columns: list[str]) -> str:
    """Return the statement that makes the view of a table (`schema.table`) in the catalogue `name`."""
    schema, _, plain = table.partition(".")
    source = f'{PUBLISHED}."{schema}"."{plain}"'
    shown = f"* replace ({WITHOUT_PLACES[table]})" if table in WITHOUT_PLACES else "*"
    return (
        f'create view {name}."{schema}"."{plain}" as select {shown} from {source} where {_kept(name, table, columns)}'  # noqa: S608
    )


def _kept(name: str, table: str, columns: list[str]) -> str:
    """Return which rows of a table a viewer may see."""
    schema, _, plain = table.partition(".")
    is_own = f"entity_id in (from {name}.main.entities)"
    if table in SHARED or table in WITHOUT_PLACES:
        return "true"
    if table in OWN_OR_FOR_ALL:
        return f"({is_own} or entity_id = '*')"
    if table in OWN:
        return is_own
    if table in OF_PATHS:
        own_cases = f"{PUBLISHED}.event_log.cases where case_id in (from {name}.main.members)"
        return f"variant_id in (select variant_id from {own_cases})"  # noqa: S608
    if schema == "staging" and plain.startswith("stg_"):
        return _left_events(name, plain, columns)
    return _is_owned(name, columns) if schema in OWNED_SCHEMAS else "false"


def _is_owned(name: str, columns: list[str]) -> str:
    """The rows whose entity, and whose return if they have one, are the viewer's."""
    key = next((column for column in RETURN_KEYS if column in columns), None)
    is_of_return = f"{key} in (from {name}.main.members)"
    if "entity_id" not in columns:
        return is_of_return if key else "false"
    is_own = f"entity_id in (from {name}.main.entities)"
    return f"{is_own} and ({key} is null or {is_of_return})" if key else is_own


def _left_events(name: str, plain: str, columns: list[str]) -> str:
    """The rows of an extract that events of the viewer's returns were made of; its own ids mean something else."""
    system, _, table = plain.removeprefix("stg_").partition("__")
    if "source_key" not in columns:
        return "false"
    return (
        f"source_key in (select source_key from {PUBLISHED}.event_log.events "  # noqa: S608
        f"where source_system = {literal(system)} and source_table = {literal(table)} "
        f"and case_id in (from {name}.main.members))"
    )
