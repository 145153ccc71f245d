"""What the stamps of the chosen returns leave uncertain as tables; people are in them as numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboards.trust.evidence import Stamps
from dashboards.trust.stamp_concerns import skew_in_words
from mining.log_quality import ClockSkew, Coverage, StampQuality, UndecidablePair
from mining.stamp_gaps import KpiInterval, MissingStamp
from pipeline import formats
from pipeline.export.records import records_csv

PARTS = ("Activities", "Order", "Clocks", "Months", "Missing")


@dataclass(frozen=True)
class Gap:
    """Months in which an activity of a source is missing or thin, as in `mining.log_quality.Coverage`."""

    activity: str
    source_system: str
    missing_months: str
    thin_months: str


def gaps(coverage: Sequence[Coverage]) -> list[Gap]:
    """Return the kinds of event with missing or thin months."""
    return [
        Gap(one.activity, one.source_system, ", ".join(one.gaps), ", ".join(one.thin))
        for one in coverage
        if one.gaps or one.thin
    ]


def stamps_table(stamps: Stamps, about: str) -> pd.DataFrame:
    """Return the part of the log's quality that a reader chose: one of `PARTS`."""
    match about:
        case "Activities":
            return _activities(stamps)
        case "Order":
            return _order(stamps)
        case "Clocks":
            return _clocks(stamps)
        case "Months":
            return _months(stamps)
        case _:
            return _documents(stamps)


def stamps_csv(stamps: Stamps, about: str) -> str:
    """Return the same part in full, with the fields of `mining.log_quality` and `mining.stamp_gaps`."""
    match about:
        case "Activities":
            return records_csv(StampQuality, stamps.quality)
        case "Order":
            return records_csv(UndecidablePair, stamps.doubts)
        case "Clocks":
            return records_csv(ClockSkew, stamps.skews)
        case "Months":
            return records_csv(Gap, gaps(stamps.coverage))
        case _:
            return records_csv(MissingStamp, stamps.missing)


def intervals_table(intervals: Sequence[KpiInterval], titles: Mapping[str, str]) -> pd.DataFrame:
    """Return what each KPI is by its stamps, and the least and the most it can be, in business days."""
    return pd.DataFrame(
        {
            "KPI": [titles.get(one.kpi, one.kpi) for one in intervals],
            "Returns": [one.items for one in intervals],
            "With a date only": [one.uncertain for one in intervals],
            "Mean": [_rounded(one.mean) for one in intervals],
            "Least mean": [_rounded(one.least_mean) for one in intervals],
            "Most mean": [_rounded(one.most_mean) for one in intervals],
            "Median": [_rounded(one.median) for one in intervals],
            "Least median": [_rounded(one.least_median) for one in intervals],
            "Most median": [_rounded(one.most_median) for one in intervals],
        }
    )


def _activities(stamps: Stamps) -> pd.DataFrame:
    found = sorted(stamps.quality, key=lambda one: (-one.dates, -one.events, one.activity, one.source_system))
    return pd.DataFrame(
        {
            "Activity": [one.activity for one in found],
            "Source": [one.source_system for one in found],
            "Events": [one.events for one in found],
            "Dates only": [one.dates for one in found],
            "Dates only share": [_percent(one.dates, one.events) for one in found],
            "Nobody named": [one.without_resource for one in found],
            "Same instant as the next": [one.same_instant for one in found],
            "Entered together": [one.entered_together for one in found],
        }
    )


def _order(stamps: Stamps) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "First": [one.activity for one in stamps.doubts],
            "Then": [one.next_activity for one in stamps.doubts],
            "Steps": [one.pairs for one in stamps.doubts],
            "Same instant": [one.same_instant for one in stamps.doubts],
            "Same day, no time": [one.same_day for one in stamps.doubts],
            "Undecidable share": [100 * one.share for one in stamps.doubts],
        }
    )


def _clocks(stamps: Stamps) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Must come first": [f"{one.earlier} ({one.earlier_source})" for one in stamps.skews],
            "Then": [f"{one.later} ({one.later_source})" for one in stamps.skews],
            "Site": [one.site or formats.NOTHING for one in stamps.skews],
            "Stamps": [one.pairs for one in stamps.skews],
            "Backward": [one.backward for one in stamps.skews],
            "Backward share": [_percent(one.backward, one.pairs) for one in stamps.skews],
            "Reading": [skew_in_words(one) if one.offset_hours else "no sign of a wrong clock" for one in stamps.skews],
        }
    )


def _months(stamps: Stamps) -> pd.DataFrame:
    found = gaps(stamps.coverage)
    return pd.DataFrame(
        {
            "Activity": [one.activity for one in found],
            "Source": [one.source_system for one in found],
            "Months without any": [one.missing_months for one in found],
            "Months with under a tenth of the usual": [one.thin_months for one in found],
        }
    )


def _documents(stamps: Stamps) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Stamp": [one.stamp for one in stamps.missing],
            "Missing": [one.documents for one in stamps.missing],
            "Missing, return over": [one.missing for one in stamps.missing],
            "Not yet, return open": [one.not_yet for one in stamps.missing],
            "Missing share": [_percent(one.missing, one.documents - one.not_yet) for one in stamps.missing],
        }
    )


def _rounded(days: float | None) -> float | None:
    return None if days is None else round(days, 2)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
