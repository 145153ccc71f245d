"""Bottlenecks: the steps that cases wait for longer than they should, ranked by the hours and the money that waits.

A wait for a step begins with the latest earlier event of the main flow about the same line or the whole case, so that
messages and other lines in between neither hide nor shorten it. It counts for the step's queue only where the case came
from another department: what passes inside a department is an observed gap that one stamp cannot split into waiting
and working. Nor does it count where a stage of the flow has left no stamp in between, for then it holds that stage's
work too, nor after the end of the case, where it delays nothing. What is left out is counted beside.

The idea that a case waits for a resource from the moment it is enabled until the resource takes it up is that of
M. Dumas, M. La Rosa, J. Mendling, H. Reijers, "Fundamentals of Business Process Management" (2018), chapter 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mining.flow import RETURNS, Flow
from mining.log import EventLog

Level = Literal["department", "site", "previous"]
Order = Literal["excess", "money"]


@dataclass(frozen=True)
class Bottleneck:
    """Waits for one step, of one department, at one site, after one activity, as far as the question tells them apart.

    `waits` are counted. Durations are in seconds of the flow's clock, None where nothing was counted; `target_seconds`
    is a given target, or else the median of all counted waits for the step in the log (`is_given` false).
    `excess_seconds` is the sum of what the waits take beyond the target, `over_target` the number of waits that do,
    `excess_share` its share in the excess of all steps. `value_days` is money x days of excess, each return's value
    times its waits beyond the target; `unvalued` waits have no value or no calendar. Left out of all that: `inside`
    waits within a department (`inside_seconds` in all), `leaps` over a stage without a stamp, `late` ones after the
    end of the case.
    """

    step: str
    department: str | None
    site: str | None
    previous: str | None
    waits: int
    mean_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None
    total_seconds: float
    target_seconds: float | None
    is_given: bool
    over_target: int
    excess_seconds: float
    excess_share: float | None
    value_days: float
    unvalued: int
    inside: int
    inside_seconds: float
    leaps: int
    late: int


def bottlenecks(
    log: EventLog,
    by: Sequence[Level] = ("department", "site"),
    targets: Mapping[str, float] | None = None,
    flow: Flow = RETURNS,
    order: Order = "excess",
) -> tuple[Bottleneck, ...]:
    """Rank the steps of a log, told apart by `by`, by `excess_seconds` or by the money that waits; ties by name.

    `targets` are seconds by step on the flow's clock. A step without one is held to its own median in this log: to
    hold a cohort to the whole log, give it the `step_medians` of that. Read a log that is not of returns with
    ``flow=ANY_LOG``.
    """
    given = dict(targets or {})
    parameters = {"activities": list(given), "target_micros": [round(1e6 * given[name]) for name in given]}
    columns = [level for level in ("department", "site", "previous") if level in by]
    found = [Bottleneck(*row) for row in log.rows("bottlenecks", parameters, flow=flow, by=columns)]
    if order == "money":
        found.sort(key=lambda one: -one.value_days)
    return tuple(found)


def step_medians(log: EventLog, flow: Flow = RETURNS) -> dict[str, float]:
    """Return the median wait for each step of a log, in seconds of the flow's clock."""
    return {activity: median for activity, _, median in log.rows("step_medians", flow=flow)}
