"""The differences of two maps as a picture and in words."""

from __future__ import annotations

import pytest

from mining.drawing.colours import stops, tokens
from mining.drawing.picture import THINNEST
from mining.drawing.svg import map_svg
from mining.lanes import Step, lay_out_lanes
from mining.map_difference import both_graphs, map_difference
from mining.map_difference_view import Compared, DifferenceReading, compared_words, difference_picture
from mining.map_elements import Element
from mining.map_scale import Balance, Scale
from mining.process_map import MapEdge, MapStep, ProcessMap
from mining.simplify import simplify

LANES = lay_out_lanes([Step(name, "request", rank, "crm") for rank, name in enumerate("ABC")])


def mapped(to_b: int, to_c: int, wait: float) -> ProcessMap:
    """A to B in `to_b` cases and A to C in `to_c`, after `wait` seconds."""
    cases = {"A": to_b + to_c, "B": to_b, "C": to_c}
    steps = [
        MapStep(name, n, n, n if name == "A" else 0, *([0 if name == "A" else n] * 2)) for name, n in cases.items()
    ]
    waits = (wait,) * 8
    edges = [MapEdge("A", name, cases[name], cases[name], *waits) for name in "BC" if cases[name]]
    return ProcessMap(tuple(steps), tuple(edges))


@pytest.mark.parametrize(("shown", "label"), [("share of returns", "+25 pts"), ("median wait", "+1.0 h")])
def test_more_here_is_orange_with_a_plus_and_few_cases_are_thin(shown: Compared, label: str) -> None:
    here, there = mapped(75, 5, 7200), mapped(55, 25, 3600)
    found = map_difference(here, there, (80, 80), is_disjoint=True)
    selection = simplify(both_graphs(here, there), 3, 2)
    reading = DifferenceReading(shown, "elapsed", 86400)
    picture = difference_picture(found, selection, LANES, reading)
    arcs = {arc.target: arc for arc in picture.arcs}
    assert (arcs["B"].label.replace("\N{NO-BREAK SPACE}", " "), arcs["B"].level) == (label, 1.0)
    assert picture.colour(arcs["B"], tokens("light")) == tokens("light").diverging[0]
    is_few = shown == "median wait"
    assert (arcs["C"].is_thin, arcs["C"].label == "") == (is_few, is_few)
    assert (picture.widths()["A", "C"] == THINNEST) == is_few
    svg = map_svg(picture, ["Two sides"], tokens("light"))
    assert reading.title in svg
    assert "no difference" in svg


def test_what_is_picked_says_both_sides() -> None:
    found = map_difference(mapped(75, 5, 60), mapped(55, 25, 61), (80, 80), is_disjoint=False)
    reading = DifferenceReading("median wait", "elapsed", 86400)
    words = [
        line.replace("\N{NO-BREAK SPACE}", " ") for line in compared_words(found, Element("edge", ("A", "B")), reading)
    ]
    assert words == [
        "Here 75 of 80 returns (94 %)",
        "There 55 of 80 returns (69 %)",
        "Difference +25 pts",
        "Median wait here 1 min, there 1 min, difference ±0 min",
    ]
    assert not compared_words(found, Element("start", ("A",)), reading)


def test_scales_name_both_ends() -> None:
    assert Scale(10, 1000, is_log=True).level(100) == pytest.approx(0.5)
    assert Scale(0, 10, is_log=False).marks([(5, "five")], str) == [(0.0, "0"), (0.5, "five"), (1.0, "10")]
    assert Scale(0, 0, is_log=False).level(0) == 0
    assert [Balance(4, is_rooted=True).level(value) for value in (-4, -1, 0, 1, 9)] == [0, 0.25, 0.5, 0.75, 1]
    assert Balance(0).marks(str) == [(0.5, "no difference")]
    assert stops(tokens("dark"), is_diverging=True)[2] == tokens("dark").faint
