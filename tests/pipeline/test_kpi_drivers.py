"""What a KPI value is made of, on sums and on a few returns whose answers are known by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from pipeline.kpi_drivers import Contribution, Driver, Moments, Spent, driver, kpi_driver, leading_group

DAY = 36_000
DAY_MICROS = DAY * 1_000_000


def share(name: str | None, n: int, failed: int) -> Moments:
    """The moments of a share: `failed` of `n` items, each with the weight 1."""
    return Moments("site" if name else None, name, n, failed, n, failed, failed, n)


def test_the_group_with_most_more_than_its_part_leads() -> None:
    groups = [share(None, 1000, 100), share("A", 200, 60), share("B", 500, 30), share("C", 300, 10)]
    assert leading_group(groups) == Contribution("site", "A", 200, 0.6, 0.2)


def test_a_large_group_with_its_fair_part_does_not_lead() -> None:
    assert leading_group([share(None, 1000, 100), share("A", 900, 92), share("B", 100, 8)]) is None


def test_what_could_be_chance_does_not_lead() -> None:
    # 9 of 60 against 21 of 240: 10 points more than its part, but not three standard errors.
    assert leading_group([share(None, 300, 30), share("A", 60, 9), share("B", 240, 21)]) is None


@pytest.mark.parametrize("name", ["", "missing", "unmapped"])
def test_a_group_without_a_name_does_not_lead(name: str) -> None:
    whole, group, rest = share(None, 1000, 100), share("A", 200, 60), share("B", 800, 40)
    assert leading_group([whole, group, rest])
    assert leading_group([whole, replace(group, group=name), rest]) is None


def test_a_group_of_nineteen_does_not_lead() -> None:
    assert leading_group([share(None, 1000, 20), share("A", 19, 19), share("B", 981, 1)]) is None
    assert leading_group([share(None, 1000, 20), share("A", 20, 19), share("B", 980, 1)])


def test_under_twenty_items_nothing_is_said() -> None:
    assert driver([share(None, 19, 10)]) is None
    assert driver([share(None, 20, 10)]) == Driver(None, None, None)


def test_nothing_to_explain_is_not_explained() -> None:
    assert driver([share(None, 100, 0)]) is None


def test_a_duration_is_made_of_its_longest_segment_and_who_weighs_on_that() -> None:
    # 100 returns take 500 days: 300 in transit, 250 of them at the 40 returns of site A.
    moments = [share(None, 100, 500), share("A", 40, 200), share("B", 60, 300)]
    spent = [
        Spent("Transit", None, None, 300, 1700),
        Spent("Transit", "site", "A", 250, 1600),
        Spent("Transit", "site", "B", 50, 100),
        Spent("Credit", None, None, 200, 500),
        Spent("Credit", "site", "B", 200, 500),
    ]
    found = driver(moments, spent)
    assert found == Driver("Transit", 0.6, Contribution("site", "A", 40, 250 / 300, 0.4), is_of_segment=True)


def test_who_weighs_on_the_whole_is_told_when_nobody_does_on_the_segment() -> None:
    # Transit takes both sites the same; the 40 returns of site A last 320 of the 500 days.
    moments = [
        Moments(None, None, 100, 500, 100, 2900, 500, 100),
        Moments("site", "A", 40, 320, 40, 2600, 320, 40),
        Moments("site", "B", 60, 180, 60, 560, 180, 60),
    ]
    spent = [
        Spent("Transit", None, None, 300, 920),
        Spent("Transit", "site", "A", 120, 370),
        Spent("Transit", "site", "B", 180, 550),
    ]
    found = driver(moments, spent)
    assert found == Driver("Transit", 0.6, Contribution("site", "A", 40, 320 / 500, 0.4))


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Twenty returns, each from day 0: received on day 2, inspected on day 3, credited on day 7, closed on day 8."""
    with duckdb.connect() as con:
        con.execute("create schema marts; create schema event_log; create schema staging")
        con.execute("create table staging.milestones (position integer, title varchar)")
        con.execute("insert into staging.milestones values (1, 'To receipt'), (2, 'Receipt to inspection'),"
                    "(3, 'Inspection to credit'), (4, 'Credit to close')")  # fmt: skip
        con.execute(f"""
            create table event_log.cases as
            select
                'R' || i as case_id, cast({DAY} as double) as standard_day_seconds,
                5 * {DAY_MICROS} as requested_micros, 7 * {DAY_MICROS} as received_micros
            from range(20) as numbers(i)
        """)
        con.execute(f"""
            create table event_log.segments as
            select case_id, position, days * {DAY_MICROS} as business_micros
            from event_log.cases, (values (1, 2), (2, 1), (3, 4), (4, 1)) as parts(position, days)
        """)
        con.execute("""
            create table marts.kpi_items as
            select
                kpi, null as kpi_part, case_id, 'E1' as entity_id, date '2025-06-02' as anchor_date,
                cast(days as decimal(38, 15)) as value, null as numerator, null as denominator,
                null as left_out_reason, case when case_id < 'R15' then 'S1' else 'S2' end as site, 'portal' as channel,
                'DEFECTIVE' as reason, 'Tools' as category, 'V1' as supplier
            from event_log.cases, (values ('cycle_time_days', 8), ('credit_lag_days', 5)) as kpis(kpi, days)
        """)
        yield con


