"""What speaks against trusting a build, worst first, and the verdict in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.trust.evidence import Evidence, Source
from dashboards.trust.stamp_concerns import Concern, Level, stamp_concerns
from expectations import ExpectationResult
from expectations.event_log import DAYS_TO_BE_FRESH
from expectations.landing import HIGHEST_QUARANTINED_SHARE
from pipeline import formats
from pipeline.load_report import TableLoad

LEVELS: tuple[Level, ...] = ("wrong", "care", "note")
_OPENING = {"wrong": "No, not yet", "care": "Yes, with care", "note": "Yes"}


def concerns(evidence: Evidence) -> list[Concern]:
    """Return everything that speaks against the numbers: by level, then by the share of what it touches."""
    found = [
        *_load(evidence.loads),
        *_expectations(evidence.results),
        *_sources(evidence.sources),
        *(stamp_concerns(evidence.stamps, evidence.titles) if evidence.stamps else ()),
    ]
    return sorted(found, key=lambda one: (LEVELS.index(one.level), -one.share, one.words))


def verdict(evidence: Evidence, found: Sequence[Concern]) -> str:
    """Say whether the numbers can be trusted, what holds, and the two worst things of `found`."""
    opening = _OPENING[found[0].level if found else "note"]
    held = f"{opening}: {_accounted(evidence.loads)} and {_held(evidence.results)}."
    if not found:
        return f"{held} Nothing was found that speaks against the numbers."
    if len(found) == 1:
        return f"{held} The one thing to know: {found[0].words}."
    return f"{held} Worst are two things: {found[0].words}; and {found[1].words}."


def _accounted(loads: Sequence[TableLoad]) -> str:
    off = [one for one in loads if not one.adds_up]
    if off:
        return f"the rows of {len(off)} of {len(loads)} tables do not add up"
    return f"every one of the {formats.count(sum(one.rows_read for one in loads))} rows read is accounted for"


def _held(results: Sequence[ExpectationResult]) -> str:
    holding = sum(one.success for one in results)
    if holding == len(results):
        return f"all {formats.count(holding)} expectations hold"
    return f"{formats.count(holding)} of {formats.count(len(results))} expectations hold"


def _load(loads: Sequence[TableLoad]) -> Iterator[Concern]:
    off = [f"{one.system}/{one.table}" for one in loads if not one.adds_up]
    if off:
        words = f"rows of {formats.listed(off)} are neither kept, superseded nor quarantined"
        yield Concern("wrong", len(off) / len(loads), words)
    refused = [one for one in loads if one.rows_quarantined]
    if refused:
        worst = max(refused, key=lambda one: (refused_share(one), one.system, one.table))
        share = sum(one.rows_quarantined for one in refused) / sum(one.rows_read for one in loads)
        words = (
            f"{formats.share(share)} of the rows read are in the quarantine, the largest part of a table "
            f"{formats.share(refused_share(worst))} of {worst.system}/{worst.table}"
        )
        yield Concern("care" if refused_share(worst) > HIGHEST_QUARANTINED_SHARE else "note", share, words)


def refused_share(load: TableLoad) -> float:
    """Return the share of the rows of a table that are in the quarantine; 0 of none."""
    return load.rows_quarantined / load.rows_read if load.rows_read else 0.0


def _expectations(results: Sequence[ExpectationResult]) -> Iterator[Concern]:
    if not results:
        yield Concern("wrong", 1.0, "no expectation was held against this build")
    kinds: list[tuple[Level, str, list[ExpectationResult]]] = [
        ("wrong", ", which should have stopped the build", [one for one in results if one.stops_publish]),
        ("care", "", [one for one in results if not one.success and not one.stops_publish]),
    ]
    for level, addition, failed in kinds:
        if failed:
            worst = max(failed, key=_unexpected)
            others = f"; {len(failed) - 1} more expectation{'s fail' if len(failed) > 2 else ' fails'}"
            yield Concern(level, _unexpected(worst), f"{_found(worst)}{addition}{others if len(failed) > 1 else ''}")


def about(result: ExpectationResult) -> str:
    """Name what an expectation is about, e.g. ``event_log.cases.events``; extract tables as the load report does."""
    relation = result.relation
    if relation.startswith("raw.") and "__" in relation:
        relation = relation.removeprefix("raw.").replace("__", "/", 1)
    return f"{relation}.{result.column_name}" if result.column_name else relation


def _unexpected(result: ExpectationResult) -> float:
    """Return the share of rows that break an expectation, all of them where it is about a whole table or column."""
    if not result.element_count or result.unexpected_count is None:
        return 1.0
    return result.unexpected_count / result.element_count


def _found(result: ExpectationResult) -> str:
    if not result.element_count or result.unexpected_count is None:
        return f"all of {about(result)} is not as expected"
    broken, rows = formats.count(result.unexpected_count), formats.count(result.element_count)
    return f"{broken} of {rows} rows are not as expected in {about(result)}"


def _sources(sources: Sequence[Source]) -> Iterator[Concern]:
    """Sources without any event, and those whose last event lies further back than a fresh one's may."""
    kinds: list[tuple[Level, list[str]]] = [
        ("care", [one.system for one in sources if one.is_needed and not one.events]),
        ("note", [one.system for one in sources if not one.is_needed and not one.events]),
    ]
    for level, silent in kinds:
        if silent:
            words = f"no event at all comes from {formats.listed(silent)}"
            yield Concern(level, len(silent) / len(sources), words)
    late = [one for one in sources if one.days_behind is not None and one.days_behind > DAYS_TO_BE_FRESH]
    if late:
        told = [f"{one.system} by {formats.plain(one.days_behind, 'days')}" for one in late]
        words = f"sources are behind the as-of instant: {formats.listed(told)}"
        yield Concern("care", len(late) / len(sources), words)
