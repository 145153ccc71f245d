"""The replay of the process map: its payload, its words, and the section on the page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from page_reading import open_page, text

from dashboards.process_map.replay_payload import payload, replay_of
from dashboards.process_map.replay_words import calendar_in_words, sample_in_words
from mining.drawing.picture import Arc, Legend, Node, Picture
from mining.lanes import Step, lay_out_lanes
from mining.replay import Sample, SampledCase

START = datetime(2025, 3, 3, 6)
STEPS = [
    Step("Return Requested", "request", 10, "crm"),
    Step("Return Approved", "approval", 25, "erp"),
    Step("Return Closed", "closure", 99, "erp"),
]
WAYS = [("Return Requested", "Return Approved"), ("Return Approved", "Return Closed")]


def picture(steps: list[Step], ways: list[tuple[str, str]]) -> Picture:
    lanes = lay_out_lanes(STEPS)
    nodes = [Node(lanes.places[step.activity], 1.0, (), False, False) for step in steps]
    arcs = [Arc(source, target, 5, 0.5, "", "", (), False) for source, target in ways]
    return Picture(lanes, nodes, [], arcs, Legend("Median wait", []))


def case(name: str, zone: str, *hours: int) -> SampledCase:
    """A case that takes the steps at these hours of the window, over a target in the last of them."""
    at = [START + timedelta(hours=hour) for hour in hours]
    events = tuple((step.activity, moment) for step, moment in zip(STEPS, at, strict=False))
    left = at[-1] if len(at) == len(STEPS) else None
    return SampledCase(name, zone, at[0], left, events, ((at[-1] - timedelta(hours=1), at[-1]),))


def sample(running: int = 2) -> Sample:
    cases = case("R1", "America/Chicago", -2, 10, 30), case("R2", "America/Chicago", 5, 6)
    return Sample(START, START + timedelta(days=9), running, cases)


def test_the_payload_holds_times_as_differences_and_places_as_whole_pixels() -> None:
    drawn = picture(STEPS, WAYS)
    sent = payload(replay_of(sample(), drawn), drawn)
    assert sent["start"] == 1740981600
    assert (sent["minutes"], sent["zone"]) == (9 * 1440, "America/Chicago")
    assert sent["shifts"] == [(0, -360), (6 * 1440 + 120, -300)]
    assert sent["tokens"] == [
        [-120, 1800, [0, -120, 1, 720, 2, 1200], [1740, 1800]],
        [300, None, [0, 300, 1, 60], [300, 360]],
    ]
    assert [step[0] for step in sent["steps"]] == [step.activity for step in STEPS]
    assert [(edge[0], edge[1]) for edge in sent["edges"]] == [(0, 1), (1, 2)]
    start, end = drawn.lines()[WAYS[0]][0], drawn.lines()[WAYS[0]][-1]
    assert sent["edges"][0][4][:2] == [round(start[0]), round(start[1])]
    assert sent["edges"][0][4][-2:] == [round(end[0]), round(end[1])]
    assert json.loads(json.dumps(sent))["tokens"] == sent["tokens"]


def test_no_id_of_a_return_is_sent() -> None:
    drawn = picture(STEPS, WAYS)
    assert "R1" not in json.dumps(payload(replay_of(sample(), drawn), drawn))


@pytest.mark.parametrize(
    ("running", "steps", "ways", "expected"),
    [
        (4312, STEPS, WAYS, "A sample of 2 of 4,312 returns in progress from 3 Mar 2025 to 12 Mar 2025, chosen by a "
         "fixed rule: the lowest MD5 of their ids. 0 events are hidden because their step is not on the map; 0 moves "
         "jump, dashed, because their edge is hidden."),
        (2, STEPS, WAYS[:1], "All 2 returns in progress from 3 Mar 2025 to 12 Mar 2025. 0 events are hidden because "
         "their step is not on the map; 1 move jumps, dashed, because its edge is hidden."),
        (2, STEPS[:2], WAYS[:1], "All 2 returns in progress from 3 Mar 2025 to 12 Mar 2025. 1 event is hidden because "
         "its step is not on the map; 0 moves jump, dashed, because their edge is hidden."),
    ],
)  # fmt: skip
def test_what_is_shown_and_hidden_is_said(
    running: int, steps: list[Step], ways: list[tuple[str, str]], expected: str
) -> None:
    chosen = sample(running)
    assert sample_in_words(chosen, replay_of(chosen, picture(steps, ways))) == expected


def test_the_calendar_is_named_with_how_many_live_by_it() -> None:
    assert calendar_in_words(sample()) == "Dates are local, by the calendar of America/Chicago."
    mixed = Sample(START, START, 3, (*sample().cases, case("R3", "Europe/Berlin", 1)))
    assert "by the calendar of America/Chicago, where 2 of these returns are" in calendar_in_words(mixed)


@pytest.mark.usefixtures("real_workspace")
def test_the_page_shows_the_replay_when_it_is_asked_for() -> None:
    closed = open_page("process_map")
    assert "in progress from" not in text(closed)
    closed.toggle(key="replay").set_value(True).run()
    assert not closed.exception
    assert "events are hidden because their step is not on the map" in text(closed)


@pytest.mark.usefixtures("real_workspace")
def test_a_link_opens_the_replay_with_its_window() -> None:
    test = open_page("process_map", replay="true", **{"replay-window": "all time"})
    assert not test.exception
    assert test.selectbox(key="replay-window").value == "all time"
    assert "in progress from" in text(test)
