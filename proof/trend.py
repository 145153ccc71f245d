"""The goals over time: week by week, on control charts, and against the trend of before."""

from __future__ import annotations

from dataclasses import dataclass

from proof.daily import lay_daily
from proof.interrupted import Interrupted, interrupted
from proof.laid import Laid
from proof.weekly import Weekly, weekly
from proof.xmr import ControlChart, control_chart


@dataclass(frozen=True)
class Trend:
    """The weekly series of the goals with a control chart and an interrupted time series of each, in their order."""

    weekly: Weekly
    charts: tuple[ControlChart, ...]
    interrupted: tuple[Interrupted, ...]


def trend(laid: Laid) -> Trend:
    """Return the goals over time; where there is no one series, the words of `weekly` say why."""
    told = weekly(laid.connection, laid.question, lay_daily(laid), laid.followed.horizon_days)
    charts = tuple(control_chart(series) for series in told.series)
    return Trend(told, charts, tuple(interrupted(series) for series in told.series))
