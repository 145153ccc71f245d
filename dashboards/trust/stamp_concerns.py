"""What the stamps of the chosen returns leave uncertain, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboards.trust.evidence import Stamps
from mining.log_quality import SUSPECT_SHARE, ClockSkew, Coverage
from mining.stamp_gaps import KpiInterval
from pipeline import formats

Level = Literal["wrong", "care", "note"]


@dataclass(frozen=True)
class Concern:
    """Something that speaks against trusting the numbers.

    `wrong` makes numbers wrong, `care` makes some uncertain, `note` is small. `share` (0 to 1) is how much of what it
    is about it touches.
    """

    level: Level
    share: float
    words: str


def stamp_concerns(stamps: Stamps, titles: Mapping[str, str]) -> Iterator[Concern]:
    """Yield what the stamps leave uncertain; `titles` has the title of each KPI."""
    yield from _dates(stamps, titles)
    yield from _order(stamps)
    yield from _clocks(stamps)
    yield from _gaps(stamps)
    yield from _missing(stamps)
    if stamps.shared_logins:
        many = "one login seems" if stamps.shared_logins == 1 else f"{formats.count(stamps.shared_logins)} logins seem"
        yield Concern("note", 0.0, f"{many} to be used by several people")


def width(interval: KpiInterval) -> float:
    """Return how far the mean of a KPI can vary, as a share of it; 0 of nothing."""
    if not interval.mean or interval.least_mean is None or interval.most_mean is None:
        return 0.0
    return (interval.most_mean - interval.least_mean) / interval.mean


def _dates(stamps: Stamps, titles: Mapping[str, str]) -> Iterator[Concern]:
    """Dates without a time, and the KPI that they leave most uncertain."""
    if not stamps.dates:
        return
    share = stamps.dates / stamps.events
    widest = max(stamps.intervals, key=lambda one: (width(one), one.kpi), default=None)
    words = f"{formats.share(share)} of the events are a date without a time"
    if widest and is_open(widest):
        title = titles.get(widest.kpi, widest.kpi)
        words += f", so the mean of {title[:1].lower()}{title[1:]} could be anything {between(widest)}"
    reach = max(share, width(widest) if widest else 0.0)
    yield Concern(_level(reach), min(reach, 1.0), words)


def is_open(interval: KpiInterval) -> bool:
    """Whether the least and the most mean differ as they are printed."""
    unit = "business days"
    return formats.quantity(interval.least_mean, unit) != formats.quantity(interval.most_mean, unit)


def between(interval: KpiInterval) -> str:
    """Say the least and the most that the mean of a KPI can be."""
    unit = "business days"
    least = formats.quantity(interval.least_mean, unit)[0]
    return f"from {least} to {formats.plain(interval.most_mean, unit)}"


def _order(stamps: Stamps) -> Iterator[Concern]:
    if stamps.undecidable:
        share = stamps.undecidable / stamps.steps
        words = f"the order of two events in a row is only a convention in {formats.share(share)} of the steps"
        yield Concern(_level(share), share, words)


def _clocks(stamps: Stamps) -> Iterator[Concern]:
    suspects = sorted(
        (one for one in stamps.skews if one.offset_hours), key=lambda one: (-one.backward, one.later, one.site or "")
    )
    if suspects:
        more = f"; so do {len(suspects) - 1} more" if len(suspects) > 1 else ""
        pairs = sum(one.pairs for one in stamps.skews)
        yield Concern("care", sum(one.backward for one in suspects) / pairs, f"{skew_in_words(suspects[0])}{more}")


def skew_in_words(skew: ClockSkew) -> str:
    """Say which clocks look apart, by how much, and what shows it."""
    hours = "an hour" if skew.offset_hours == 1 else f"{skew.offset_hours} hours"
    place = f" at {skew.site}" if skew.site else ""
    return (
        f"the clocks of {skew.earlier_source} and {skew.later_source}{place} look {hours} apart "
        f"({formats.share(skew.backward / skew.pairs)} of {formats.count(skew.pairs)} stamps of {skew.later} are "
        f"before {skew.earlier})"
    )


def _gaps(stamps: Stamps) -> Iterator[Concern]:
    """Months in which a kind of event (an activity of a source) is missing, or hardly there."""
    kinds, months = len(stamps.coverage), sum(len(one.months) for one in stamps.coverage)
    lacking: list[tuple[Level, str, list[tuple[Coverage, tuple[str, ...]]]]] = [
        ("care", "missing for", [(one, one.gaps) for one in stamps.coverage if one.gaps]),
        ("note", "hardly there in", [(one, one.thin) for one in stamps.coverage if one.thin]),
    ]
    for level, word, found in lacking:
        if found:
            worst, in_months = max(found, key=lambda pair: len(pair[1]))
            number = sum(len(each) for _, each in found)
            yield Concern(
                level,
                number / months,
                f"{len(found)} of {kinds} kinds of event {'is' if len(found) == 1 else 'are'} {word} whole months "
                f"({worst.activity} of {worst.source_system} in {formats.month_name(in_months[0])}"
                f"{f' and {len(in_months) - 1} more' if len(in_months) > 1 else ''})",
            )


def _missing(stamps: Stamps) -> Iterator[Concern]:
    """Stamps that documents of returns that are over never got."""
    due = {one.stamp: one.documents - one.not_yet for one in stamps.missing}
    lacking = [one for one in stamps.missing if one.missing]
    if lacking:
        share = sum(one.missing for one in lacking) / sum(due.values())
        worst = max(lacking, key=lambda one: (one.missing / due[one.stamp], one.stamp))
        words = (
            f"{formats.share(share)} of the documents of finished returns lack a stamp, most often "
            f"{worst.stamp} ({formats.share(worst.missing / due[worst.stamp])})"
        )
        yield Concern(_level(share), share, words)


def _level(share: float) -> Level:
    """One in twenty is where care begins, as for the clocks."""
    return "care" if share >= SUSPECT_SHARE else "note"
