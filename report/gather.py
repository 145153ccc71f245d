"""Gather what the pack says from the questions that the pages ask, so that both say the same."""

from __future__ import annotations

from dataclasses import replace

from dashboards.attention.exceptions import Choice
from dashboards.published import Build
from dashboards.queries import attention, baselines, kpis, recovery, reference, returns, trust
from dashboards.queries import time as time_queries
from dashboards.scope import Scope
from dashboards.scorecard.numbers import numbers_of, sentence_of
from dashboards.scorecard.tiles import leading_measures, make_tiles
from dashboards.time.clock import unit_of
from dashboards.time.segments import way_of
from dashboards.trust.concerns import concerns
from dashboards.trust.evidence import Evidence
from pipeline.export.map import returns_at_first_sight
from report.parts import Doing, Pack, Proof, Recovery, Run, Spent, Subject, Waiting


def gather(subject: Subject) -> Pack:
    """Ask for everything that the pack says of a subject."""
    build, scope = subject.build, subject.scope
    return Pack(
        subject,
        _doing(subject),
        _spent(build, scope),
        _run(build, scope),
        _waiting(build, scope),
        _recovery(build, scope),
        _proof(build, scope),
    )


def _doing(subject: Subject) -> Doing:
    build, scope = subject.build, subject.scope
    leading = leading_measures(reference.measures(build), reference.targets(build))
    frozen = baselines.newest_of(build, scope)
    tiles = make_tiles(leading, replace(numbers_of(build, scope), frozen=frozen))
    sentence = sentence_of(build, scope, subject.entities, tiles)
    return Doing(tiles, sentence, kpis.cohort_of_items(build, scope), frozen.name if frozen else None)


def _spent(build: Build, scope: Scope) -> Spent:
    unit = unit_of("business", returns.standard_days(build, scope))
    found = time_queries.decomposition(build, scope)
    way = way_of(found, unit, time_queries.returns_on_the_clock(build, scope))
    return Spent(way, time_queries.ranking(build, scope), returns.cohort(build, scope))


def _run(build: Build, scope: Scope) -> Run:
    if not returns.cohort(build, scope).returns:
        return Run(None, "")
    seen = returns_at_first_sight(returns.returns_log(build, scope))
    return Run(seen.picture, seen.sentence)


def _waiting(build: Build, scope: Scope) -> Waiting:
    choice = Choice()
    return Waiting(
        totals=attention.totals(build, scope, choice),
        resolved=attention.totals(build, scope, Choice(with_resolved=True)).exceptions,
        ages=attention.ages(build, scope, choice),
        groups=attention.groups(build, scope, choice, "type"),
        oldest=attention.queue(build, scope, choice, "oldest", 1),
        dearest=attention.queue(build, scope, choice, "dearest", 1),
        cohort=attention.cohort_of_exceptions(build, scope),
    )


def _recovery(build: Build, scope: Scope) -> Recovery:
    return Recovery(
        measured={row.kpi: row for row in kpis.kpis(build, scope)},
        recovered=recovery.by_disposition(build, scope),
        suppliers=recovery.funnel_by_supplier(build, scope),
        windows=recovery.claim_windows(build, scope),
        cohort=recovery.cohort_of_lines(build, scope),
    )


def _proof(part: Build, scope: Scope) -> Proof:
    """Ask what the page of trust asks, of the whole build: its loads and checks know no cohort."""
    build = part.whole
    measures = reference.measures(build)
    evidence = Evidence(
        loads=trust.table_loads(build),
        results=trust.expectation_results(build),
        sources=trust.sources(build),
        stamps=trust.stamps(build, scope) if returns.cohort(build, scope).returns else None,
        titles={one.kpi: one.title for one in measures},
    )
    return Proof(evidence, concerns(evidence), trust.versions(build), measures)
