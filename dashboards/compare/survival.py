"""How long returns of both sides stay under way, open ones included, and how many are closed by a day."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.survival import Steps, survival_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.compare import words
from dashboards.list_html import Column, list_html, plain, unbroken
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from pipeline import formats
from pipeline.export.records import records_csv
from proof.comparison import Comparison
from proof.mix import LEAST_COMMON
from proof.survival import ClosedBy, Lasting

COLUMNS = (
    Column("Closed within"),
    *words.SIDES,
    words.ALIKE,
)
CLOSED = (
    "Declined and cancelled returns have ended otherwise, and are never closed. Curves and shares are as they were; "
    "changes are like for like, of curves weighed to the make-up of before."
)


@dataclass(frozen=True)
class ClosedRow:
    """A day for the download: shares (0..1) closed by its end, and the change like for like with its interval."""

    day: int
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None


def show_survival(found: Comparison) -> None:
    """Show the curves of both sides and what is closed by a day."""
    lasting = found.survival.elapsed
    frame.section("How long do returns stay under way?")
    if not lasting.curves:
        frame.caption("No return of either side can be followed.")
        return
    with st.container(key="wide-survival"):
        axes = Axis(f"days since the request ({lasting.clock})", "d"), Axis("share still under way", ".0%")
        figure = survival_figure(steps(lasting), lasting.risk_days, axes, frame.theme())
        show_chart(figure, config=toolbar("under-way"), key="proof-survival")
    frame.caption(
        f"{_mean_in_words(lasting)} Open returns are followed as far as they are known and neither left out nor taken "
        "for closed. Below the days: how many returns are still followed and under way."
    )
    frame.html(list_html("Closed by a day", COLUMNS, [closed_line(one) for one in lasting.closed_by]))
    frame.caption(CLOSED)
    rows = [closed_row(one) for one in lasting.closed_by]
    show_numbers(lambda: pd.DataFrame(rows), lambda: records_csv(ClosedRow, rows), "closed-by-day")


def steps(lasting: Lasting) -> list[Steps]:
    """Return the curves as lines of the figure; what was in flight at the cut-over stands apart."""
    return [
        Steps(
            curve.cohort,
            "before" if curve.cohort == "before" else "after" if curve.cohort == "after" else "apart",
            curve.days,
            curve.under_way.share,
            curve.under_way.low,
            curve.under_way.high,
            curve.at_risk,
        )
        for curve in lasting.curves
    ]


def closed_line(one: ClosedBy) -> list[str]:
    """Return a day as a line of the list: cells of markup."""
    change = formats.NOTHING
    if one.change is not None:
        low, high = (formats.signed(100 * end) for end in one.change.interval)
        change = f"{formats.signed(100 * one.change.value)}{formats.SPACE}points ({low} to {high})"
    shares = [unbroken(formats.share(side.value)) for side in (one.before, one.after)]
    return [plain(f"{one.day} days"), *shares, unbroken(change)]


def closed_row(one: ClosedBy) -> ClosedRow:
    """Return a day as a row of the download, unrounded."""
    low, high = one.change.interval if one.change else (None, None)
    return ClosedRow(one.day, one.before.value, one.after.value, one.change.value if one.change else None, low, high)


def _mean_in_words(lasting: Lasting) -> str:
    change = lasting.mean_change
    if lasting.common < LEAST_COMMON:
        common = formats.share(lasting.common)
        return f"Only {common} of before has its like in after: nothing can be told like for like."
    if change is None:
        return ""
    low, high = (formats.signed(end) for end in change.interval)
    return (
        f"Over the first {lasting.until_days} days a return is under way for {formats.signed(change.value)} days "
        f"({low} to {high}) against before, on average and like for like (restricted mean)."
        f"{_closed_in_words(lasting)}"
    )


def _closed_in_words(lasting: Lasting) -> str:
    more = lasting.more_closed
    if more is None:
        return ""
    low, high = (formats.signed(end) for end in more.interval)
    return (
        f" {formats.signed(more.value)} returns of after closed against what there would be if both sides closed alike "
        f"({low} to {high}; Gray's test, in which declined and cancelled returns are no slow ones)."
    )
