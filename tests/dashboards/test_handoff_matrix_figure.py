"""Handoffs as a matrix and a flow, their words, and touch points."""

from __future__ import annotations

import pytest

from dashboards.charts.contrast import LEAST, contrast, written_scale
from dashboards.charts.handoff_matrix import flow_figure, matrix_figure
from dashboards.charts.touch_points import touch_figure
from dashboards.handoffs import words
from dashboards.handoffs.reading import HandoffReading, Measure, among, busiest, owners_of
from dashboards.handoffs.table import handoff_frame, ping_pong_frame
from mining.drawing.colours import ThemeName, tokens
from mining.handoffs import Handoff, TouchPoints
from mining.map_view import Clock
from mining.rework import Cost, PingPong

HOUR = 3600.0


def handoff(giver: str, taker: str, times: int, hours: float = 24.0, bounced: int = 0) -> Handoff:
    """A handoff that waits a third as long on the business clock, with USD 1,000 x days each."""
    seconds = hours * HOUR
    elapsed = (seconds, seconds, seconds, times * seconds)
    business = (seconds / 3, seconds / 3, seconds / 3, times * seconds / 3)
    return Handoff(giver, taker, times, times, *elapsed, *business, bounced, bounced, 1000.0 * times)


FOUND = (handoff("<b>Desk", "Dock", 16, bounced=4), handoff("Dock", "Desk 2", 4, 48.0), handoff("Desk 2", "Dock", 1))


def reading(measure: Measure = "handoffs", clock: Clock = "business") -> HandoffReading:
    return HandoffReading(measure, clock, 8 * HOUR, "USD")


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("measure", "clock", "label"),
    [
        ("handoffs", "business", "16"),
        ("median wait", "business", "1.0 d"),
        ("median wait", "elapsed", "1.0 d"),
        ("bounced back", "business", "25 %"),
        ("value waiting", "business", "16.0 k"),
    ],
)
def test_a_cell_has_the_chosen_measure(measure: Measure, clock: Clock, label: str) -> None:
    assert plain(reading(measure, clock).cells(FOUND)[0].label) == label


def test_waits_stay_in_hours_when_business_days_differ() -> None:
    differing = HandoffReading("median wait", "business", None, "USD")
    assert plain(differing.cells(FOUND)[1].label) == "16 h"
    assert "Median wait (business h)" in handoff_frame(FOUND, differing)


def test_owners_stand_by_their_handoffs_and_the_rest_is_named() -> None:
    assert owners_of(FOUND) == ["Dock", "<b>Desk", "Desk 2"]
    chosen = among(FOUND, busiest(FOUND, 2))
    assert chosen == [FOUND[0]]
    said = plain(words.shown(FOUND, chosen, 2, 3, "department"))
    assert said.startswith("The 2 departments with most handoffs of 3; 76 % of 21 handoffs are among them.")
    assert plain(words.shown(FOUND, FOUND, 3, 3, "system")) == "All 3 systems; n 21 handoffs."


@pytest.mark.parametrize("name", ["light", "dark"])
def test_matrix_writes_each_value_where_giver_and_taker_meet(name: ThemeName) -> None:
    owners = owners_of(FOUND)
    figure = matrix_figure(owners, reading().cells(FOUND), tokens(name))
    heat, labels = figure.data
    assert list(zip(labels.y, labels.x, labels.text, strict=True)) == [(1, 0, "16"), (0, 2, "4"), (2, 0, "1")]
    assert heat.z[1][0] > heat.z[0][2] > heat.z[2][0]
    assert heat.z[0][0] is None
    assert list(figure.layout.yaxis.ticktext) == ["Dock", "&lt;b&gt;Desk", "Desk 2"]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_written_on_a_colour_can_be_read(name: ThemeName) -> None:
    scale = written_scale(tokens(name))
    assert len(scale) >= 6
    assert all(contrast(colour, ink) >= LEAST for colour, ink in scale)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_names_are_text_in_what_is_pointed_at() -> None:
    for figure in (matrix_figure(owners_of(FOUND), reading().cells(FOUND), tokens("light")),):
        assert figure.data[1].customdata[0].startswith("<b>&lt;b&gt;Desk → Dock</b><br>16 handoffs in 16 returns")
    link = flow_figure(owners_of(FOUND), reading().cells(FOUND), tokens("light")).data[0]
    assert link.node.label[1] == "&lt;b&gt;Desk"
    assert "<b>Desk" not in "".join(link.node.customdata)


def test_flow_is_as_wide_as_handoffs_are_many() -> None:
    figure = flow_figure(owners_of(FOUND), reading("median wait").cells(FOUND), tokens("light"))
    [flow] = figure.data
    names = list(flow.node.label)
    ways = [
        (names[source], names[target], value)
        for source, target, value in zip(flow.link.source, flow.link.target, flow.link.value, strict=True)
    ]
    assert ways == [("&lt;b&gt;Desk", "Dock", 16), ("Dock", "Desk 2", 4), ("Desk 2", "Dock", 1)]
    assert min(flow.link.target) >= 3


def test_matrix_of_nothing_known() -> None:
    unknown = HandoffReading("median wait", "business", None, "")
    nothing = Handoff("A", "B", 1, 1, 0.0, 0.0, 0.0, 0.0, None, None, None, None, 0, 0, None)
    cells = unknown.cells([nothing])
    assert cells[0].label == "\N{EN DASH}"
    assert matrix_figure(["A", "B"], cells, tokens("light")).data[1].text == ("\N{EN DASH}",)
    assert "Value waiting" not in cells[0].hover


def test_lead_counts_handoffs_of_a_return() -> None:
    assert plain(words.lead(FOUND, 10, "department", reading())) == (
        "A return changes hands between departments 2.1 times on average, most often from <b>Desk to Dock: 16 times, "
        "median wait 1.0 d (business). 19 % of the handoffs bounce back."
    )
    assert words.lead((), 10, "system", reading()) == "No work changes hands between systems in these returns."


def test_to_and_fro_in_words_and_as_a_table() -> None:
    day = 24 * HOUR
    pair = PingPong("ERP", "WMS", Cost(3, 2, day, day, day, 3 * day, day / 3, day / 3, day / 3, day, 6000.0))
    said = plain(words.to_and_fro([pair], "system", reading()))
    assert said.startswith("3 times work comes back with the very next step. Most often it leaves ERP for WMS: 3 times")
    assert "in 2 returns, away for 1.0 d (business, median)" in said
    row = ping_pong_frame([pair], reading(clock="elapsed")).iloc[0]
    assert (row["To and fro"], row["Times"], row["Median time away (elapsed d)"]) == ("ERP → WMS → ERP", 3, 1.0)
    assert "no work comes back" in words.to_and_fro([], "system", reading())
    assert words.at_once(FOUND, "resource") == (
        "4 times work comes back with the very next step. Most often it leaves <b>Desk for Dock: 4 times. "
        "The table above has all of them."
    )
    assert "no work comes back" in words.at_once(FOUND[1:], "resource")


def test_touch_points_in_words_and_as_bars() -> None:
    points = TouchPoints(((1, 1), (4, 3)), ((1, 1), (2, 3)))
    said = plain(words.touched(points, 5))
    assert said == (
        "On average a return goes through 1.8 different systems and enters a system 3.2 times. "
        "n 4 returns; 1 name no system and are left out."
    )
    figure = touch_figure(points.visits, "visits", tokens("light"))
    assert (list(figure.data[0].x), list(figure.data[0].y)) == ([1, 4], [1, 3])
    assert "names a system" in words.touched(TouchPoints((), ()), 5)
