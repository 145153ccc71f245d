"""The returns of a scope one by one, and what they add up to."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboards.published import Build
from dashboards.queries import reference
from dashboards.queries.returns import returns_log
from dashboards.returns_list.listing import Listed, Order, Totals
from dashboards.scope import Scope
from mining.map_view import Clock
from pipeline import warehouse
from pipeline.export.cells import safe_cell_sql
from pipeline.export.tabular import INSTANT_FORMAT
from pipeline.macros import render

PAGE_ROWS = 20

_ELAPSED = "(epoch_us({until}) - epoch_us(requested_at)) / 86400e6"
_CYCLE: dict[Clock, str] = {
    "elapsed": f"case when is_closed then {_ELAPSED.format(until='closed_at')} end",
    "business": "case when is_closed then (closed_micros - requested_micros) / 1e6 / standard_day_seconds end",
}


def _order(order: Order, clock: Clock) -> str:
    """Return what sorts returns; it is the same before and after they are described."""
    first = {
        "newest": "started_at desc",
        "dearest": "return_value desc nulls last",
        "longest": f"{_CYCLE[clock]} desc nulls last",
        "most exceptions": "open_exceptions desc",
        "oldest open": "is_open desc, requested_at",
    }
    return f"{first[order]}, started_at desc, case_id"


def _described(cases: str, columns: str, order: str, part: str = "") -> str:
    """Return the query of columns of the returns of the relation `cases` in an order; `part` picks some of them."""
    return f"""
        with
            flagged as (
                select case_id, count(*) as open_exceptions
                from marts.exceptions
                where resolved_at is null and case_id is not null
                group by case_id
            ),
            picked as (
                select log_cases.*, coalesce(flagged.open_exceptions, 0) as open_exceptions
                from {cases} as log_cases
                left join flagged on flagged.case_id = log_cases.case_id
                order by {order}
                {part}
            ),
            ended as (
                select
                    picked.*,
                    case
                        when is_cancelled then 'cancelled'
                        when is_declined then 'declined'
                        when is_closed then 'closed'
                        else 'open'
                    end as state,
                    case
                        when is_closed then closed_at when is_cancelled or is_declined then ended_at else as_of_at
                    end as until_at
                from picked
                cross join returns.as_of
            ),
            described as (
                select
                    ended.*,
                    {_ELAPSED.format(until="until_at")} as elapsed_days,
                    ({render("business_micros", instant="until_at", day="days")} - requested_micros)
                    / 1e6 / standard_day_seconds as business_days
                from ended
                left join staging.business_days as days
                    on days.entity_id = ended.entity_id
                    and days.local_date = {render("local_date", utc_timestamp="until_at", zone="time_zone")}
            )
        select {columns}
        from described
        order by {order}
    """  # noqa: S608 -- names and words of the program alone


@st.cache_data(show_spinner="Adding up the returns …", max_entries=64)
def totals(build: Build, scope: Scope) -> Totals:
    """Return what the returns of a scope add up to."""
    log = returns_log(build, scope)
    summed = f"""
        select
            count(*),
            count(*) filter (where is_open),
            count(*) filter (where is_closed),
            count({_CYCLE["business"]}),
            count(return_value),
            count(*) filter (
                where case_id in (select case_id from marts.exceptions where resolved_at is null)
            ),
            coalesce(sum(return_value), 0),
            median({_CYCLE["elapsed"]}),
            median({_CYCLE["business"]})
        from {log.cases} as log_cases
    """  # noqa: S608 -- names and words of the program alone
    return Totals(*log.connection.execute(summed).fetchall()[0])


_LISTED = """
    case_id, rma_number, entity_id, site, channel, reason, state, started_at, elapsed_days, business_days, return_value,
    open_exceptions
"""


@st.cache_data(show_spinner="Reading the returns …", max_entries=64)
def listed(build: Build, scope: Scope, order: Order, clock: Clock, page: int) -> tuple[Listed, ...]:
    """Return a page (from 1) of the returns of a scope in an order; `clock` measures the longest."""
    log = returns_log(build, scope)
    asked = _described(log.cases, _LISTED, _order(order, clock), "limit $limit offset $offset")
    part = {"limit": PAGE_ROWS, "offset": (page - 1) * PAGE_ROWS}
    return tuple(Listed(*row) for row in log.connection.execute(asked, part).fetchall())


_TEXTS = (
    "case_id", "rma_number", "entity_id", "site", "channel", "reason", "category", "supplier", "requested_resolution",
    "state",
)  # fmt: skip
_INSTANTS = ("started_at", "requested_at", "closed_at")
_NUMBERS = "elapsed_days, business_days, return_value as value, credit_value as credit, open_exceptions"


def listing_csv(build: Build, scope: Scope, order: Order, clock: Clock) -> bytes:
    """Return all returns of a scope as CSV, written by the engine row by row.

    Cells are safe for a spreadsheet, instants are ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, value and credit in the reporting
    currency. No person is named.
    """
    log = returns_log(build, scope)
    cells = [f"{safe_cell_sql(name)} as {name}" for name in _TEXTS]
    cells += [f"strftime({name}, '{INSTANT_FORMAT}') as {name}" for name in _INSTANTS]
    cells += [_NUMBERS, f"{warehouse.literal(reference.reporting_currency(build))} as currency"]
    asked = _described(log.cases, ", ".join(cells), _order(order, clock))
    with TemporaryDirectory(prefix="retrace-") as folder:
        path = Path(folder) / "returns.csv"
        warehouse.copy_out(log.connection, asked, path, "format csv, header true")
        return path.read_bytes()
