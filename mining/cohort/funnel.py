"""How many cases each step of a cohort lets through, and how many open ones it drops."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from mining.cohort.choosing import grounds
from mining.cohort.cohort import Cohort
from mining.cohort.names import DEFAULT_NAMES, Names
from mining.cohort.words import step_words
from mining.log import EventLog
from pipeline.formats import count


@dataclass(frozen=True)
class FunnelStep:
    """One step: what it asks in words, the cases that reach it and pass it, and the open ones among them."""

    words: str
    cases_in: int
    cases_out: int
    open_in: int
    open_out: int

    @property
    def dropped(self) -> int:
        """Return the number of cases it drops."""
        return self.cases_in - self.cases_out

    @property
    def open_dropped(self) -> int:
        """Return the number of open cases it drops."""
        return self.open_in - self.open_out

    def drop_in_words(self, names: Names = DEFAULT_NAMES) -> str:
        """Return what it drops, e.g. ``drops 41 returns, 12 of them still open``."""
        if not self.dropped:
            return "drops none"
        noun = names.noun if self.dropped == 1 else names.nouns
        if not self.open_dropped:
            return f"drops {count(self.dropped)} {noun}"
        if self.dropped == self.open_dropped == 1:
            return f"drops 1 {noun}, still open"
        return f"drops {count(self.dropped)} {noun}, {count(self.open_dropped)} of them still open"


def funnel(log: EventLog, cohort: Cohort, names: Names = DEFAULT_NAMES) -> tuple[FunnelStep, ...]:
    """Return a row for each step of the cohort, in order; the cases out of one are the cases into the next.

    Raises UsageError as `choose` does.
    """
    counts = [ground.log.rows("cohort_counts")[0] for ground in grounds(log, cohort)]
    return tuple(
        FunnelStep(step_words(step, names), cases_in, cases_out, open_in, open_out)
        for step, ((cases_in, open_in), (cases_out, open_out)) in zip(cohort.steps, pairwise(counts), strict=True)
    )
