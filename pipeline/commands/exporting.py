"""``retrace export``: tables, the event log and the model in formats that other tools read."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import OutputOption, WorkspaceOption


def export(
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help="events, cases, edges, variants, handoffs, kpi_items, exceptions, model or map."
        ),
    ],
    workspace: WorkspaceOption,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="csv or parquet; events also xes, ocel, ocel-sqlite; model bpmn; map svg, png.",
        ),
    ],
    output: OutputOption = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV: leave text that a spreadsheet would run as a formula as it is.")
    ] = False,
) -> None:
    """Write one table of the published build to a file or to standard output."""
    from pipeline.export.catalog import export_table
    from pipeline.export.map import write_map
    from pipeline.export.model import write_bpmn
    from pipeline.export.ocel import write_ocel
    from pipeline.export.ocel_sqlite import write_ocel_sqlite
    from pipeline.export.tabular import write_csv, write_parquet
    from pipeline.export.xes import write_xes
    from pipeline.output import machine_output
    from pipeline.publish import open_published

    chosen = export_table(table, form)
    with (
        open_published(workspace) as published,
        machine_output(output, binary=form in ("parquet", "ocel-sqlite", "png")) as path,
    ):
        con = published.connection
        match form:
            case "csv":
                write_csv(con, chosen, path, raw)
            case "parquet":
                write_parquet(con, chosen, path)
            case "xes":
                write_xes(con, path)
            case "ocel":
                write_ocel(con, path)
            case "ocel-sqlite":
                write_ocel_sqlite(con, path)
            case "svg" | "png":
                write_map(published, form, path)
            case _:
                write_bpmn(con, path)
