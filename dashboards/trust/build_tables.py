"""The load, the expectations and the sources as tables; nothing in them is a value of an extract row or a person."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboards.trust.concerns import about, refused_share
from dashboards.trust.evidence import Source
from expectations import ExpectationResult
from pipeline import formats
from pipeline.load_report import Refusal, TableLoad


def loads_table(loads: Sequence[TableLoad]) -> pd.DataFrame:
    """Return what became of the rows of each table."""
    return pd.DataFrame(
        {
            "Table": [f"{one.system}/{one.table}" for one in loads],
            "Read": [one.rows_read for one in loads],
            "Kept": [one.rows_kept for one in loads],
            "Superseded": [one.rows_superseded for one in loads],
            "Quarantined": [one.rows_quarantined for one in loads],
            "Quarantined share": [100 * refused_share(one) for one in loads],
            "Adds up": ["yes" if one.adds_up else "NO" for one in loads],
        }
    )


def refusals_table(refusals: Sequence[Refusal]) -> pd.DataFrame:
    """Return why rows were refused, with the places of up to three of them as far as they are told."""
    found = pd.DataFrame(
        {
            "Table": [one.table for one in refusals],
            "Reason": [one.reason for one in refusals],
            "Rows": [one.rows for one in refusals],
        }
    )
    return found.assign(**{"For example": [one.examples for one in refusals]}) if has_places(refusals) else found


def has_places(refusals: Sequence[Refusal]) -> bool:
    """Whether it is told where refused rows are."""
    return any(one.examples for one in refusals)


def failures_table(failures: Sequence[ExpectationResult]) -> pd.DataFrame:
    """Return the expectations that do not hold."""
    return pd.DataFrame(
        {
            "Severity": [one.severity for one in failures],
            "Of": [about(one) for one in failures],
            "Expected": [expected(one) for one in failures],
            "Found": [one.observed for one in failures],
        }
    )


def expected(result: ExpectationResult) -> str:
    """Say the kind of an expectation in words, e.g. ``column values to not be null``."""
    return result.expectation.removeprefix("expect_").replace("_", " ")


def sources_table(sources: Sequence[Source]) -> pd.DataFrame:
    """Return how current each source is."""
    return pd.DataFrame(
        {
            "Source": [one.system for one in sources],
            "Needed": ["yes" if one.is_needed else "optional" for one in sources],
            "Events": [one.events for one in sources],
            "Last event": [formats.instant(one.last_event_at) if one.last_event_at else "none" for one in sources],
            "Days before as-of": [None if one.days_behind is None else round(one.days_behind, 1) for one in sources],
        }
    )
