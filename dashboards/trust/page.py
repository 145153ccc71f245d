"""Can I trust this? What speaks for and against the numbers, worst first."""

from __future__ import annotations

from dashboards import filters, frame
from dashboards.frame import View
from dashboards.queries import reference, returns, trust
from dashboards.trust import build_parts, stamp_parts
from dashboards.trust.concerns import concerns, verdict
from dashboards.trust.evidence import Evidence

QUESTION = "Can I trust this?"


def page(view: View) -> None:
    """Show the verdict, what it rests on, and what the numbers mean."""
    build = view.build.whole
    view.say_cohort(returns.cohort(build, view.scope), frame.BY_FIRST_EVENT)
    frame.title(QUESTION)
    evidence = _gather(view)
    found = concerns(evidence)
    frame.lead(verdict(evidence, found))
    build_parts.show_concerns(found)
    build_parts.show_load(build, evidence.loads, trust.refusals(build), trust.extra_columns(build))
    build_parts.show_expectations(build, evidence.results)
    build_parts.show_sources(build, evidence.sources)
    if evidence.stamps:
        stamp_parts.show_months(evidence.stamps)
        stamp_parts.show_stamps(evidence.stamps)
        stamp_parts.show_intervals(evidence.stamps.intervals, evidence.titles)
    else:
        filters.say_empty(returns.remaining_returns(build, view.scope), view.scope, view.names, "stamps of returns")
    build_parts.show_versions(build, trust.versions(build), evidence.loads)
    build_parts.show_definitions(reference.measures(build))


def _gather(view: View) -> Evidence:
    """Gather the evidence; where the filters leave no return there are no stamps to judge."""
    build, scope = view.build.whole, view.scope
    is_empty = not returns.cohort(view.build, scope).returns
    return Evidence(
        loads=trust.table_loads(build),
        results=trust.expectation_results(build),
        sources=trust.sources(build),
        stamps=None if is_empty else trust.stamps(build, scope),
        titles={one.kpi: one.title for one in reference.measures(build)},
    )
