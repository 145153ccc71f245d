"""Cycle time of the returns requested in a period, open ones included: a Kaplan-Meier estimate.

The mean of closed returns forgets those still open. Here a return is followed from its request to its last close; one
still open is censored at the as-of instant, and one declined or cancelled leaves when that happened, as a competing
event. Source: E. L. Kaplan and P. Meier, Nonparametric Estimation from Incomplete Observations, JASA 53 (1958); the
restricted mean is the area under the survival curve up to the longest follow-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.macros import Connection

_QUERY = """
    with competing as (
        select case_id, min(business_micros) as left_micros
        from event_log.events
        where activity in ('Return Declined', 'Return Cancelled')
        group by case_id
    ),
    followed as (
        select
            cases.is_closed,
            cases.is_open,
            case
                when cases.is_closed then cases.closed_micros
                else coalesce(competing.left_micros, clocks.as_of_micros)
            end - cases.requested_micros as micros,
            cases.standard_day_seconds
        from event_log.cases as cases
        left join competing on competing.case_id = cases.case_id
        left join returns.as_of_clocks as clocks on clocks.entity_id = cases.entity_id
        where ($entities is null or list_contains($entities, cases.entity_id))
            and cast(timezone(coalesce(time_zone, 'UTC'), timezone('UTC', cases.requested_at)) as date)
                between coalesce($start, date '1900-01-01') and coalesce($end, date '9999-12-31') - interval 1 day
    ),
    measured as (
        select is_closed, is_open, greatest(micros, 0) / 1e6 / standard_day_seconds as days
        from followed
        where micros is not null and standard_day_seconds is not null
    ),
    moments as (
        select days, count(*) as leaving, count(*) filter (where is_closed) as closed
        from measured
        group by days
    ),
    at_risk as (select *, sum(leaving) over (order by days desc) as remaining from moments),
    curve as (
        select
            days,
            -- A factor of zero ends the curve; the logarithm carries all others.
            case
                when max(case when closed = remaining then 1 else 0 end) over (order by days) = 1 then 0
                else exp(
                    sum(case when closed < remaining then ln(1 - closed / remaining) else 0 end) over (order by days)
                )
            end as survival,
            lead(days) over (order by days) as next_days
        from at_risk
    ),
    totals as (
        select
            count(*) as n,
            count(*) filter (where is_closed) as closed,
            count(*) filter (where is_open) as still_open,
            (select count(*) from followed) - count(*) as left_out
        from measured
    )
    select
        totals.n,
        totals.closed,
        totals.still_open,
        totals.n - totals.closed - totals.still_open,
        totals.left_out,
        (select min(days) from curve where survival <= 0.5 + 1e-12),
        (select min(days) + coalesce(sum(survival * (next_days - days)), 0) from curve),
        (select max(days) from curve)
    from totals
"""


@dataclass(frozen=True)
class CohortCycleTime:
    """Cycle time of a cohort in business days.

    ``n`` returns are followed: ``closed``, still ``open`` (censored), or ``competing`` (declined or cancelled);
    ``left_out`` have no calendar. ``median`` is None when fewer than half are estimated to close. ``restricted_mean``
    is the mean up to ``horizon`` days; both are None for an empty cohort.
    """

    n: int
    closed: int
    open: int
    competing: int
    left_out: int
    median: float | None
    restricted_mean: float | None
    horizon: float | None


def cohort_cycle_time(
    con: Connection, start: date | None = None, end: date | None = None, entities: list[str] | None = None
) -> CohortCycleTime:
    """Estimate the cycle time of the returns requested on local dates ``start`` <= date < ``end``.

    ``entities`` keeps the returns of these entity_ids. Instants are compared in each entity's own zone.
    """
    [row] = con.execute(_QUERY, {"start": start, "end": end, "entities": entities}).fetchall()
    return CohortCycleTime(*row)
