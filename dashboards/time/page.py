"""Where does time go? Segments, bottlenecks, queues and the week of the returns."""

from __future__ import annotations

from dashboards import frame
from dashboards.drills import at
from dashboards.frame import View
from dashboards.queries import reference, returns
from dashboards.queries import time as queries
from dashboards.time.bottlenecks import show_bottlenecks, worst
from dashboards.time.clock import unit_of
from dashboards.time.opened import show_in_progress, show_week
from dashboards.time.segments import Way, show_segments, way_of
from pipeline import formats

QUESTION = "Where does time go?"


def page(view: View) -> None:
    """Show where the time of returns goes."""
    build, scope = view.build, view.scope
    count = frame.begin_with_returns(view, QUESTION)
    if not count:
        return
    unit = unit_of(view.clock, returns.standard_days(build, scope))
    found = queries.decomposition(build, scope)
    way = way_of(found, unit, queries.returns_on_the_clock(build, scope))
    ranking = queries.ranking(build, scope)
    frame.lead(f"{whole_way(way)} {worst(ranking)}")
    frame.section("From request to close")
    if way:
        show_segments(way)
    else:
        frame.caption("No return of this selection is closed, so there is no time to cut into segments yet.")
    frame.section("What is waited for longer than usual?")
    show_bottlenecks(ranking, reference.reporting_currency(build), at("time", scope))
    show_in_progress(build, scope, {segment.segment: segment.title for segment in found.segments})
    show_week(build, scope)


def whole_way(way: Way | None) -> str:
    """Say how long returns take, and which part takes most of it."""
    if way is None:
        return "No return is closed here."
    longest = way.longest
    return (
        f"A return takes {way.unit.say(way.whole_seconds)} from request to close on average "
        f"({formats.count(way.returns)} closed); {longest.title} is the longest part with "
        f"{formats.share(way.share(longest))}."
    )
