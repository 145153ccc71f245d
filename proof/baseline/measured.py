"""The values of a baseline's measures, out of its items: as `retrace kpis` has them, with their spread and interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mining.causes.intervals import Interval
from pipeline.macros import Connection, render
from proof.baseline.ground import ITEMS, MEASURES
from proof.baseline.record import FrozenValue, MeasureName
from proof.figures import quantiles, ratios
from proof.followed import MOST_CLUSTERS
from proof.measures import QUANTILES
from proof.resample import Draws, draw, drawn_error, estimate
from proof.sums import read_bins

CLUSTERED = "baseline_clustered"
SHARES = (*(tenth / 10 for tenth in range(1, 10)), 0.95)
_FEWEST_CLUSTERS = 5

Columns = Mapping[str, NDArray[np.generic]]
Spreads = Mapping[str, tuple[tuple[str, float], ...]]
_Total = tuple[float | None, int, float | None, float | None, int, float | None]
Reasons = Mapping[tuple[str, str], list[tuple[str, int]]]


def frozen_values(con: Connection, names: Sequence[MeasureName], seed: str) -> tuple[FrozenValue, ...]:
    """Return the value of every measure of the items that are laid; `seed` (hex digits) decides the draws."""
    clustered = render("baseline_clustered", items=ITEMS, most_clusters=MOST_CLUSTERS)
    con.execute(f"create or replace temp table {CLUSTERED} as {clustered}")
    totals = render("kpi_totals", items=ITEMS, measures=MEASURES)
    query = f"select measure, value, n, numerator, denominator, left_out, coverage from ({totals})"  # noqa: S608
    found: dict[str, _Total] = {row[0]: row[1:] for row in con.execute(query).fetchall()}
    values = {measure: row[0] for measure, row in found.items() if row[0] is not None}
    intervals, spreads, reasons = _intervals(con, names, values, seed), _spreads(con), _reasons(con)
    return tuple(_value(name, found[name.measure], intervals, spreads, reasons) for name in names)


def _value(
    name: MeasureName, found: _Total, intervals: Mapping[str, Interval], spreads: Spreads, reasons: Reasons
) -> FrozenValue:
    value, n, numerator, denominator, left_out, coverage = found
    left_out_reasons = tuple(reasons.get((name.kpi, name.part), ()))
    spread = spreads.get(name.kpi, ()) if name.statistic == "mean" else ()
    interval = intervals.get(name.measure)
    counted = (value, n, numerator, denominator, left_out, left_out_reasons, coverage)
    return FrozenValue(name, *counted, interval, spread)


def _reasons(con: Connection) -> Reasons:
    reasons: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for kpi, part, reason, n in con.execute(render("baseline_left_out", items=ITEMS)).fetchall():
        reasons[kpi, part].append((reason, n))
    return reasons


def _spreads(con: Connection) -> Spreads:
    query = render("baseline_spread", items=ITEMS, measures=MEASURES, shares=list(SHARES))
    named = [f"p{share * 100:.0f}" for share in SHARES]
    return {
        kpi: (("min", least), *zip(named, found, strict=True), ("max", most))
        for kpi, least, found, most in con.execute(query).fetchall()
    }


def _intervals(
    con: Connection, names: Sequence[MeasureName], values: Mapping[str, float], seed: str
) -> Mapping[str, Interval]:
    """The 95 % interval of each mean, percentile, share and rate, from customers drawn with replacement."""
    columns = con.execute(render("baseline_sums", items=CLUSTERED)).fetchnumpy()
    if not columns["cluster_no"].size:
        return {}
    draws = draw(int(columns["cluster_no"].max()) + 1, seed)
    drawn = [name for name in names if name.statistic not in ("count", "sum") and name.measure in values]
    found = {name.measure: _interval(con, name, values[name.measure], columns, draws) for name in drawn}
    return {measure: interval for measure, interval in found.items() if interval is not None}


def _interval(con: Connection, name: MeasureName, value: float, columns: Columns, draws: Draws) -> Interval | None:
    own = (columns["kpi"] == name.kpi) & (columns["part"] == name.part)
    at = columns["cluster_no"][own].astype(np.int64)
    over, under = ("numerator", "denominator") if name.statistic == "ratio" else ("total", "n")
    parts = [np.bincount(at, columns[one][own].astype(float), draws.clusters) for one in (over, under)]
    sums = np.stack(parts, axis=1).astype(float)
    clusters = int((sums[:, 1] > 0).sum())
    if clusters < _FEWEST_CLUSTERS:
        return None
    if name.statistic in QUANTILES:
        bins = read_bins(con, name.kpi, items=CLUSTERED)
        counted = bins.by_cluster(draws.clusters, 0)
        drawn = quantiles(draws.of(counted), bins.low, bins.high, QUANTILES[name.statistic])
    else:
        drawn = ratios(draws.of(sums))
    error = drawn_error(drawn, clusters)
    if error is None:
        return None
    low, high = estimate(value, error, clusters - 1).interval
    is_share = name.statistic == "ratio" and bool(columns["is_share"][own].astype(bool).all())
    return max(low, 0.0) if value >= 0 else low, min(high, 1.0) if is_share else high
