"""Intervals of the groups of a KPI, worked out by hand."""

from __future__ import annotations

import duckdb
import pytest

from pipeline.errors import UsageError
from pipeline.kpi_breakdown import Spread, interval, kpi_breakdown
from pipeline.kpis import KpiRow

NO_SPREAD = Spread(None, False, 0.0, 0.0, 0.0, None, None)


def row(value: float | None, n: int, numerator: float | None = None, denominator: float | None = None) -> KpiRow:
    return KpiRow("kpi", "A", value, n, numerator, denominator, 0, 1.0)


def test_a_mean_has_the_interval_of_its_standard_error() -> None:
    found = interval(row(10.0, 25), Spread(5.0, False, 0.0, 0.0, 0.0, None, None), "mean")
    assert found == pytest.approx((10 - 1.959964, 10 + 1.959964), rel=1e-6)


def test_a_share_of_yes_and_no_has_the_score_interval() -> None:
    # Wilson (1927): 10 of 20 is 0.299 to 0.701.
    spread = Spread(None, True, 10.0, 10.0, 20.0, None, None)
    assert interval(row(0.5, 20, 10.0, 20.0), spread, "ratio") == pytest.approx((0.2993, 0.7007), abs=1e-4)


def test_a_ratio_of_amounts_has_the_interval_of_its_residuals() -> None:
    # Pairs (1, 2) and (3, 2): the ratio is 1, the residuals -1 and 1, so the error is sqrt(2 * 2 / 1) / 4 = 0.5.
    spread = Spread(None, False, 10.0, 8.0, 8.0, None, None)
    assert interval(row(1.0, 2, 4.0, 4.0), spread, "ratio") == pytest.approx((1 - 0.979982, 1 + 0.979982), rel=1e-6)


@pytest.mark.parametrize("statistic", ["count", "sum"])
def test_counts_and_sums_have_none(statistic: str) -> None:
    assert interval(row(5.0, 5), NO_SPREAD, statistic) is None


def test_one_item_and_none_have_no_interval() -> None:
    assert interval(row(5.0, 1), NO_SPREAD, "mean") is None
    assert interval(row(None, 0), NO_SPREAD, "mean") is None


def test_a_median_lies_between_order_statistics_and_small_groups_are_together() -> None:
    with duckdb.connect() as con:
        con.execute("create schema marts; create schema staging")
        con.execute("create table staging.kpi_measures as select 'lag.median' as measure, 1 as position, 'lag' as kpi, "
                    "cast(null as varchar) as part, 'median' as statistic")  # fmt: skip
        con.execute("""
            create table marts.kpi_items as
            select
                'lag' as kpi, cast(null as varchar) as kpi_part, 'E1' as entity_id, date '2025-06-02' as anchor_date,
                cast(i as decimal(38, 15)) as value, cast(null as decimal(38, 15)) as numerator,
                cast(null as decimal(38, 15)) as denominator, cast(null as varchar) as left_out_reason,
                false as is_lacking, case when i <= 20 then 'A' when i <= 24 then 'B' else 'C' end as site
            from range(1, 28) as numbers(i)
        """)
        large, small = kpi_breakdown(con, ("lag.median", "lag", None, "median"), "site")
        # Twenty values: ranks 10 - 4.38 and 10 + 4.38, that is the 5th and the 16th.
        assert (large.row.group, large.row.value, large.interval) == ("A", 10.5, (5.0, 16.0))
        assert (small.row.group, small.groups, small.row.n, small.row.value) == (None, 2, 7, 24.0)
        with pytest.raises(UsageError, match="by 'month'"):
            kpi_breakdown(con, ("lag.median", "lag", None, "median"), "month")
