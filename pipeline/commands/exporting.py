"""``retrace export``: tables, the event log and the model in formats that other tools read."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import NamedOption, OutputOption, WorkspaceOption


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
    named: NamedOption = False,
) -> None:
    """Write one table of the published build to a file or to standard output.

    Events as CSV are the event log of the specification, which names the users of the extracts; everything else shows
    persons and customers under names that tell nobody who they are.
    """
    from pipeline.export.catalog import export_table
    from pipeline.export.map import write_map
    from pipeline.export.model import write_bpmn
    from pipeline.export.ocel import write_ocel
    from pipeline.export.ocel_sqlite import write_ocel_sqlite
    from pipeline.export.tabular import write_csv, write_parquet
    from pipeline.export.xes import write_xes
    from pipeline.output import machine_output
    from pipeline.people import masked
    from pipeline.publish import open_published

    chosen = export_table(table, form)
    with (
        open_published(workspace) as published,
        machine_output(output, binary=form in ("parquet", "ocel-sqlite", "png")) as path,
    ):
        con = published.connection
        if not named and (table, form) != ("events", "csv"):
            chosen = masked(chosen, published.workspace.people_key())
        match form:
            case "csv":
                write_csv(con, chosen, path, raw)
            case "parquet":
                write_parquet(con, chosen, path)
            case "xes":
                write_xes(con, path, chosen.relation)
            case "ocel":
                write_ocel(con, path, chosen.relation)
            case "ocel-sqlite":
                write_ocel_sqlite(con, path, chosen.relation)
            case "svg" | "png":
                write_map(published, form, path)
            case _:
                write_bpmn(con, path)
