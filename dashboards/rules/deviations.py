"""Where returns leave the target process: each deviation with its share, its interval and what it goes with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.forest import Ground, Row, forest_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.drills import Place
from dashboards.published import Build
from dashboards.queries import reference
from dashboards.rules import words
from dashboards.rules.drilling import show_returns
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline.export.records import records_csv

if TYPE_CHECKING:
    from mining.conformance.impact import Impact
    from mining.conformance.result import Conformance, Finding

MOST = 12
SHARE = "share of returns"
KPIS = {"cycle time": "cycle_time_days", "credit lag": "credit_lag_days"}
IMPACT = (
    "How many business days longer or shorter (+ or \N{MINUS SIGN}) ended returns with the deviation take than returns "
    "of the same reason and site without it. It is an association, not an effect: they may differ in other ways. "
)


@dataclass(frozen=True)
class DeviationRow:
    """A deviation for the download; differences are in business days, see `mining.conformance.Impact`."""

    kind: str
    activity: str
    cases: int
    open_cases: int
    occurrences: int
    share: float
    low: float
    high: float
    allowed_because: str | None
    cycle_time_difference: float | None
    cycle_time_low: float | None
    cycle_time_high: float | None
    credit_lag_difference: float | None
    credit_lag_low: float | None
    credit_lag_high: float | None


def show_deviations(build: Build, found: Conformance, here: Place) -> None:
    """Show the deviations that are not allowed, by share or by what they go with in a KPI; all of them as a table."""
    frame.section("Where do they leave it?")
    if not found.deviations:
        frame.caption("No return that was checked deviates.")
        return
    chosen = st.segmented_control(
        "Show", [SHARE, *KPIS], default=SHARE, required=True, key="deviation-measure", bind="query-params"
    )
    measure = str(chosen or SHARE)
    unit = next((one.unit for one in reference.measures(build) if one.kpi == KPIS.get(measure)), "business days")
    broken = [one for one in found.deviations if one.allowed_because is None]
    rows = deviation_rows(broken, measure, unit)
    if rows:
        with st.container(key="wide-deviations"):
            figure = forest_figure(rows[:MOST], _ground(measure, unit), frame.theme())
            show_chart(figure, config=toolbar("deviations"), key="deviations-figure")
    frame.caption(_caption(broken, rows, measure))
    frame.caption(words.CLASSES)
    show_returns(found, here)
    show_numbers(lambda: deviation_frame(found.deviations), lambda: deviations_csv(found.deviations), "deviations")


def deviation_rows(findings: Sequence[Finding], measure: str, unit: str) -> list[Row]:
    """Return a row for each deviation of which the measure can be said, most returns first."""
    if measure == SHARE:
        return [words.share_row(one) for one in findings]
    rows = [words.impact_row(one, KPIS[measure], unit) for one in findings]
    return [row for row in rows if row]


def _ground(measure: str, unit: str) -> Ground:
    if measure == SHARE:
        return Ground(Axis("share of the returns checked, with 95 % interval", ".1~%"))
    title = f"difference in {measure} ({unit}), with 95 % interval; dashed: none"
    return Ground(Axis(title, "~r"), neutral=0.0)


def _caption(broken: Sequence[Finding], rows: Sequence[Row], measure: str) -> str:
    drawn = min(len(rows), MOST)
    hidden = f"{drawn} of {len(broken)} deviations that are not allowed are drawn, most returns first"
    rest = "; the others are in the table. " if drawn < len(broken) else ". "
    if measure == SHARE:
        return f"{hidden}{rest}A return with several deviations counts in each."
    return f"{hidden}{rest}{IMPACT}Beside each name: its returns that could be compared, and with how many."


def _impact(finding: Finding, kpi: str) -> Impact | None:
    return next((one for one in finding.impacts if one.kpi == kpi), None)


def deviation_row(finding: Finding) -> DeviationRow:
    """Return a deviation as a row of the download."""
    differences: list[float | None] = []
    for kpi in KPIS.values():
        found = _impact(finding, kpi)
        differences += [found.difference, found.low, found.high] if found else [None] * 3
    return DeviationRow(
        finding.kind,
        finding.activity,
        finding.cases,
        finding.open_cases,
        finding.occurrences,
        finding.share,
        finding.low,
        finding.high,
        finding.allowed_because,
        *differences,
    )


def deviations_csv(findings: Sequence[Finding]) -> str:
    """Return the deviations as CSV, unrounded."""
    return records_csv(DeviationRow, [deviation_row(one) for one in findings])


def deviation_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """Return the deviations as a table: shares in percent, differences in business days."""
    rows = [deviation_row(one) for one in findings]
    return pd.DataFrame(
        {
            "Class": [words.KINDS[row.kind] for row in rows],
            "Step": [row.activity for row in rows],
            "Returns": [row.cases for row in rows],
            "Of them open": [row.open_cases for row in rows],
            "Times": [row.occurrences for row in rows],
            "Share %": [round(100 * row.share, 2) for row in rows],
            "95 % from": [round(100 * row.low, 2) for row in rows],
            "to": [round(100 * row.high, 2) for row in rows],
            "Cycle time (d)": [_two(row.cycle_time_difference) for row in rows],
            "Cycle time from": [_two(row.cycle_time_low) for row in rows],
            "Cycle time to": [_two(row.cycle_time_high) for row in rows],
            "Credit lag (d)": [_two(row.credit_lag_difference) for row in rows],
            "Credit lag from": [_two(row.credit_lag_low) for row in rows],
            "Credit lag to": [_two(row.credit_lag_high) for row in rows],
            "Allowed because": [row.allowed_because for row in rows],
        }
    )


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
