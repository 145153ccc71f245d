"""Exports: exact, ordered, harmless in a spreadsheet, and readable by the tools that they are for."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pm4py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pm4py.objects.ocel.validation import ocel20_rel_validation

from pipeline.errors import UsageError
from pipeline.export.catalog import TABLES, ExportTable, export_table
from pipeline.export.cells import safe_cell, safe_cell_sql
from pipeline.export.map import write_map
from pipeline.export.model import write_bpmn
from pipeline.export.ocel import OBJECT_TYPES, write_ocel
from pipeline.export.ocel_sqlite import write_ocel_sqlite
from pipeline.export.tabular import write_csv, write_json, write_parquet
from pipeline.export.xes import write_xes
from pipeline.publish import open_published

NASTY = [
    "plain",
    "comma, quote \" and 'apostrophe'",
    "line\nbreak\rreturn",
    '<tag attr="x"> & &amp; ]]>',
    "'; drop table event_log.events; --",
    "返品 ünï 😀",
    "control \x01\x02 character",
    "=1+1",
]


@pytest.fixture(scope="module")
def con(built_workspace: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(built_workspace) as published:
        yield published.connection


@pytest.fixture
def nasty() -> duckdb.DuckDBPyConnection:
    """An event log whose ids hold whatever text can hold."""
    con = duckdb.connect()
    con.execute("create schema event_log")
    con.execute(
        """
        create table event_log.events (
            event_id varchar, case_id varchar, activity varchar, event_at timestamp, ts_precision varchar,
            activity_rank integer, resource varchar, department varchar, is_automation boolean, entity_id varchar,
            source_system varchar, source_table varchar, source_key varchar, line_no varchar, receipt_id varchar,
            amount decimal(24, 9), currency varchar, case_position bigint
        );
        create table event_log.cases (
            case_id varchar, entity_id varchar, site varchar, channel varchar, reason varchar, category varchar,
            supplier varchar, segment varchar, value_band varchar
        );
        create table event_log.objects (object_type varchar, object_id varchar, case_id varchar);
        create table event_log.object_links (
            event_id varchar, object_type varchar, object_id varchar, qualifier varchar
        );
        """
    )
    for position, text in enumerate(NASTY):
        row = [text, text, text, datetime(2025, 1, 1, microsecond=position), "second", 1, text, text, False, text]
        row += ["erp", "returns", text, None, None, "-12.5", text, 1]
        con.execute(f"insert into event_log.events values ({', '.join('?' * len(row))})", row)
        con.execute("insert into event_log.cases (case_id, reason) values (?, ?)", [text, text])
        con.execute("insert into event_log.objects values ('return', ?, ?)", [text, text])
        con.execute("insert into event_log.object_links values (?, 'return', ?, 'case')", [text, text])
    return con


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def test_events_have_the_columns_and_the_order_of_the_specification(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write_csv(con, TABLES["events"], tmp_path / "events.csv")
    rows = rows_of(tmp_path / "events.csv")
    assert ",".join(rows[0]) == (
        "event_id,case_id,activity,event_at,ts_precision,activity_rank,resource,department,is_automation,entity_id,"
        "source_system,source_table,source_key,line_no,receipt_id,amount,currency"
    )
    key = [
        (r["case_id"], r["event_at"], r["ts_precision"] != "second", int(r["activity_rank"]), r["event_id"])
        for r in rows
    ]
    assert key == sorted(key)
    assert all(datetime.strptime(row["event_at"], "%Y-%m-%dT%H:%M:%S.%fZ") for row in rows)
    assert {row["is_automation"] for row in rows} == {"true", "false"}


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if "csv" in table.formats])
def test_every_table_is_written_in_full_as_csv_and_parquet(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    table = TABLES[name]
    [(expected,)] = con.execute(f"select count(*) from {table.relation}").fetchall()
    write_csv(con, table, tmp_path / "t.csv")
    write_parquet(con, table, tmp_path / "t.parquet")
    rows = rows_of(tmp_path / "t.csv")
    with duckdb.connect() as reader:
        back = reader.execute("select * from read_parquet(?)", [str(tmp_path / "t.parquet")])
        names = [column[0] for column in back.description]
        assert len(back.fetchall()) == len(rows) == expected > 0
    assert list(rows[0]) == names


def test_parquet_instants_are_utc(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_parquet(con, TABLES["events"], tmp_path / "e.parquet")
    [(first,)] = con.execute("select min(event_at) from event_log.events").fetchall()
    with duckdb.connect() as reader:
        reader.execute("set TimeZone = 'America/New_York'")
        query = "select min(event_at), any_value(typeof(event_at)) from read_parquet(?)"
        [(written, kind)] = reader.execute(query, [str(tmp_path / "e.parquet")]).fetchall()
    assert kind == "TIMESTAMP WITH TIME ZONE"
    assert written == first.replace(tzinfo=UTC)


def test_whatever_an_id_holds_comes_back_from_csv(nasty: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_csv(nasty, TABLES["events"], tmp_path / "raw.csv", raw=True)
    assert sorted(row["case_id"] for row in rows_of(tmp_path / "raw.csv")) == sorted(NASTY)
    write_csv(nasty, TABLES["events"], tmp_path / "safe.csv")
    safe = rows_of(tmp_path / "safe.csv")
    assert {row["case_id"] for row in safe} == {"'=1+1" if text == "=1+1" else text for text in NASTY}
    assert {row["amount"] for row in safe} == {"-12.500000000"}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1 555 100", "'+1 555 100"),
        ("-2+3", "'-2+3"),
        ("@sum(A1)", "'@sum(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("-5", "-5"),
        ("+3.25", "+3.25"),
        ("RMA-1", "RMA-1"),
        ("", ""),
        (None, None),
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_quoted(text: str | None, cell: str | None) -> None:
    assert safe_cell(text) == cell


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_the_engine_quotes_the_same_cells(text: str) -> None:
    [(cell,)] = duckdb.execute(f"select {safe_cell_sql('c')} from (select ? as c)", [text]).fetchall()
    assert cell == safe_cell(text)


def test_xes_is_read_back_by_pm4py_unchanged(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_xes(con, tmp_path / "log.xes")
    log = pm4py.read_xes(str(tmp_path / "log.xes"))
    columns = {
        "case:concept:name": "e.case_id",
        "concept:name": "activity",
        "time:timestamp": "event_at",
        "org:resource": "resource",
        "org:group": "department",
        "cost:total": "amount::double",
        "cost:currency": "e.currency",
        "lifecycle:transition": "'complete'",
        "is_automation": "is_automation",
        "case:site": "site",
        "case:reason": "reason",
    }
    expected = con.execute(
        f"""
        select {", ".join(columns.values())} from event_log.events as e inner join event_log.cases using (case_id)
        order by case_id, case_position
        """
    ).fetchall()
    log["time:timestamp"] = log["time:timestamp"].dt.tz_convert(UTC).dt.tz_localize(None).astype("datetime64[us]")
    read = log[list(columns)].astype(object).where(log[list(columns)].notna(), None)
    assert [tuple(row) for row in read.itertuples(index=False)] == expected


def test_xes_is_well_formed_whatever_ids_hold(nasty: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_xes(nasty, tmp_path / "log.xes")
    names = [
        node.attrib["value"]
        for node in ElementTree.parse(tmp_path / "log.xes").getroot().findall("trace/string[@key='concept:name']")
    ]
    assert sorted(names) == sorted(text.replace("\x01", "").replace("\x02", "") for text in NASTY)


def test_ocel_is_read_back_by_pm4py(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonocel"
    write_ocel(con, path)
    ocel = pm4py.read_ocel2_json(str(path))
    query = """
        select count(distinct event_id), count(distinct (object_type, object_id)), count(*) from event_log.object_links
    """
    # pm4py keeps the objects that an event touches
    assert (len(ocel.events), len(ocel.objects), len(ocel.relations)) == con.execute(query).fetchall()[0]
    assert set(ocel.objects["ocel:type"]) <= set(OBJECT_TYPES)


def test_ocel_as_sqlite_is_valid_and_says_what_json_says(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_ocel(con, tmp_path / "log.json")
    write_ocel_sqlite(con, tmp_path / "log.sqlite")
    assert ocel20_rel_validation.apply(str(tmp_path / "log.sqlite"))[1] == []
    by_json, by_sqlite = (
        pm4py.read_ocel2_json(str(tmp_path / "log.json")),
        pm4py.read_ocel2_sqlite(str(tmp_path / "log.sqlite")),
    )
    for table in ("events", "objects", "relations", "o2o"):
        first, second = getattr(by_json, table), getattr(by_sqlite, table)
        columns = sorted(set(first.columns) & set(second.columns))
        assert len(columns) >= len(second.columns) - 1
        whole = [frame[columns].astype(object) for frame in (first, second)]
        rows = [
            sorted(map(str, frame.where(frame.notna(), None).itertuples(index=False, name=None))) for frame in whole
        ]
        assert rows[0] == rows[1] != []
    assert set(by_json.relations["ocel:qualifier"]) == {"case", "line", "goods", "request", "document"}


def test_sqlite_tables_of_types_that_sound_alike_do_not_meet(nasty: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_ocel_sqlite(nasty, tmp_path / "log.sqlite")
    assert ocel20_rel_validation.apply(str(tmp_path / "log.sqlite"))[1] == []
    assert sorted(pm4py.read_ocel2_sqlite(str(tmp_path / "log.sqlite")).events["ocel:activity"]) == sorted(NASTY)


def test_ocel_links_only_what_it_lists(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_ocel(con, tmp_path / "log.json")
    log = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    ids = [item["id"] for item in log["objects"]]
    assert len(ids) == len(set(ids)) == con.execute("select count(*) from event_log.objects").fetchall()[0][0]
    assert {item["type"] for item in log["objects"]} <= {kind["name"] for kind in log["objectTypes"]}
    assert {item["type"] for item in log["events"]} == {kind["name"] for kind in log["eventTypes"]}
    links = [link for item in [*log["events"], *log["objects"]] for link in item.get("relationships", [])]
    assert {link["objectId"] for link in links} <= set(ids)
    assert all(link["qualifier"] for link in links)
    assert all(event["relationships"] for event in log["events"])


def test_ocel_holds_whatever_ids_hold(nasty: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_ocel(nasty, tmp_path / "log.json")
    log = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    assert sorted(item["id"] for item in log["objects"]) == sorted(f"return:{text}" for text in NASTY)


def test_json_holds_objects_numbers_and_nulls(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        con.execute(
            """
            create schema marts;
            create table marts.t as select 'a' as name, 1.5::decimal(24, 9) as value, '{"k": [1]}' as evidence,
            timestamp '2025-01-01 00:00:00.000001' as happened_at, null::varchar as nothing
            """
        )
        table = ExportTable("marts.t", (), ("name",))
        write_json(con, table, tmp_path / "t.json", parsed="evidence")
        write_json(con, table, tmp_path / "none.json", where="false")
    assert json.loads((tmp_path / "t.json").read_text()) == [
        {
            "name": "a",
            "value": 1.5,
            "evidence": {"k": [1]},
            "happened_at": "2025-01-01T00:00:00.000001Z",
            "nothing": None,
        }
    ]
    assert json.loads((tmp_path / "none.json").read_text()) == []


def test_the_model_is_bpmn_that_pm4py_reads(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_bpmn(con, tmp_path / "model.bpmn")
    model = pm4py.read_bpmn(str(tmp_path / "model.bpmn"))
    names = {node.get_name() for node in model.get_nodes()}
    assert {"RMA Created", "Return Closed"} <= names


@pytest.mark.parametrize(("name", "form"), [("edges", "xes"), ("model", "csv"), ("events", "bpmn"), ("events", "pdf")])
def test_a_format_that_does_not_fit_lists_those_that_do(name: str, form: str) -> None:
    with pytest.raises(UsageError, match="events: csv, parquet, xes, ocel"):
        export_table(name, form)


def test_an_unknown_table_lists_the_tables() -> None:
    with pytest.raises(UsageError, match="events, cases, edges, variants, handoffs, kpi_items, exceptions, model, map"):
        export_table("users", "csv")


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_map_is_a_picture_that_says_what_it_hides(built_workspace: Path, tmp_path: Path, form: str) -> None:
    with open_published(built_workspace) as published:
        write_map(published, form, tmp_path / "map")
    if form == "png":
        assert (tmp_path / "map").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    else:
        root = ElementTree.parse(tmp_path / "map").getroot()
        assert root.findtext("{http://www.w3.org/2000/svg}title", "").startswith("Showing ")
        assert "hidden." in root.findtext("{http://www.w3.org/2000/svg}title", "")
