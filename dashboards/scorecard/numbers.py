"""Gather what the KPI tiles of a scope are made of, and say what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dashboards.published import Build
from dashboards.queries import kpis, reference
from dashboards.scope import Scope, first_day, months_up_to
from dashboards.scorecard import words
from dashboards.scorecard.tiles import Numbers, Tile

TREND_MONTHS = 12


def numbers_of(build: Build, scope: Scope) -> Numbers:
    """Ask for the KPI rows of a scope, of the period before it and of the last twelve months up to its end."""
    before = scope.before()
    months, partial = trend_months(build, scope)
    by_month = kpis.kpis(build, trend_scope(scope, months), "month") if months else []
    return Numbers(
        rows=kpis.kpis(build, scope),
        before=kpis.kpis(build, before) if before else [],
        by_month=by_month,
        months=months,
        partial_month=partial,
        left_outs=kpis.left_outs(build, scope),
        targets=reference.targets(build),
        entities=scope.entities,
        currency=reference.reporting_currency(build),
    )


def sentence_of(build: Build, scope: Scope, names: Mapping[str, str], tiles: Sequence[Tile]) -> str:
    """Say what matters of all tiles, with what the worst miss is made of; `names` are those of the entities."""
    missed = words.worst(tiles)
    if not missed or not missed[0].target:
        return words.headline(tiles)
    found = kpis.driver(build, scope, missed[0].measure, missed[0].target.better)
    return words.headline(tiles, words.made_of(missed[0], found, names))


def trend_months(build: Build, scope: Scope) -> tuple[list[str], str | None]:
    """Return the twelve months up to the as-of instant or the end of the period, and the one that is cut off by it."""
    if build.as_of is None:
        return [], None
    last = build.as_of.date()
    if scope.end and scope.end <= last:
        last = scope.end - timedelta(days=1)
    months = months_up_to(last, TREND_MONTHS)
    return months, months[-1] if _is_cut(last) else None


def _is_cut(last: date) -> bool:
    """Whether the month of its last day has more days to come."""
    return (last + timedelta(days=1)).month == last.month


def trend_scope(scope: Scope, months: list[str]) -> Scope:
    """Return the scope widened to the months of the trend."""
    return replace(scope, start=first_day(months[0]))
