"""What a KPI counts and what it leaves out, one by one."""

from __future__ import annotations

import streamlit as st

from dashboards.answers import Measure
from dashboards.published import Build
from dashboards.queries.asking import bounds, rows
from dashboards.scope import Scope
from dashboards.scorecard.kpi_item import KpiItem
from pipeline.export.records import records_csv
from pipeline.macros import render

PAGE_ROWS = 20


@st.cache_data(show_spinner=False, max_entries=64)
def items(build: Build, scope: Scope, measure: Measure, better: str, left_out: bool, page: int) -> list[KpiItem]:
    """Return a page (from 1) of what a measure counts, or of what it leaves out, the worst first.

    Worst is what adds most to what the KPI should have less of; of a count it is the oldest, of equals the latest.
    """
    part = {"rows": PAGE_ROWS, "before": (page - 1) * PAGE_ROWS}
    return _ask(build, scope, measure, better, left_out, " limit $rows offset $before", part)


def items_csv(build: Build, scope: Scope, measure: Measure, better: str, left_out: bool) -> str:
    """Return all that a measure counts, or all that it leaves out, as CSV in the same order."""
    return records_csv(KpiItem, _ask(build, scope, measure, better, left_out, "", {}))


def _ask(
    build: Build, scope: Scope, measure: Measure, better: str, left_out: bool, part: str, picked: dict[str, int]
) -> list[KpiItem]:
    worst = "dated" if measure.statistic == "count" else "burden desc nulls last, dated desc nulls last"
    burden = render("kpi_burden", statistic=measure.statistic, better=better)
    sql = f"""
        with
            kept as ({render("kpi_items_of_measure")} and (left_out_reason is not null) = $left_out),
            chosen as (select *, {burden} as burden from kept)
        select
            chosen.kpi, chosen.kpi_part, chosen.item_id, chosen.case_id, cases.rma_number, chosen.entity_id,
            chosen.site, chosen.reason,
            coalesce(chosen.anchor_date, cast(cases.requested_at as date)) as dated,
            cast(chosen.value as double), cast(chosen.numerator as double), cast(chosen.denominator as double),
            chosen.left_out_reason
        from chosen
        left join event_log.cases as cases on cases.case_id = chosen.case_id
        order by {worst}, chosen.item_id, chosen.kpi_part, chosen.case_id
        {part}
    """  # noqa: S608 -- every text is the program's own
    asked = {**bounds(scope), "kpi": measure.kpi, "part": measure.part, "left_out": left_out, **picked}
    return [KpiItem(*row) for row in rows(build, sql, asked)]
