"""All differences of two maps as a table and as a file."""

from __future__ import annotations

import csv
import io

import pandas as pd

from mining.map_difference import EdgeDifference, MapDifference
from mining.map_difference_view import DifferenceReading
from pipeline.export.cells import safe_cell

_FIELDS = (
    "activity", "next_activity", "cases_here", "cases_there", "of_here", "of_there", "share_difference",
    "interval_low", "interval_high", "median_seconds_here", "median_seconds_there", "median_business_seconds_here",
    "median_business_seconds_there",
)  # fmt: skip


def difference_frame(found: MapDifference, reading: DifferenceReading) -> pd.DataFrame:
    """Return the edges, largest difference in share first, with medians in days or hours of the chosen clock."""
    unit, size = ("d", reading.day_seconds) if reading.day_seconds else ("h", 3600.0)
    clock = reading.clock
    edges = sorted(found.edges, key=lambda edge: -abs(edge.share.points or 0.0))
    waits = [edge.median_business_seconds if clock == "business" else edge.median_seconds for edge in edges]
    return pd.DataFrame(
        {
            "From": [edge.activity for edge in edges],
            "To": [edge.next_activity for edge in edges],
            "Returns here": [edge.share.cases[0] for edge in edges],
            "Returns there": [edge.share.cases[1] for edge in edges],
            "Share here (%)": [_percent(edge.share.shares[0]) for edge in edges],
            "Share there (%)": [_percent(edge.share.shares[1]) for edge in edges],
            "Difference (points)": [_percent(edge.share.points) for edge in edges],
            "95 % from": [_percent(edge.share.interval[0] if edge.share.interval else None) for edge in edges],
            "95 % to": [_percent(edge.share.interval[1] if edge.share.interval else None) for edge in edges],
            f"Median wait here ({clock} {unit})": [_in_units(here, size) for here, _ in waits],
            f"Median wait there ({clock} {unit})": [_in_units(there, size) for _, there in waits],
            "Enough returns": ["yes" if edge.share.is_judged else "too few" for edge in edges],
        }
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _in_units(seconds: float | None, size: float) -> float | None:
    return None if seconds is None else round(seconds / size, 2)


def difference_csv(found: MapDifference) -> str:
    """Return all edges as CSV, unrounded: shares from 0 to 1, waits in seconds."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows(_line(edge) for edge in found.edges)
    return text.getvalue()


def _line(edge: EdgeDifference) -> list[object]:
    share = edge.share
    return [
        safe_cell(edge.activity), safe_cell(edge.next_activity), *share.cases, *share.of, share.points,
        *(share.interval or (None, None)), *edge.median_seconds, *edge.median_business_seconds,
    ]  # fmt: skip
