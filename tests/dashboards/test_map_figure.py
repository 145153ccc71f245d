"""The drawing of the process map: ways, labels, colours, words."""

from __future__ import annotations

import csv
import json

import plotly.graph_objects as go
import pytest

from dashboards.charts.process_map import process_map_figure
from mining.drawing.colours import tokens
from mining.drawing.curves import along, arrival, shortened
from mining.drawing.label_places import place_labels
from mining.drawing.picture import COLUMN, ROW, Arc, Legend, Node, Picture, log_level
from mining.drawing.routes import NODE_HEIGHT, NODE_WIDTH, Box, Frame, Link, route_all
from mining.lanes import Step, is_backward, lay_out_lanes
from pipeline.settings import SEEDS

LEGEND = Legend("Median wait", [(0.0, "5 min"), (1.0, "1 d")])


def catalogue() -> list[Step]:
    with (SEEDS / "activities.csv").open(encoding="utf-8") as file:
        return [
            Step(row["activity"], row["stage"], int(row["activity_rank"]), row["source_system"])
            for row in csv.DictReader(file)
        ]


def drawn_map(arcs: list[Arc], steps: list[Step]) -> go.Figure:
    lanes = lay_out_lanes(steps)
    nodes = [Node(place, 0.5, ("5 returns",), False, False) for place in lanes.places.values()]
    return process_map_figure(Picture(lanes, nodes, [], arcs, LEGEND), tokens("light"))


def arc(source: str, target: str, cases: int = 5, is_back: bool = False, label: str = "2.0 h") -> Arc:
    return Arc(source, target, cases, 0.5, label, "", ("5 returns",), is_back)


def test_no_way_leads_through_a_step_of_the_main_flow() -> None:
    places = lay_out_lanes(catalogue()).places
    boxes = {
        name: Box(name, place.x * COLUMN, place.y * ROW, place.step.stage, place.is_side)
        for name, place in places.items()
        if not place.is_side
    }
    links = [
        Link(a, b, is_backward(places[a], places[b], 1, 0)) for a in boxes for b in boxes if places[b].x > places[a].x
    ]
    lines = route_all(boxes, links, Frame(-60, 400))
    for (source, target), line in lines.items():
        for box in boxes.values():
            if box.name not in (source, target):
                inside = [
                    (x, y)
                    for x, y in line
                    if abs(x - box.x) < NODE_WIDTH / 2 - 1 and abs(y - box.y) < NODE_HEIGHT / 2 - 1
                ]
                assert not inside, f"{source} -> {target} runs through {box.name}"


def test_a_way_back_runs_above_all_steps() -> None:
    boxes = {"A": Box("A", 64, 40, "request", False), "B": Box("B", 192, 40, "approval", False)}
    line = route_all(boxes, [Link("B", "A", True)], Frame(-60, 400))["B", "A"]
    assert min(y for _, y in line) < 40 - NODE_HEIGHT
    assert line[0][1] == line[-1][1] == 40 - NODE_HEIGHT / 2


def test_ways_begin_and_end_on_the_border_of_their_steps() -> None:
    boxes = {"A": Box("A", 64, 40, "request", False), "B": Box("B", 192, 140, "approval", False)}
    line = route_all(boxes, [Link("A", "B", False)], Frame(-60, 400))["A", "B"]
    assert line[0] == (64 + NODE_WIDTH / 2, 40)
    assert line[-1] == (192 - NODE_WIDTH / 2, 140)


@pytest.mark.parametrize(
    ("line", "angle"), [([(0, 0), (9, 0)], 90), ([(0, 9), (0, 0)], 0), ([(0, 0), (0, 9)], 180), ([(9, 0), (0, 0)], -90)]
)
def test_arrow_heads_point_where_the_line_goes(line: list[tuple[float, float]], angle: float) -> None:
    assert arrival(line) == angle


