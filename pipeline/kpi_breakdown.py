"""A KPI measure by the groups of a slice, each with its interval; small groups are told together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt

from mining.causes.intervals import Interval, Z, wilson
from pipeline.errors import UsageError
from pipeline.kpis import GROUPS, KpiRow
from pipeline.macros import Connection, render

LEAST_ITEMS = 5
SLICES = tuple(name for name in GROUPS if name != "month")
_QUANTILES = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True)
class KpiGroup:
    """A group of a slice: its row (see `pipeline.kpis.KpiRow`) and the 95 % interval of its value, None for none.

    Groups with fewer than five counted items are one: its row has no group, and `groups` says how many they are.
    """

    row: KpiRow
    groups: int
    interval: Interval | None


@dataclass(frozen=True)
class Spread:
    """What the interval of a group takes: the deviation of its values, and sums of squares and products of a ratio."""

    deviation: float | None
    is_yes_or_no: bool
    burden_squares: float
    products: float
    weight_squares: float
    low: float | None
    high: float | None


def kpi_breakdown(
    con: Connection,
    measure: tuple[str, str, str | None, str],
    by: str,
    start: date | None = None,
    end: date | None = None,
    entities: list[str] | None = None,
) -> list[KpiGroup]:
    """Break a measure (its name, KPI, part and statistic) down by one of `SLICES`; the scope is that of `kpi_rows`.

    Groups come in the order of their names, the small ones together at the end; all but these are the rows of
    `kpi_rows`. Raises UsageError for another slice.
    """
    if by not in SLICES:
        raise UsageError(f"KPIs can't be broken down by {by!r}; expected one of {', '.join(SLICES)}.")
    name, kpi, part, statistic = measure
    query = render("kpi_breakdown", key=GROUPS[by], quantile=_QUANTILES.get(statistic))
    scope = {"start": start, "end": end, "entities": entities}
    bound = {"measure": name, "kpi": kpi, "part": part, "least": LEAST_ITEMS, **scope}
    found = con.execute(f"{query} order by group_key nulls last", bound).fetchall()
    return [_group(KpiRow(*row[:8]), row[8], Spread(*row[9:]), statistic) for row in found]


def _group(row: KpiRow, groups: int, spread: Spread, statistic: str) -> KpiGroup:
    return KpiGroup(row, groups, interval(row, spread, statistic))


def interval(row: KpiRow, spread: Spread, statistic: str) -> Interval | None:
    """Return the 95 % interval of a value; None for counts, sums and samples that are too small.

    A share of yes and no has the score interval, another ratio that of its linearised residuals (W. G. Cochran,
    Sampling Techniques, 3rd ed. 1977, section 6.3), a mean that of its standard error, a percentile
    its order statistics.
    """
    if row.value is None or row.n < 2 or statistic in ("count", "sum"):
        return None
    if statistic in _QUANTILES:
        return None if spread.low is None or spread.high is None else (spread.low, spread.high)
    if statistic == "mean":
        return _around(row.value, (spread.deviation or 0.0) / sqrt(row.n))
    if spread.is_yes_or_no:
        low, high = wilson(row.numerator or 0.0, row.n)
        return min(low, row.value), max(high, row.value)
    squares = spread.burden_squares - 2 * row.value * spread.products + row.value**2 * spread.weight_squares
    return _around(row.value, sqrt(max(squares, 0.0) * row.n / (row.n - 1)) / (row.denominator or 1.0))


def _around(value: float, error: float) -> Interval:
    """Return the interval of an estimate that cannot be negative."""
    return max(0.0, value - Z * error), value + Z * error
