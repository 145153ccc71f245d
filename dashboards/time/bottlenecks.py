"""The steps that returns wait for longer than usual, in hours and in money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import pandas as pd
import streamlit as st

from dashboards import frame
from dashboards.charts.ranking import Ranked, ranking_figure
from dashboards.charts.template import toolbar
from dashboards.drills import Drill, Place, show_drills
from dashboards.same_numbers import show_numbers
from dashboards.show_chart import show_chart
from dashboards.time.clock import HOUR, HOURS
from mining.bottlenecks import Bottleneck
from mining.cohort import Activities, And, Attribute
from pipeline import formats
from pipeline.export.records import records_csv

Weight = Literal["hours", "money"]
MOST = 10
UNKNOWN = "Unknown"
NO_SITE, NOWHERE = "no site", (None, "missing")
MONEY = "Money that waits is each return's value times the business days it waits beyond the usual."


def show_bottlenecks(found: Sequence[Bottleneck], currency: str, here: Place) -> None:
    """Show the ranking, what it leaves out, and the same as a table."""
    chosen = st.segmented_control(
        "Rank by", get_args(Weight), default="hours", required=True, key="rank-by", bind="query-params"
    )
    weight: Weight = "money" if chosen == "money" else "hours"
    ranked = ranked_by(found, weight)
    waiting = [one for one in ranked if one.excess_seconds > 0]
    if waiting:
        with st.container(key="time-ranking"):
            bars = [bar_of(one, weight, currency) for one in waiting[:MOST]]
            figure = ranking_figure(bars, axis_title(weight, currency), frame.theme())
            show_chart(figure, toolbar("bottlenecks"), "bottlenecks")
    frame.caption(f"{MONEY} {what_counts(found, waiting)}" if weight == "money" else what_counts(found, waiting))
    show_drills(
        "The returns that have each step, by its department at its site", [drill(one) for one in waiting[:MOST]], here
    )
    show_numbers(
        lambda: bottleneck_frame(ranked, currency), lambda: records_csv(Bottleneck, ranked), "bottlenecks", (SHARE,)
    )


def ranked_by(found: Sequence[Bottleneck], weight: Weight) -> list[Bottleneck]:
    """Return bottlenecks, which come by their hours, in the order of the weight; ties stay as they were."""
    return sorted(found, key=lambda one: -one.value_days) if weight == "money" else list(found)


def drill(one: Bottleneck) -> Drill:
    """Return what selects the returns that have the step of a bottleneck, by its department and at its site."""
    departments = (one.department,) if one.department and one.department != UNKNOWN else ()
    step = Activities(all_of=(one.step,), departments=departments)
    return Drill(f"{one.step} ({place_of(one)})", And((step, Attribute("site", (one.site,)))))


def axis_title(weight: Weight, currency: str) -> str:
    """Name what the bars measure, with its unit."""
    if weight == "money":
        return f"Money that waits ({currency or 'money'}-days)"
    return f"Waited beyond the usual ({HOURS})"


def bar_of(one: Bottleneck, weight: Weight, currency: str) -> Ranked:
    """Return a bottleneck as the ranking draws it."""
    hours, money = formats.measured(one.excess_seconds / HOUR, "h"), formats.money_days(one.value_days, currency)
    share = formats.share(one.excess_share)
    details = (
        f"{formats.count(one.over_target)} of {formats.count(one.waits)} waits longer than {usual_wait(one)}",
        f"{hours} beyond it, {share} of all such hours; {money}",
    )
    if weight == "money":
        return Ranked(one.step, place_of(one), one.value_days, money, details)
    return Ranked(one.step, place_of(one), one.excess_seconds / HOUR, f"{hours} · {share}", details)


def usual_wait(one: Bottleneck) -> str:
    """Say what a wait is held to, e.g. ``the median of 4.0 business hours``."""
    kind = "the target" if one.is_given else "the step's median"
    return f"{kind} of {formats.measured(one.target_seconds / HOUR if one.target_seconds is not None else None, HOURS)}"


def place_of(one: Bottleneck) -> str:
    """Say where, e.g. ``Finance, site 102``."""
    site = NO_SITE if one.site in NOWHERE else f"site {one.site}"
    return f"{one.department or 'no department'}, {site}"


def worst(found: Sequence[Bottleneck]) -> str:
    """Say the worst bottleneck in plain words, with its share."""
    if not found or found[0].excess_seconds <= 0:
        return "No step is waited for longer than usual."
    one = found[0]
    hours = formats.measured(one.excess_seconds / HOUR, HOURS)
    return (
        f"The worst bottleneck is waiting for {one.step} ({place_of(one)}): {formats.share(one.excess_share)} of all "
        f"time waited beyond the usual, {hours} in {formats.count(one.over_target)} waits."
    )


def what_counts(found: Sequence[Bottleneck], waiting: Sequence[Bottleneck]) -> str:
    """Say what a wait is, what is hidden and what is left out."""
    inside, seconds = sum(one.inside for one in found), sum(one.inside_seconds for one in found)
    waits = formats.count(sum(one.waits for one in found))
    leaps, late = sum(one.leaps for one in found), sum(one.late for one in found)
    hidden = sum(one.excess_share or 0.0 for one in waiting) - sum(one.excess_share or 0.0 for one in waiting[:MOST])
    first = (
        f"The {MOST} largest of {len(waiting)}; the others hold {formats.share(max(hidden, 0.0))} of the hours. "
        if len(waiting) > MOST
        else ""
    )
    return (
        f"{first}Always in business time. A wait counts where the return came from another department, and beyond the "
        f"usual is what it takes longer than the step's median here. n {waits} waits. "
        f"Left out: {formats.count(inside)} waits within a department "
        f"({formats.measured(seconds / HOUR, HOURS)} in all, waiting and work that one stamp cannot tell apart), "
        f"{formats.count(leaps)} over a stage without a stamp, {formats.count(late)} after the close."
    )


SHARE = "Share of all hours beyond"


def bottleneck_frame(ranked: Sequence[Bottleneck], currency: str) -> pd.DataFrame:
    """Return bottlenecks as a table, in business hours."""
    return pd.DataFrame(
        {
            "Step": [one.step for one in ranked],
            "Department": [one.department for one in ranked],
            "Site": [NO_SITE if one.site in NOWHERE else one.site for one in ranked],
            "Waits": [one.waits for one in ranked],
            "Median wait (h)": [_hours(one.median_seconds) for one in ranked],
            "Usual wait (h)": [_hours(one.target_seconds) for one in ranked],
            "Longer than usual": [one.over_target for one in ranked],
            "Beyond the usual (h)": [_hours(one.excess_seconds) for one in ranked],
            SHARE: [None if one.excess_share is None else 100 * one.excess_share for one in ranked],
            f"Money that waits ({currency or 'money'}-days)": [round(one.value_days) for one in ranked],
            "Waits within the department": [one.inside for one in ranked],
            "Within the department (h)": [_hours(one.inside_seconds) for one in ranked],
        }
    )


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / HOUR, 1)
