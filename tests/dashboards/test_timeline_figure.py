"""The drawing of one return over time: lanes, rows, both clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from dashboards.charts.timeline import timeline_figure
from dashboards.charts.timeline_rows import Mark, Span, Timeline, places_of, rows_of
from dashboards.one_return.story import Alarm, Facts, Step, Stretch
from dashboards.one_return.timeline import both_clocks, sign, timeline_of
from dashboards.one_return.words import lead
from mining.drawing.colours import tokens

HOUR, DAY, OPEN_DAY = 3600.0, 86400.0, 8 * 3600.0
FACTS = Facts(
    "R-1", "RMA-7", "E1", "closed", datetime(2025, 6, 2, 8), "credit", "S1", "web", "damaged", "pumps", "V1", "gold",
    150.0, 120.0, OPEN_DAY,
)  # fmt: skip
REQUESTED = Step(
    1, "RMA Created", datetime(2025, 6, 2, 8), "second", "erp", "Sales", "a person", None, None, None, None,
    0.0, 0.0, None, None, "returns", "R-1", "erp/returns.csv", 2,
)  # fmt: skip
RECEIVED = replace(
    REQUESTED, number=2, activity="Goods Received", source_system="wms", done_by="a program",
    since_request_seconds=2 * DAY, since_request_business_seconds=12 * HOUR,
    waited_seconds=2 * DAY, waited_business_seconds=12 * HOUR,
)  # fmt: skip
STRETCHES = [
    Stretch("Request to approval", DAY, 4 * HOUR, 4.0, False, False, False),
    Stretch("Approval to receipt", DAY, 8 * HOUR, 4.0, False, False, False),
]
ALARM = Alarm(
    "stale_return", "return", "R-1", datetime(2025, 6, 3), None, None, "{}", DAY, 3 * DAY, 2 * HOUR, 20 * HOUR
)  # fmt: skip


def test_signs_that_would_touch_take_rows_of_their_own() -> None:
    assert rows_of([0, 0, 0.5, 1, 5], [0, 0, 0.5, 1, 5], gap=1) == [0, 1, 2, 0, 0]
    assert rows_of([0, 1, 4], [3, 1, 9], gap=0.5) == [0, 1, 0]


def test_each_clock_has_its_own_places() -> None:
    business = timeline_of(FACTS, [REQUESTED, RECEIVED], STRETCHES, [ALARM], "business")
    elapsed = timeline_of(FACTS, [REQUESTED, RECEIVED], STRETCHES, [ALARM], "elapsed")
    assert [mark.at for mark in business.marks] == [0.0, 1.5]
    assert [mark.at for mark in elapsed.marks] == [0.0, 2.0]
    assert [(span.start, span.end) for span in business.segments] == [(0.0, 0.5), (0.5, 1.5)]
    assert [(span.start, span.end) for span in elapsed.segments] == [(0.0, 1.0), (1.0, 2.0)]
    assert [(span.start, span.end) for span in business.exceptions] == [(0.25, 2.5)]
    assert business.axis.startswith("Business days since the request, 2 Jun 2025, 08:00 UTC")
    assert business.lanes == ("ERP", "WMS")


def test_without_a_calendar_only_elapsed_time_is_shown() -> None:
    found = timeline_of(replace(FACTS, day_seconds=None), [REQUESTED, RECEIVED], STRETCHES, [], "business")
    assert [mark.at for mark in found.marks] == [0.0, 2.0]
    assert found.axis.startswith("Calendar days")
    assert both_clocks(DAY, None, None) == "1.0\N{NO-BREAK SPACE}d elapsed"


def test_programs_are_squares_open_exceptions_dotted_and_lanes_do_not_overlap() -> None:
    timeline = timeline_of(FACTS, [REQUESTED, RECEIVED], STRETCHES, [ALARM], "business")
    figure = timeline_figure(timeline, tokens("dark"))
    drawn = {trace.name: trace for trace in figure.data}
    assert list(drawn["steps"].marker.symbol) == ["circle", "square"]
    assert list(drawn["steps"].text) == ["1", "2"]
    assert drawn["exception A"].line.dash == "dot"
    places = places_of(timeline)
    (erp, rows), (wms, _) = places.lanes["ERP"], places.lanes["WMS"]
    assert erp + rows <= wms < places.top
    assert max(places.exceptions) < places.bottom


def test_an_exception_that_lasts_for_months_leaves_the_steps_their_room() -> None:
    months = replace(ALARM, end_seconds=100 * DAY)
    for alarm, last in ((ALARM, 2.5), (months, 2.5), (replace(ALARM, end_seconds=2.1 * DAY), 2.1)):
        assert timeline_of(FACTS, [REQUESTED, RECEIVED], STRETCHES, [alarm], "elapsed").bounds() == (0.0, last)


def test_many_steps_at_one_instant_make_the_figure_higher_not_the_signs_unreadable() -> None:
    one = Timeline(("ERP",), (Mark("ERP", 0.0, "1", False, ("a",)),), (Span("S", 0, 9, True, ("s",)),), (), "days")
    many = replace(one, marks=one.marks * 5)
    assert len(set(places_of(many).marks)) == 5
    heights = [timeline_figure(timeline, tokens("light")).layout.height for timeline in (one, many)]
    assert heights[1] > heights[0]


def test_names_are_text_never_markup() -> None:
    hostile = "<img src=x>"
    step = replace(REQUESTED, activity=hostile, department=hostile)
    timeline = timeline_of(FACTS, [step], [replace(STRETCHES[0], title=hostile)], [], "elapsed")
    assert "<img" not in timeline_figure(timeline, tokens("light")).to_json()


@pytest.mark.parametrize(("position", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (53, "BB")])
def test_exceptions_have_letters(position: int, letter: str) -> None:
    assert sign(position) == letter


def test_the_lead_says_what_became_of_it_on_both_clocks() -> None:
    said = lead(FACTS, STRETCHES, [ALARM], "USD").replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "RMA-7 (return R-1) was closed after 1.5 business days (2 calendar days); goods worth USD 150, USD 120 "
        "credited. The longest part was approval to receipt: 1.0 business days. It has 1 exception, still open."
    )
