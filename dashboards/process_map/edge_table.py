"""The edges of the process map as a table: the same numbers, sortable, to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import frame
from mining.map_view import Reading
from mining.process_map import MapEdge
from mining.simplify import Selection
from pipeline.export.cells import safe_cell

_FIELDS = (
    "activity", "next_activity", "frequency", "cases", "mean_seconds", "median_seconds",
    "mean_business_seconds", "median_business_seconds",
)  # fmt: skip


def show_edges(edges: Sequence[MapEdge], selection: Selection, returns: int, reading: Reading) -> None:
    """Show the edges of the map, or all of them, with a download of what is shown."""
    frame.section("The same as a table")
    with st.container(horizontal=True, vertical_alignment="center"):
        everything = st.toggle("Hidden edges too", key="hidden-edges")
        shown = [edge for edge in edges if everything or (edge.activity, edge.next_activity) in selection.edges]
        st.download_button(
            "Download CSV", lambda: edges_csv(shown), "process-map-edges.csv", "text/csv", key="edges-csv"
        )
    st.dataframe(
        edge_frame(shown, returns, reading),
        hide_index=True,
        column_config={
            "Returns": st.column_config.NumberColumn(format="localized"),
            "Times": st.column_config.NumberColumn(format="localized"),
            "Share of returns": st.column_config.ProgressColumn(format="%.0f %%", min_value=0, max_value=100),
        },
        key="edges",
    )


def edge_frame(edges: Sequence[MapEdge], returns: int, reading: Reading) -> pd.DataFrame:
    """Return the edges with waits in hours of the chosen clock, or in its days where they have a length."""
    unit, size = ("d", reading.day_seconds) if reading.day_seconds else ("h", 3600.0)
    name = "business" if reading.clock == "business" else "elapsed"
    means = [edge.mean_business_seconds if name == "business" else edge.mean_seconds for edge in edges]
    medians = [edge.median_business_seconds if name == "business" else edge.median_seconds for edge in edges]
    return pd.DataFrame(
        {
            "From": [edge.activity for edge in edges],
            "To": [edge.next_activity for edge in edges],
            "Returns": [edge.cases for edge in edges],
            "Share of returns": [100 * edge.cases / returns for edge in edges],
            "Times": [edge.frequency for edge in edges],
            f"Median wait ({name} {unit})": _rounded(medians, size),
            f"Mean wait ({name} {unit})": _rounded(means, size),
        }
    )


def _rounded(seconds: Sequence[float | None], size: float) -> list[float | None]:
    return [None if value is None else round(value / size, 2) for value in seconds]


def edges_csv(edges: Sequence[MapEdge]) -> str:
    """Return the edges as CSV, unrounded, with the columns of `retrace export edges`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    for edge in edges:
        cells = [getattr(edge, field) for field in _FIELDS]
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()
