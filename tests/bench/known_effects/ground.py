"""The returns of a world as arrays, followed and sided as `macros/proof/followed.sql` does it in a warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from proof.followed import ATTRIBUTES, MOST_LEVELS
from proof.measures import Measure
from proof.question import Question
from proof.sums import Sums
from tests.bench.known_effects.worlds import Tables

Whole = NDArray[np.int64]
Days = NDArray[np.datetime64]
NEVER = np.datetime64("2200-01-01")
MEASURES = tuple(
    Measure(f"{kpi}{'.mean' if statistic == 'mean' else ''}", kpi, "", statistic, kpi, unit, role, "lower", "close")
    for kpi, statistic, unit, role in (
        ("cycle_time_days", "mean", "business days", "flow"),
        ("credit_lag_days", "mean", "business days", "flow"),
        ("rework_rate", "ratio", "share", "guardrail"),
    )
)


@dataclass(frozen=True)
class Ground:
    """The returns of a world by the row of the cases, and for how many days all of them are followed.

    `side` is 0 before, 1 after and -1 in neither; `codes` are the levels of attributes, `changed_on` the day on which
    a return's unit changes (`NEVER` where it does not), `lasted` the elapsed days to its end or the as-of instant.
    """

    side: Whole
    cluster: Whole
    week: Whole
    codes: Whole
    day: Days
    changed_on: Days
    lasted: NDArray[np.float64]
    horizon: int
    is_ripe: bool

    @property
    def clusters(self) -> int:
        """Return how many clusters there are."""
        return int(self.cluster.max()) + 1


def ground(tables: Tables, question: Question) -> Ground:
    """Follow the returns of a world for a question; a roll-out is by entity."""
    cases = tables.cases
    day = cases.requested_at.to_numpy().astype("datetime64[D]")
    side = np.full(len(cases), -1)
    for place, window in enumerate((question.before, question.after)):
        side[(day >= np.datetime64(window.start)) & (day < np.datetime64(window.end))] = place
    ended = tables.segments.groupby("case_id")["ended_at"].max().reindex(cases.case_id).to_numpy()
    lasted = elapsed_days(ended - cases.requested_at.to_numpy())
    is_done = (side == 0) & ~cases.is_open.to_numpy(dtype=bool)
    ripe, settled = (ceil(np.quantile(lasted[is_done], share)) for share in (0.95, 0.99))
    available = (tables.as_of.date() - question.after.end).days
    horizon = min(available, settled)
    changed_on = _changed_on(cases.entity_id, question)
    cut = np.where(changed_on == NEVER, np.datetime64(question.cut_over), changed_on)
    apart = (side == 0) & (day + np.timedelta64(horizon, "D") > cut)
    if question.rollout:
        apart |= (changed_on == NEVER) | ((side == 1) & (day < changed_on))
    week = np.floor((day - np.datetime64(question.before.start)).astype(int) / 7).astype(np.int64)
    levels = np.stack([_levels(cases[name], side >= 0) for name in ATTRIBUTES], axis=1)
    return Ground(
        np.where(apart, -1, side),
        np.unique(cases.customer_id.to_numpy().astype(str), return_inverse=True)[1],
        week,
        levels,
        day,
        changed_on,
        lasted,
        horizon,
        available >= ripe,
    )


def elapsed_days(spans: NDArray[np.timedelta64]) -> NDArray[np.float64]:
    """Return spans of any unit in days."""
    return np.asarray(spans / np.timedelta64(1, "D"), dtype=float)


def _changed_on(entities: pd.Series[str], question: Question) -> Days:
    starts = {step.unit: np.datetime64(step.on) for step in question.rollout}
    return np.array([starts.get(entity, NEVER) for entity in entities], dtype="datetime64[D]")


def _levels(values: pd.Series[str], is_in: NDArray[np.bool_]) -> Whole:
    common = list(values[is_in].value_counts().index[:MOST_LEVELS])
    return np.asarray(pd.Index(common).get_indexer(pd.Index(values)) + 1, dtype=np.int64)


def kept_items(tables: Tables, of: Ground, measure: Measure) -> tuple[Whole, NDArray[np.float64]]:
    """Return the row of the case and the value of every item that came to be within the follow-up."""
    items = tables.items[tables.items.kpi == measure.kpi]
    row = pd.Index(tables.cases.case_id).get_indexer(pd.Index(items.case_id))
    after = elapsed_days(items.anchor_at.to_numpy() - tables.cases.requested_at.to_numpy()[row])
    value = items["value" if measure.statistic == "mean" else "numerator"].to_numpy(dtype=float)
    return row[after < of.horizon], value[after < of.horizon]


def sums_by(of: Ground, fold: Whole, row: Whole, value: NDArray[np.float64]) -> Sums:
    """Return the items of rows of the cases as a ratio of sums, folded by `fold` of each row of the cases."""
    is_in = of.side[row] >= 0
    row, value = row[is_in], value[is_in]
    n = np.bincount(of.side[row], minlength=2)
    counts = np.stack([n, np.zeros(2), np.zeros(2)], axis=1).astype(np.int64)
    return Sums(of.side[row], of.cluster[row], fold[row], value, np.ones(row.size), counts)


def closed_in(tables: Tables, measure: Measure, start: date, end: date) -> NDArray[np.float64]:
    """Return the values that closed in a window, however long they ran: what the naive way compares."""
    items = tables.items[tables.items.kpi == measure.kpi]
    within = ((items.anchor_at >= pd.Timestamp(start)) & (items.anchor_at < pd.Timestamp(end))).to_numpy()
    return items["value" if measure.statistic == "mean" else "numerator"].to_numpy(dtype=float)[within]
