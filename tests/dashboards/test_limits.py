"""What a limited viewer's connection holds: nothing of anybody else, whatever the table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboards.access.limits import SHARED, Limits
from pipeline import warehouse
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published
from pipeline.warehouse import PUBLISHED, Connection
from pipeline.workspace import WAREHOUSE, Workspace

# What says in a row whose it is, and the columns that may say it.
OWNERS = {
    "entity_id": ("entity_id",),
    "return": ("case_id", "return_id", "written_return_id"),
    "source_key": ("source_key",),
    "event_id": ("event_id",),
}


@pytest.fixture(scope="module")
def beside(built_workspace: Path) -> Iterator[Connection]:
    """A real build as one catalogue among others."""
    workspace = Workspace(built_workspace)
    number = workspace.current()
    assert number
    with warehouse.reading_beside(workspace.build_folder(number) / WAREHOUSE) as con:
        yield con


@pytest.fixture(scope="module")
def limits(beside: Connection) -> Limits:
    """The limits of that build."""
    return Limits(beside)


@pytest.fixture(scope="module")
def entity(beside: Connection) -> str:
    """The entity with most returns."""
    sql = f"select entity_id from {PUBLISHED}.event_log.cases group by all order by count(*) desc limit 1"
    [(found,)] = beside.cursor().execute(sql).fetchall()
    return str(found)


@pytest.fixture(scope="module")
def limited(beside: Connection, limits: Limits, entity: str) -> Connection:
    """A connection as a viewer of that entity has it."""
    reader = beside.cursor()
    reader.execute(f"use {limits.catalogue((entity,))}")
    return reader


def tables(con: Connection, catalogue: str) -> dict[str, list[str]]:
    sql = """
        select schema_name || '.' || table_name, list(column_name)
        from duckdb_columns()
        where database_name = $catalogue and schema_name <> 'main' and not internal
        group by all
    """
    return dict(con.execute(sql, {"catalogue": catalogue}).fetchall())


def foreign(beside: Connection, entity: str) -> dict[str, set[str]]:
    """All that names something of another entity, and of this one never, by what it names; asked of the extracts."""
    con = beside.cursor()
    con.execute(f"use {PUBLISHED}")

    def values(sql: str) -> set[str]:
        own = {row[0] for row in con.execute(sql.format(is_whose="="), {"entity": entity}).fetchall()}
        others = {row[0] for row in con.execute(sql.format(is_whose="<>"), {"entity": entity}).fetchall()}
        return others - own

    events = "select event_id, source_key from event_log.events where entity_id {is_whose} $entity"
    returns = "select return_id from staging.stg_erp__returns where entity_id {is_whose} $entity"
    return {
        "entity_id": values("select entity_id from staging.stg_reference__entities where entity_id {is_whose} $entity"),
        "return": values(returns),
        "source_key": values(f"select source_key from ({events})"),
        "event_id": values(f"select event_id from ({events})"),
    }


def test_no_table_holds_a_row_of_another_entity(beside: Connection, limited: Connection, entity: str) -> None:
    others = foreign(beside, entity)
    assert all(others.values()), "the build has something to hide"
    looked_at = 0
    for table, columns in tables(limited, limited.execute("select current_catalog()").fetchall()[0][0]).items():
        for kind, names in OWNERS.items():
            for column in set(names) & set(columns):
                held = {row[0] for row in limited.execute(f'select distinct "{column}" from {table}').fetchall()}
                assert not held & others[kind], f"{table}.{column}"
                looked_at += 1
    assert looked_at > 100


def test_no_value_of_any_table_is_the_id_or_name_of_another_entity(
    beside: Connection, limited: Connection, entity: str
) -> None:
    sql = f"select entity_id, name from {PUBLISHED}.staging.stg_reference__entities where entity_id <> $entity"
    others = {text for row in beside.cursor().execute(sql, {"entity": entity}).fetchall() for text in row}
    ids = foreign(beside, entity)["return"]
    for table, columns in tables(limited, limited.execute("select current_catalog()").fetchall()[0][0]).items():
        for column in columns:
            distinct = f'select distinct cast("{column}" as varchar) from {table}'
            held = {row[0] for row in limited.execute(distinct).fetchall()}
            assert not held & (others | ids), f"{table}.{column}"


def test_every_table_answers_and_every_own_row_is_there(beside: Connection, limited: Connection, entity: str) -> None:
    whole = tables(beside.cursor(), PUBLISHED)
    assert tables(limited, limited.execute("select current_catalog()").fetchall()[0][0]).keys() == whole.keys()
    for table in ("event_log.cases", "event_log.events", "marts.kpi_items", "marts.exceptions", "returns.returns"):
        counted = f"select count(*) from {PUBLISHED}.{table} where entity_id = $entity"
        [(own,)] = beside.cursor().execute(counted, {"entity": entity}).fetchall()
        assert limited.execute(f"select count(*) from {table}").fetchall() == [(own,)]
        assert own > 0


def test_the_extract_row_behind_every_own_event_is_there(limited: Connection) -> None:
    sql = "select distinct source_system, source_table from event_log.events"
    for system, table in limited.execute(sql).fetchall():
        lost = f"""
            select count(*)
            from event_log.events
            where source_system = '{system}'
                and source_table = '{table}'
                and source_key not in (select source_key from staging.stg_{system}__{table})
        """
        assert limited.execute(lost).fetchall() == [(0,)], (system, table)


def test_figures_are_those_of_the_entity(built_workspace: Path, limited: Connection, entity: str) -> None:
    with open_published(built_workspace) as published:
        assert kpi_rows(limited) == kpi_rows(published.connection, entities=[entity])


def test_what_shows_of_the_whole_build_has_no_place_and_no_value(limited: Connection) -> None:
    refused = limited.execute("select reason, file, row_number, raw from raw.quarantine").fetchall()
    assert refused
    assert {row[1:] for row in refused} == {(None, None, None)}
    assert not [row for row in refused if row[0].count(":") > 1]
    assert {row[0] for row in limited.execute("select file from raw.extra_columns").fetchall()} <= {""}
    rooms = "select table_schema || '.' || table_name from information_schema.tables where table_schema = 'raw'"
    for (table,) in limited.execute(rooms).fetchall():
        if table not in {"raw.quarantine", "raw.extra_columns", "raw.build_settings"}:
            assert limited.execute(f"select count(*) from {table}").fetchall() == [(0,)], table


def test_a_shared_table_says_nothing_of_an_entity_or_a_return(beside: Connection) -> None:
    columns = tables(beside.cursor(), PUBLISHED)
    assert set(columns) >= SHARED
    for table in SHARED:
        assert not {"entity_id", "case_id", "return_id", "source_system"} & set(columns[table]) or (
            table == "staging.activities"
        ), table


def test_a_table_that_nobody_has_spoken_for_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(path) as con:
        con.execute("create schema event_log; create schema marts; create schema staging; create schema later")
        con.execute(
            "create table event_log.cases as select 'R1' as case_id, 'A' as entity_id union all select 'R2', 'B'"
        )
        for table in ("marts.news", "staging.news", "later.news"):
            con.execute(f"create table {table} as select 'secret' as text")
        con.execute("create table later.owned as from event_log.cases")
        con.execute("create table marts.owned as select case_id from event_log.cases")
        con.execute("create table staging.stg_crm__news as select 'R1' as case_id")
    with warehouse.reading_beside(path) as beside:
        limits = Limits(beside)
        reader = beside.cursor()
        reader.execute(f"use {limits.catalogue(('A',))}")
        for table in ("marts.news", "staging.news", "later.news", "later.owned", "staging.stg_crm__news"):
            assert reader.execute(f"from {table}").fetchall() == []
        assert reader.execute("from marts.owned").fetchall() == [("R1",)]
        assert limits.catalogue(("A",)) == limits.catalogue(("A",)) != limits.catalogue(("A", "B"))
        assert limits.catalogue(None) == PUBLISHED


def test_an_entity_that_is_written_like_a_query_is_only_an_entity(beside: Connection, limits: Limits) -> None:
    reader = beside.cursor()
    name = limits.catalogue(("') or true --",))
    reader.execute(f"use {name}")
    assert reader.execute("select count(*) from event_log.cases").fetchall() == [(0,)]
