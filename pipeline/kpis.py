"""KPI values of a published warehouse, whole or by period and group, as spec'd in the KPI definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.errors import UsageError
from pipeline.macros import Connection, render

GROUPS = {
    "entity": "coalesce(entity_id, 'missing')",
    "site": "site",
    "channel": "channel",
    "reason": "reason",
    "category": "category",
    "supplier": "supplier",
    "month": "month",
}


@dataclass(frozen=True)
class KpiRow:
    """One KPI measure of one group.

    ``kpi`` is the measure's full name, ``group`` the slice (None for all). ``value`` is in the KPI's unit: business
    days, a share of 1, a count, or money in the reporting currency; None when nothing was measured. ``n`` counts the
    items in it, ``left_out`` those it had to leave out, ``coverage`` is the share of items with the data it needs.
    """

    kpi: str
    group: str | None
    value: float | None
    n: int
    numerator: float | None
    denominator: float | None
    left_out: int
    coverage: float | None


def kpi_rows(
    con: Connection,
    start: date | None = None,
    end: date | None = None,
    by: str | None = None,
    entities: list[str] | None = None,
) -> list[KpiRow]:
    """KPI measures of the items anchored on local dates ``start`` <= date < ``end``.

    KPIs without a period (open returns, inventory accuracy, open exceptions) ignore the dates. ``by`` is one of
    ``GROUPS``; without it every measure has one row, with it the groups that have items, in alphabetical order.
    ``entities`` keeps the items of these entity_ids; None keeps all, those without an entity too.
    Raises UsageError for another ``by`` or an empty period.
    """
    if by is not None and by not in GROUPS:
        raise UsageError(f"KPIs can't be grouped by {by!r}; expected one of {', '.join(GROUPS)}.")
    if start is not None and end is not None and end <= start:
        raise UsageError(f"The period from {start} to {end} is empty; the end is not part of it and must be later.")
    group = GROUPS[by] if by else None
    totals = render("kpi_totals", items="chosen_items", measures="staging.kpi_measures", group_column=group)
    query = f"""
        with chosen_items as (
            select *
            from marts.kpi_items
            where (
                    anchor_date is null
                    or (anchor_date >= coalesce($start, anchor_date) and (anchor_date < $end or $end is null))
                )
                and ($entities is null or list_contains($entities, entity_id))
        ),
        measured as ({totals})
        select measure, group_key, value, n, numerator, denominator, left_out, coverage
        from measured
        order by position, group_key nulls first
    """  # noqa: S608 -- the group column comes from GROUPS, never from the user
    parameters = {"start": start, "end": end, "entities": entities}
    return [KpiRow(*row) for row in con.execute(query, parameters).fetchall()]


def reporting_currency(con: Connection) -> str:
    """Return the currency whose rate is 1 in every month; empty when there is none or more than one."""
    found = con.execute(
        """
        select currency
        from staging.stg_reference__fx_rates
        group by currency
        having min(rate) = 1 and max(rate) = 1
        """
    ).fetchall()
    return str(found[0][0]) if len(found) == 1 else ""
