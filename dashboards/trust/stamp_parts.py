"""How good the stamps of the chosen returns are: the parts of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from dashboards import frame
from dashboards.charts.forest import Ground, Mark, Row, forest_figure
from dashboards.charts.source_months import by_source, source_months_figure
from dashboards.charts.template import Axis, toolbar
from dashboards.show_chart import show_chart
from dashboards.tables import show_data, show_table
from dashboards.trust.evidence import Stamps
from dashboards.trust.stamp_concerns import between, is_open
from dashboards.trust.stamp_tables import PARTS, intervals_table, stamps_csv, stamps_table
from mining.stamp_gaps import KpiInterval
from pipeline import formats
from pipeline.export.records import records_csv

_DAYS = Axis("business days", ",~r")
_PART_WORDS = {
    "Activities": "Stamps by activity and source; entered together: five returns or more by one user in one second.",
    "Order": "Steps whose two events have one instant, or one of them no time and both the same local day.",
    "Clocks": "Stamps of two systems of which one must come first. A twentieth of 20 or more backward is a sign.",
    "Months": "Months (UTC) between the first and the last of a kind of event that has five a month or more.",
    "Missing": "Documents of the chosen returns without a stamp that they should get.",
}


def show_months(stamps: Stamps) -> None:
    """Show the events of each source by month."""
    frame.section("Does every source tell of every month?")
    with st.container(key="wide-source-months"):
        figure = source_months_figure(by_source(stamps.coverage), frame.theme())
        show_chart(figure, config=toolbar("events-by-source"), key="source-months-figure")
    frame.caption(
        "Events a month (UTC) of the chosen returns, each source on its own scale; the first and last month may be "
        "cut. Hatched: so many kinds of event are missing, or have under a tenth of their usual number; see Months "
        "below."
    )


def show_stamps(stamps: Stamps) -> None:
    """Show the part of the stamps' quality that a reader chooses."""
    frame.section("How good are the stamps?")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about = st.segmented_control(
            "About", PARTS, default=PARTS[0], required=True, key="stamps-about", bind="query-params"
        )
        name = f"stamps-{str(about).lower()}"
        csv: Callable[[], str] = partial(stamps_csv, stamps, str(about))
        st.download_button("Download CSV", csv, f"{name}.csv", "text/csv", key="stamps-csv")
    table = stamps_table(stamps, str(about))
    if table.empty:
        st.info(f"{about}: nothing to report for the chosen returns.")
    else:
        show_data(table, "stamps")
    frame.caption(f"{_PART_WORDS[str(about)]} The chosen returns; {formats.count(stamps.events)} events.")


def show_intervals(intervals: Sequence[KpiInterval], titles: Mapping[str, str]) -> None:
    """Show how far coarse stamps let the means of KPIs vary."""
    measured = [one for one in intervals if one.mean is not None]
    if not measured:
        return
    table = intervals_table(intervals, titles)
    csv = partial(records_csv, KpiInterval, intervals)
    show_table("How far could the stamps let KPIs vary?", table, csv, "kpi-intervals")
    figure = forest_figure([_row(one, titles) for one in measured], Ground(_DAYS), frame.theme())
    with st.container(key="wide-kpi-intervals"):
        show_chart(figure, config=toolbar("kpi-intervals"), key="kpi-intervals-figure")
    frame.caption(
        "Dots: the published mean, which reads a date without a time as closing time. Lines: the least and the most "
        "the mean can be when such a date is any time of that working day. Returns without a calendar are left out."
    )


def _row(interval: KpiInterval, titles: Mapping[str, str]) -> Row:
    mean = interval.mean or 0.0
    words = f"{formats.plain(mean, 'business days')}, {between(interval) if is_open(interval) else 'give or take <0.1'}"
    note = f"n {formats.count(interval.items)}, {formats.count(interval.uncertain)} with a date only"
    mark = Mark(mean, interval.least_mean, interval.most_mean)
    return Row(titles.get(interval.kpi, interval.kpi), note, mark, None, words)
