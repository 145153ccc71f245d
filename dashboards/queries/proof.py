"""Comparisons of before and after, each asked once of a published build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import streamlit as st

from dashboards.published import Build, connection, named_workspace
from dashboards.queries.asking import rows
from mining.cohort import Cohort
from pipeline.workspace import workspace_for_reading
from proof.asking import of_known_units
from proof.comparison import Comparison, compare
from proof.question import Cluster, Question, RolloutStep, Side
from proof.rollout_file import read_rollout

ROLLOUTS = "rollouts"
_SETTLING = timedelta(days=30)


@dataclass(frozen=True)
class Windows:
    """The local dates of both sides: `before_start` <= date < `before_end`, and the same of after."""

    before_start: date
    before_end: date
    after_start: date
    after_end: date


@dataclass(frozen=True)
class Wanted:
    """What a reader wants compared. `kept` is the canonical JSON of a cohort of rules, empty for all returns.

    It is a text, because the cache compares what an object holds and not what it is.
    """

    windows: Windows
    kept: str = ""
    rollout: tuple[RolloutStep, ...] = ()
    cluster: Cluster = "customer"

    def question(self) -> Question:
        """Return the question. Raises UsageError for a window without a day."""
        cohort = Cohort.from_json(self.kept) if self.kept else Cohort()
        before = Side(self.windows.before_start, self.windows.before_end, cohort)
        after = Side(self.windows.after_start, self.windows.after_end, cohort)
        return Question(before, after, self.rollout, self.cluster)


@st.cache_data(show_spinner="Following the returns of both sides, then comparing them …", max_entries=16)
def comparison(build: Build, wanted: Wanted) -> Comparison:
    """Return the answer to what is wanted; the same text as `retrace compare` has for the same question."""
    return compare(connection(build.whole), wanted.question())


def rollout_names() -> tuple[str, ...]:
    """Return the names of the workspace's roll-out tables, without .csv, sorted; read anew each time."""
    return tuple(sorted(path.stem for path in _rollouts().glob("*.csv")))


def rollout(build: Build, name: str) -> tuple[RolloutStep, ...]:
    """Return the steps of a roll-out table. Raises UsageError, in words, for one that cannot be used."""
    return of_known_units(connection(build.whole), read_rollout(_rollouts() / f"{name}.csv"))


def _rollouts() -> Path:
    return workspace_for_reading(named_workspace()).root / ROLLOUTS


@st.cache_data(show_spinner=False, max_entries=8)
def usual_windows(build: Build) -> Windows | None:
    """Return two windows to begin with: the last two months that can be followed for 30 days, and two before those.

    A month lies between them, for returns that were under way. None for a log too short for that.
    """
    found = "select min(cast(requested_at as date)), (select max(as_of_at) from returns.as_of) from event_log.cases"
    [(first, as_of)] = rows(build.whole, found)
    if first is None or as_of is None:
        return None
    end = (as_of.date() - _SETTLING).replace(day=1)
    after_start, before_end = _months(end, -2), _months(end, -3)
    before_start = max(_months(end, -5), first)
    return Windows(before_start, before_end, after_start, end) if before_start < before_end else None


def _months(day: date, by: int) -> date:
    index = day.year * 12 + day.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)