@pytest.mark.parametrize(("kpi", "share_of_it"), [("cycle_time_days", 4 / 8), ("credit_lag_days", 4 / 5)])
def test_a_duration_counts_only_what_lies_inside_it(
    warehouse: duckdb.DuckDBPyConnection, kpi: str, share_of_it: float
) -> None:
    found = kpi_driver(warehouse, kpi, None, "mean", "lower")
    assert found
    assert found.segment == "Inspection to credit"
    assert found.segment_share == pytest.approx(share_of_it, rel=1e-12)
    assert found.group is None


def test_a_return_credited_after_its_close_counts_no_segment_after_it(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update marts.kpi_items set value = 10 where kpi = 'credit_lag_days'")
    found = kpi_driver(warehouse, "credit_lag_days", None, "median", "lower")
    assert found
    assert found.segment_share == pytest.approx(4 / 10, rel=1e-12)


def test_a_site_that_takes_longer_is_named(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(f"""
        update event_log.segments set business_micros = 40 * {DAY_MICROS} where position = 3 and case_id >= 'R15'
    """)
    warehouse.execute("insert into event_log.cases select case_id || 'x', * exclude case_id from event_log.cases")
    warehouse.execute("insert into event_log.segments select case_id || 'x', * exclude case_id from event_log.segments")
    warehouse.execute("insert into marts.kpi_items select * replace (case_id || 'x' as case_id) from marts.kpi_items")
    warehouse.execute("update marts.kpi_items set value = 44 where kpi = 'cycle_time_days' and site = 'S2'")
    [(slow, others)] = warehouse.execute(
        "select count(*) filter (where site = 'S2'), count(*) filter (where site = 'S1') from marts.kpi_items "
        "where kpi = 'cycle_time_days'"
    ).fetchall()
    found = kpi_driver(warehouse, "cycle_time_days", None, "mean", "lower")
    assert found
    assert found.group
    assert (found.group.slice, found.group.group, found.group.n) == ("site", "S2", slow)
    assert found.group.share == pytest.approx(40 * slow / (40 * slow + 4 * others), rel=1e-12)
    assert found.group.base == pytest.approx(slow / (slow + others), rel=1e-12)


def test_a_period_without_items_says_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert kpi_driver(warehouse, "cycle_time_days", None, "mean", "lower", start=date(2025, 6, 3)) is None


def test_of_a_count_nothing_is_said(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert kpi_driver(warehouse, "open_returns", None, "count", "lower") is None
