"""Worlds drawn at once as arrays: customers with a pace of their own, good and bad weeks, slow cases, drifting mixes.

A return takes the sum of eight segments in business days; elapsed time is 1.4 times that. Each source of variation has
random numbers of its own, so that a world and its twin without the change differ by the change alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from proof.question import Question, RolloutStep, Side
from tests.bench.known_effects.worlds import Tables, World

Floats = NDArray[np.float64]
START = date(2025, 1, 6)
SEGMENTS = ("approval", "shipment", "transit", "dock", "inspection", "disposition", "credit", "closure")
MEANS = np.array([1.3, 1.4, 2.8, 0.5, 1.2, 0.7, 1.6, 0.6])
ENTITIES = ("E1", "E2", "E3", "E4")
ENTITY_SHARES = (0.35, 0.3, 0.2, 0.15)
CHANNELS = ("portal", "email", "phone", "field_sales")
CHANNEL_SHARES = np.array([0.4, 0.3, 0.2, 0.1])
DRIFTED_SHARES = np.array([0.2, 0.15, 0.15, 0.5])
REASONS = ("defective", "damaged", "wrong_item", "not_needed", "overstock")
ELAPSED = 1.4
DAY = 86_400
BUSINESS_DAY = 8 * 3600
CREDIT = SEGMENTS.index("credit")


@dataclass(frozen=True)
class Recipe:
    """What is planted in a drawn world; durations in business days.

    `faster` is taken from the segment `segment` of the returns of an entity that are requested from its day in
    `starts` on. `week_error` and `week_memory` are the standard deviation and autocorrelation of what a week adds to
    every return requested in it, `peak` what a season adds at its height, `slow_channel` what the slowest channel adds,
    `slow_share` and `slow_days` how many customers are late and by how much; `drifts` moves the channels.
    """

    returns: int = 1_000
    days: int = 240
    customers: int = 120
    customer_error: float = 0.8
    week_error: float = 0.25
    week_memory: float = 0.0
    peak: float = 0.0
    slow_channel: float = 0.3
    slow_share: float = 0.0
    slow_days: float = 0.0
    drifts: bool = False
    segment: str = "credit"
    faster: float = 0.0
    rework: float = 0.1
    starts: tuple[tuple[str, date], ...] = ()
    before: tuple[date, date] = (date(2025, 2, 3), date(2025, 4, 28))
    after: tuple[date, date] = (date(2025, 5, 12), date(2025, 7, 28))

    @property
    def question(self) -> Question:
        """The question put to the world; a rollout table is given where not all change at once."""
        partial = len({on for _, on in self.starts}) > 1 or 0 < len(self.starts) < len(ENTITIES)
        steps = tuple(RolloutStep("entity", unit, on, "planted") for unit, on in self.starts) if partial else ()
        return Question(Side(*self.before), Side(*self.after), steps)


def draw_world(recipe: Recipe, seed: int) -> World:
    """Return the world of a recipe and seed, with its twin that lacks the change."""
    tables = _tables(recipe, seed)
    twin = _tables(replace(recipe, faster=0.0), seed) if recipe.faster else tables
    return World(seed, tables, twin, recipe.question)


def _tables(recipe: Recipe, seed: int) -> Tables:
    random = {name: np.random.default_rng([seed, place]) for place, name in enumerate(_SOURCES)}
    n = recipe.returns
    started = np.sort(random["start"].uniform(0, recipe.days, n))
    customer = random["customer"].integers(0, recipe.customers, n)
    entity = random["entity"].choice(len(ENTITIES), recipe.customers, p=ENTITY_SHARES)[customer]
    channel = _channels(recipe, started, random["channel"])
    reason = random["reason"].integers(0, len(REASONS), n)
    shocks = _week_shocks(recipe, random["week"])[(started // 7).astype(int)]
    pace = random["pace"].normal(0, recipe.customer_error, recipe.customers)[customer]
    parts = MEANS * np.exp(random["parts"].normal(-0.3, 0.75, (n, len(MEANS))))
    parts[:, 0] += np.maximum(0, 1.0 + shocks + _season(recipe, started))
    parts[:, 1] += np.maximum(0, 1.0 + pace + recipe.slow_channel * channel)
    parts[:, 1] += np.where(random["slow"].random(n) < recipe.slow_share, recipe.slow_days, 0.0)
    parts[:, 4] += 0.2 * reason
    treated = _treated(recipe, entity, started)
    at = SEGMENTS.index(recipe.segment)
    parts[:, at] = np.where(treated, parts[:, at] * max(0.0, 1 - recipe.faster / MEANS[at]), parts[:, at])
    fate = random["fate"].choice(3, n, p=(0.93, 0.03, 0.04))
    tilt = random["tilt"].normal(0, 0.5, recipe.customers)[customer] + 0.3 * shocks
    odds = np.log(recipe.rework / (1 - recipe.rework)) + tilt
    reworked = random["rework"].random(n) < 1 / (1 + np.exp(-odds))
    drawn = _Drawn(started, customer, entity, channel, reason, parts, fate, reworked)
    return _laid_out(drawn, recipe)


_SOURCES = (
    "start", "customer", "entity", "channel", "reason", "week", "pace", "parts", "slow", "fate", "tilt", "rework",
)  # fmt: skip


@dataclass(frozen=True)
class _Drawn:
    started: Floats
    customer: NDArray[np.int64]
    entity: NDArray[np.int64]
    channel: NDArray[np.int64]
    reason: NDArray[np.int64]
    parts: Floats
    fate: NDArray[np.int64]
    reworked: NDArray[np.bool_]


def _channels(recipe: Recipe, started: Floats, random: np.random.Generator) -> NDArray[np.int64]:
    """Draw channels; a drift moves their shares evenly between the middles of the two windows."""
    middles = [np.mean([(day - START).days for day in window]) for window in (recipe.before, recipe.after)]
    progress = np.clip((started - middles[0]) / (middles[1] - middles[0]), 0, 1)[:, None] * recipe.drifts
    reached = ((1 - progress) * CHANNEL_SHARES + progress * DRIFTED_SHARES).cumsum(axis=1)
    found: NDArray[np.int64] = (random.random(started.size)[:, None] > reached).sum(axis=1)
    return found


def _week_shocks(recipe: Recipe, random: np.random.Generator) -> Floats:
    """Draw what each week adds: a stationary autoregression of first order."""
    shocks = random.normal(0, recipe.week_error, recipe.days // 7 + 1)
    for week in range(1, shocks.size):
        fresh = np.sqrt(1 - recipe.week_memory**2)
        shocks[week] = recipe.week_memory * shocks[week - 1] + fresh * shocks[week]
    return shocks


def _season(recipe: Recipe, started: Floats) -> Floats:
    """Return what the season adds: a hump of ten weeks about the middle of June."""
    middle = (date(2025, 6, 15) - START).days
    return recipe.peak * np.exp(-0.5 * ((started - middle) / 25) ** 2)


def _treated(recipe: Recipe, entity: NDArray[np.int64], started: Floats) -> NDArray[np.bool_]:
    never = recipe.days + 1.0
    starts = dict(recipe.starts)
    since = np.array([(starts[name] - START).days if name in starts else never for name in ENTITIES])
    found: NDArray[np.bool_] = started >= since[entity]
    return found


def _laid_out(drawn: _Drawn, recipe: Recipe) -> Tables:
    as_of = datetime(START.year, START.month, START.day) + timedelta(days=recipe.days)
    start = pd.Timestamp(START) + pd.to_timedelta(drawn.started, unit="D")
    ends = drawn.parts.cumsum(axis=1)
    total = np.where(drawn.fate == 0, ends[:, -1], ends[:, 1])
    lasted = np.minimum(total * ELAPSED, recipe.days - drawn.started)
    is_open = total * ELAPSED > recipe.days - drawn.started
    closed = (drawn.fate == 0) & ~is_open
    case_id = np.array([f"R{number}" for number in range(drawn.started.size)])
    end = start + pd.to_timedelta(lasted, unit="D")
    cases = pd.DataFrame(
        {
            "case_id": case_id,
            "entity_id": np.array(ENTITIES)[drawn.entity],
            "customer_id": [f"C{number}" for number in drawn.customer],
            "site": [f"S{entity}" for entity in drawn.entity],
            "channel": np.array(CHANNELS)[drawn.channel],
            "reason": np.array(REASONS)[drawn.reason],
            "category": "goods",
            "value_band": "low",
            "requested_at": start,
            "time_zone": "UTC",
            "standard_day_seconds": float(BUSINESS_DAY),
            "requested_micros": 0,
            "closed_micros": np.round(total * BUSINESS_DAY * 1e6),
            "closed_at": end,
            "is_closed": closed,
            "is_declined": (drawn.fate == 1) & ~is_open,
            "is_cancelled": (drawn.fate == 2) & ~is_open,
            "is_open": is_open,
        }
    )
    cases.loc[~closed, ["closed_micros", "closed_at"]] = None
    return Tables(cases, _segments(drawn, case_id, start, lasted), _items(drawn, case_id, start, closed), as_of)


def _segments(drawn: _Drawn, case_id: NDArray[np.str_], start: pd.DatetimeIndex, lasted: Floats) -> pd.DataFrame:
    ends = np.minimum(drawn.parts.cumsum(axis=1) * ELAPSED, lasted[:, None])
    starts = np.concatenate([np.zeros((ends.shape[0], 1)), ends[:, :-1]], axis=1)
    kept = (ends > starts) | (np.arange(len(SEGMENTS)) == 0)
    row, place = np.nonzero(kept)
    elapsed = (ends - starts)[kept]
    return pd.DataFrame(
        {
            "case_id": case_id[row],
            "position": place + 1,
            "segment": np.array(SEGMENTS)[place],
            "started_at": start[row] + pd.to_timedelta(starts[kept], unit="D"),
            "ended_at": start[row] + pd.to_timedelta(ends[kept], unit="D"),
            "elapsed_micros": np.round(elapsed * DAY * 1e6).astype(np.int64),
            "business_micros": np.round(elapsed / ELAPSED * BUSINESS_DAY * 1e6).astype(np.int64),
        }
    )


def _items(
    drawn: _Drawn, case_id: NDArray[np.str_], start: pd.DatetimeIndex, closed: NDArray[np.bool_]
) -> pd.DataFrame:
    ends = drawn.parts.cumsum(axis=1)
    end = start + pd.to_timedelta(ends[:, -1] * ELAPSED, unit="D")
    posted = start + pd.to_timedelta(ends[:, CREDIT] * ELAPSED, unit="D")
    lag = drawn.parts[:, 4 : CREDIT + 1].sum(axis=1)
    kinds: list[tuple[str, pd.DatetimeIndex, Floats | None, Floats | None]] = [
        ("cycle_time_days", end, ends[:, -1], None),
        ("credit_lag_days", posted, lag, None),
        ("rework_rate", end, None, drawn.reworked.astype(float)),
    ]
    frames = [
        pd.DataFrame(
            {
                "kpi": kpi,
                "item_id": case_id[closed],
                "case_id": case_id[closed],
                "anchor_at": anchor[closed],
                "value": None if value is None else np.round(value[closed], 9),
                "numerator": None if numerator is None else numerator[closed],
                "denominator": None if numerator is None else 1.0,
                "is_lacking": False,
            }
        )
        for kpi, anchor, value, numerator in kinds
    ]
    return pd.concat(frames, ignore_index=True)


Name = Literal[
    "none", "waves", "rollout-credit", "rollout-waves", "rollout-staggered", "mix-shift", "season", "slow-tail"
]
_EVERYWHERE = tuple((entity, date(2025, 5, 12)) for entity in ENTITIES)
RECIPES: dict[Name, Recipe] = {
    "none": Recipe(),
    "waves": Recipe(week_error=0.5, week_memory=0.7),
    "rollout-credit": Recipe(faster=0.8, starts=_EVERYWHERE),
    "rollout-waves": Recipe(faster=0.8, starts=_EVERYWHERE, week_error=0.5, week_memory=0.7),
    "rollout-staggered": Recipe(
        segment="approval",
        faster=0.9,
        starts=(("E1", date(2025, 4, 7)), ("E2", date(2025, 5, 12)), ("E3", date(2025, 6, 9))),
        before=(date(2025, 1, 13), date(2025, 4, 7)),
        after=(date(2025, 4, 21), date(2025, 7, 28)),
    ),
    "mix-shift": Recipe(faster=0.8, starts=_EVERYWHERE, slow_channel=1.2, drifts=True),
    "season": Recipe(faster=0.8, starts=_EVERYWHERE[:2], peak=1.2),
    "slow-tail": Recipe(slow_share=0.08, slow_days=14.0),
}
