"""The effects on every measure that a comparison tells about."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from pipeline.macros import render
from proof.effects import Effect, Rows, SideValue, quantile_effect, quicker, ratio_effect, spread_of, sums_of_measure
from proof.followed import ITEMS
from proof.laid import Laid
from proof.measures import QUANTILES, Measure, measures
from proof.sums import read_below, read_bins, read_sums

_NOTHING = SideValue(None, 0, 0, None, 0)


def measure_effects(laid: Laid) -> tuple[Effect, ...]:
    """Return the effect on each measure, in the order in which a comparison tells of them."""
    rows = read_sums(laid.connection, "week_no")
    return tuple(_effect(laid, measure, rows) for measure in measures(laid.connection))


def _effect(laid: Laid, measure: Measure, rows: Rows) -> Effect:
    sums = None if measure.role == "instant" else sums_of_measure(measure, rows)
    if sums is None:
        return Effect(measure, _NOTHING, _NOTHING)
    if measure.statistic in QUANTILES:
        return _percentile(laid, measure)
    effect = ratio_effect(measure, sums, laid.draws)
    if measure.statistic != "mean":
        return effect
    bins = read_bins(laid.connection, measure.kpi)
    return replace(effect, quicker=quicker(bins, laid.draws, spread_of(sums, laid.draws)))


def _percentile(laid: Laid, measure: Measure) -> Effect:
    bound = {"kpi": measure.kpi, "share": QUANTILES[measure.statistic]}
    [found] = laid.connection.execute(render("proof_quantiles", items=ITEMS), bound).fetchall()
    before, after = (nan if value is None else float(value) for value in found)
    below = read_below(laid.connection, measure.kpi, (before, after))
    return quantile_effect(measure, below, (before, after), read_bins(laid.connection, measure.kpi), laid.draws)
