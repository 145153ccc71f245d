"""The paths as a table: the same numbers, sortable, to download."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboards.paths.words import Valued
from dashboards.same_numbers import show_numbers
from mining.map_view import DAY
from mining.variants import Variant
from pipeline.export.records import records_csv

SHARE = "Share of returns"


def show_paths(rows: Sequence[Valued], form: str, currency: str) -> None:
    """Show all paths that are known one by one, with a download of what `retrace mine` writes of them."""
    found = [row.variant for row in rows]
    show_numbers(lambda: path_frame(rows, currency), lambda: records_csv(Variant, found), f"paths-{form}", [SHARE])


def path_frame(rows: Sequence[Valued], currency: str) -> pd.DataFrame:
    """Return the paths with shares in percent and times in elapsed days."""
    found = [row.variant for row in rows]
    return pd.DataFrame(
        {
            "Place": range(1, len(rows) + 1),
            "Returns": [one.cases for one in found],
            SHARE: [100 * one.share for one in found],
            "Together (%)": [round(100 * one.cumulative_share, 1) for one in found],
            f"Credit value ({currency or 'reporting currency'})": _rounded([one.value for one in found], 1),
            "Share of credit value (%)": _rounded([row.value_share for row in rows], 0.01),
            "Median (elapsed d)": _rounded([one.median_seconds for one in found], DAY),
            "p90 (elapsed d)": _rounded([one.p90_seconds for one in found], DAY),
            "Recovery (%)": _rounded([one.recovery_rate for one in found], 0.01),
            "Difference to the standard": [one.difference for one in found],
            "Path": [" > ".join(one.activities) for one in found],
        }
    )


def _rounded(values: Sequence[float | None], size: float) -> list[float | None]:
    return [None if value is None else round(value / size, 1) for value in values]
