"""Where does time go? Segments, bottlenecks, queues and the week of the returns."""

from __future__ import annotations

from dashboards import frame
from dashboards.drills import at
from dashboards.frame import View
from dashboards.queries import reference, returns
from dashboards.queries import time as queries
from dashboards.scope import Scope
from dashboards.time.bottlenecks import show_bottlenecks, worst
from dashboards.time.clock import unit_of
from dashboards.time.queue import choose_place, show_queue
from dashboards.time.segments import Way, show_segments, way_of
from dashboards.time.week import choose_step, crowding_in_words, show_week
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
    frame.section("How much is in progress?")
    place = choose_place({segment.segment: segment.title for segment in found.segments})
    show_queue(queries.work_in_progress(build, scope), queries.flow_balances(build, scope), place)
    frame.section("When in the week is it done?")
    frame.caption(crowding_in_words(queries.weekdays(build, scope)))
    step = choose_step(reference.steps(build), queries.weekdays(build.whole, Scope()))
    show_week(queries.week_hours(build, scope), step, queries.batches(build, scope, step))


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