def test_points_on_a_line() -> None:
    line = [(0.0, 0.0), (10.0, 0.0), (10.0, 30.0)]
    assert along(line, 0.25) == (10.0, 0.0)
    assert along(line, 0.5) == (10.0, 10.0)
    assert shortened(line, 10) == [(0.0, 0.0), (10.0, 0.0), (10.0, 20.0)]


def test_labels_of_crossing_lines_do_not_lie_on_one_another() -> None:
    lines = {("A", "B"): [(0.0, 50.0), (200.0, 50.0)], ("C", "D"): [(100.0, 0.0), (100.0, 100.0)]}
    places = place_labels(lines, {("A", "B"): ("2.0 h", ""), ("C", "D"): ("3.0 h", "")}, [])
    (x1, y1), (x2, y2) = places["A", "B"], places["C", "D"]
    assert abs(x1 - x2) > 25 or abs(y1 - y2) > 12


def test_a_label_without_room_on_its_line_stands_beside_it_and_covers_neither_steps_nor_marks() -> None:
    boxes = [Box("A", 0, 0, "receipt", False), Box("B", NODE_WIDTH + 32, 0, "receipt", False)]
    line, mark = [(NODE_WIDTH / 2, 0.0), (NODE_WIDTH / 2 + 32, 0.0)], (NODE_WIDTH / 2 - 18, -NODE_HEIGHT / 2 - 7)
    x, y = place_labels({("A", "B"): line}, {("A", "B"): ("39 min", "ERP→WMS")}, boxes, [mark])["A", "B"]
    assert abs(x - NODE_WIDTH / 2 - 16) < 16
    assert abs(y) >= NODE_HEIGHT / 2 + 7
    assert y > 0


def test_edges_are_as_wide_as_they_are_frequent_and_dashed_when_they_run_back() -> None:
    figure = drawn_map(
        [arc("RMA Created", "Return Approved", 100), arc("Return Approved", "RMA Created", 10, is_back=True)],
        catalogue(),
    )
    lines = {shape.name: shape.line for shape in figure.layout.shapes}
    there, back = lines["RMA Created → Return Approved"], lines["Return Approved → RMA Created"]
    assert there.width > 3 * back.width
    assert (there.dash, back.dash) == ("solid", "5px,3px")


def test_a_step_stands_at_the_same_place_whatever_else_is_shown() -> None:
    lanes = lay_out_lanes(catalogue())
    one = [Node(lanes.places["Credit Posted"], 0.1, (), False, False)]
    both = [*one, Node(lanes.places["RMA Created"], 0.1, (), False, False)]
    few = process_map_figure(Picture(lanes, one, [], [], LEGEND), tokens("light"))
    more = process_map_figure(Picture(lanes, both, [], [], LEGEND), tokens("dark"))
    places = []
    for figure in (few, more):
        [names] = [trace for trace in figure.data if trace.name == "steps"]
        places.append(dict(zip(names.text, zip(names.x, names.y, strict=True), strict=True)))
    assert places[0]["Credit<br>Posted"] == places[1]["Credit<br>Posted"]
    assert few.layout.height == more.layout.height


def test_names_of_steps_are_text_never_markup_or_placeholders() -> None:
    steps = [Step("<img src=x> %{x}", "request", 1, "crm"), Step("B", "approval", 2, "erp")]
    drawing = drawn_map([arc("<img src=x> %{x}", "B", label="<i>1 h")], steps).to_json()
    shown = [value for value in _texts(json.loads(drawing)) if "img" in value or "<i>" in value]
    assert shown
    assert all("<img" not in value and "<i>" not in value for value in shown if "→" not in value or "<b>" in value)


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in ("name", "customdata") for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def test_waits_lie_on_a_logarithmic_scale() -> None:
    assert log_level(300, 300, 30000) == 0
    assert log_level(3000, 300, 30000) == pytest.approx(0.5)
    assert log_level(99999, 300, 30000) == 1
    assert log_level(None, 300, 30000) is None
    assert log_level(100, 300, 200) == 0
