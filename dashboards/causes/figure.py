"""How much likelier an outcome is with a condition than without, before and after other factors."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.causes.answer import Association, CausesAnswer
from dashboards.causes.words import forest_row, worth_showing
from dashboards.charts.forest import FURTHEST, Ground, forest_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline import formats

MOST = 12
GROUND = Ground(Axis("times as likely as other returns, with 95 % interval; dashed: as likely", "~r"), 1.0, True)
LEGEND = (
    "Dot: after the other factors. Hollow diamond: before. Beside each name: its status, and its returns with the "
    "outcome of all its returns. Each interval is that of one condition by itself; the status also allows for how many "
    f"were tested. Intervals are drawn up to {FURTHEST:.0f} times either way. "
)


def show_ratios(answer: CausesAnswer) -> None:
    """Show the clearest conditions as a forest, and all as a table."""
    shown = worth_showing(answer, MOST)
    rows = [row for row in map(forest_row, shown) if row]
    if rows:
        with st.container(key="wide-causes"):
            figure = forest_figure(rows, GROUND, frame.theme())
            show_chart(figure, config=toolbar("causes"), key="causes-figure")
    frame.caption(f"{LEGEND}{_hidden(len(answer.associations), shown, len(rows))}")
    show_numbers(lambda: cause_frame(answer.associations), lambda: causes_csv(answer.associations), "causes")


def _hidden(tested: int, shown: Sequence[Association], drawn: int) -> str:
    never = len(shown) - drawn
    missing = f" {never} have no ratio, because one side never has the outcome." if never else ""
    return f"{drawn} of {formats.count(tested)} tested conditions are drawn, by rank; the table has all.{missing}"


def causes_csv(associations: Sequence[Association]) -> str:
    """Return the conditions as CSV, unrounded, with the columns of the mined file of causes."""
    from pipeline.export.records import records_csv
    from pipeline.mine.cause_rows import CauseRow

    return records_csv(CauseRow, [one.row for one in associations])


def cause_frame(associations: Sequence[Association]) -> pd.DataFrame:
    """Return the conditions as a table, rates in percent."""
    rows = [one.row for one in associations]
    return pd.DataFrame(
        {
            "Who": [one.who for one in associations],
            "Status": [row.status for row in rows],
            "Explained by": [one.explained_by for one in associations],
            "Returns": [row.cases for row in rows],
            "With the outcome": [row.outcomes for row in rows],
            "Rate %": [round(100 * row.rate, 1) for row in rows],
            "Rate of others %": [round(100 * row.rest_rate, 1) for row in rows],
            "Points apart": [round(100 * row.difference, 1) for row in rows],
            "95 % from": [round(100 * row.difference_low, 1) for row in rows],
            "to": [round(100 * row.difference_high, 1) for row in rows],
            "Times as likely": [_two(row.risk_ratio) for row in rows],
            "After other factors": [_two(row.adjusted_risk_ratio) for row in rows],
            "After from": [_two(row.adjusted_low) for row in rows],
            "After to": [_two(row.adjusted_high) for row in rows],
            "Returns behind it": [round(row.contribution, 1) for row in rows],
            "Hours longer": [None if row.extra_hours is None else round(row.extra_hours, 1) for row in rows],
            "q": [round(row.q, 4) for row in rows],
        }
    )


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
