"""``retrace load-report``, ``kpis`` and ``exceptions``: what a published build says."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import OutputOption, WorkspaceOption

if TYPE_CHECKING:
    from pipeline.kpis import KpiRow
    from pipeline.warehouse import Connection

_KPI_FIELDS = ("kpi", "group", "value", "n", "numerator", "denominator")
_SHOWN_EXCEPTIONS = 50


def load_report(
    workspace: WorkspaceOption,
    form: Annotated[Literal["table", "json"], typer.Option("--format", help="How to print it.")] = "table",
    output: OutputOption = None,
) -> None:
    """Show for every extract table how its rows read add up to kept, superseded and quarantined ones."""
    from pipeline.load_report import load_report_json, load_report_text
    from pipeline.output import write_text
    from pipeline.publish import open_published

    with open_published(workspace) as published:
        con = published.connection
        write_text(load_report_json(con) if form == "json" else load_report_text(con), output)


def kpis(
    workspace: WorkspaceOption,
    start: Annotated[str | None, typer.Option("--from", metavar="D", help="First local date (YYYY-MM-DD).")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="D", help="The local date after the last one.")] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="SLICE", help="entity, site, channel, reason, category, supplier or month."),
    ] = None,
    form: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="How to print them.")] = "table",
    output: OutputOption = None,
) -> None:
    """Show the key performance indicators, of a period and by a slice where asked."""
    from pipeline.instants import parse_date
    from pipeline.kpis import kpi_rows
    from pipeline.output import write_text
    from pipeline.publish import open_published

    first, after = parse_date(start, "--from"), parse_date(end, "--to")
    with open_published(workspace) as published:
        rows = kpi_rows(published.connection, first, after, by)
        if form == "table":
            show_kpis(published.connection, rows, output)
            return
    write_text(_kpis_json(rows) if form == "json" else _kpis_csv(rows), output)


def show_kpis(con: Connection, rows: list[KpiRow], output: Path | None) -> None:
    """Print KPI rows as a table for people."""
    from pipeline.text_table import NOTHING, count, quantity, show_table

    units = dict(
        con.execute(
            """
            select kpi_measures.measure, kpis.unit
            from staging.kpi_measures
            inner join staging.kpis on kpis.kpi = kpi_measures.kpi
            """
        ).fetchall()
    )
    cells = []
    is_grouped = any(row.group is not None for row in rows)
    for row in rows:
        unit = str(units.get(row.kpi, ""))
        coverage = NOTHING if row.coverage is None else f"{row.coverage:.0%}"
        reliable = coverage if row.coverage is None or row.coverage >= 0.9 else f"{coverage}, not reliable"
        group = [row.group or NOTHING] if is_grouped else []
        cells.append([row.kpi, *group, quantity(row.value, unit), unit, count(row.n), count(row.left_out), reliable])
    columns = ("KPI", *(["group"] if is_grouped else []), "value", "unit", "n", "left out", "coverage")
    show_table("Key performance indicators", columns, cells, output, ("value", "n", "left out"))


def _kpis_json(rows: list[KpiRow]) -> str:
    records = [{name: getattr(row, name) for name in _KPI_FIELDS} for row in rows]
    return json.dumps(records, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _kpis_csv(rows: list[KpiRow]) -> str:
    from pipeline.export.cells import safe_cell

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_KPI_FIELDS)
    for row in rows:
        safe = replace(row, group=safe_cell(row.group))
        writer.writerow([getattr(safe, name) for name in _KPI_FIELDS])
    return text.getvalue()


def exceptions(
    workspace: WorkspaceOption,
    exception_type: Annotated[str | None, typer.Option("--type", metavar="T", help="Only this type.")] = None,
    only_open: Annotated[bool, typer.Option("--open", help="Only what is not resolved.")] = False,
    form: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="How to print them.")] = "table",
    output: OutputOption = None,
) -> None:
    """Show the exceptions: returns, receipts, credits and claims that break a rule."""
    from pipeline.exception_list import exception_filter, exception_rows, exception_types
    from pipeline.export.catalog import TABLES
    from pipeline.export.tabular import write_csv, write_json
    from pipeline.output import machine_output
    from pipeline.publish import open_published
    from pipeline.text_table import count, show_table

    with open_published(workspace) as published:
        con = published.connection
        where = exception_filter(exception_types(con), exception_type, only_open)
        if form == "table":
            total, rows = exception_rows(con, where, _SHOWN_EXCEPTIONS)
            part = f"{count(len(rows))} of " if len(rows) < total else ""
            title = f"{part}{count(total)} exceptions{', the latest; all of them with --format csv' if part else ''}"
            columns = ("type", "object", "id", "return", "entity", "detected", "resolved", "value")
            show_table(title, columns, rows, output, ("value",), "No exceptions.")
            return
        with machine_output(output) as path:
            if form == "csv":
                write_csv(con, TABLES["exceptions"], path, where=where)
            else:
                write_json(con, TABLES["exceptions"], path, where=where, parsed="evidence")
