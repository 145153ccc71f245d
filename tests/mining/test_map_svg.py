"""The map as a file: well-formed whatever steps are called, the same every time, everything shown is in it."""

from __future__ import annotations

import struct
from dataclasses import replace
from xml.etree import ElementTree

from mining.drawing.colours import tokens
from mining.drawing.picture import Arc, Legend, Node, Picture, arc_colour
from mining.drawing.png import png_of
from mining.drawing.svg import map_svg
from mining.lanes import Step, lay_out_lanes

SVG = "{http://www.w3.org/2000/svg}"
STEPS = [
    Step("Return Requested", "request", 10, "crm"),
    Step("Goods Received", "receipt", 45, "wms"),
    Step('<Weird> & "step" \x01 返品', "credit", 85, "erp"),
    Step("Customer Notified", "communication", 98, "crm"),
]
LEGEND = Legend("Median wait, business time", [(0.0, "5 min"), (1.0, "3 d")])
LIGHT = tokens("light")


def picture(arcs: list[Arc]) -> Picture:
    lanes = lay_out_lanes(STEPS)
    nodes = [Node(lanes.places[step.activity], 0.5, ("5 returns",), step.rank == 10, False) for step in STEPS[:3]]
    return Picture(lanes, nodes, [Node(lanes.places["Customer Notified"], 0.1, (), False, False)], arcs, LEGEND)


def arc(source: Step, target: Step, level: float | None = 0.5, is_back: bool = False) -> Arc:
    return Arc(source.activity, target.activity, 5, level, "2.0 h", "CRM→WMS", ("5 returns",), is_back)


ARCS = [
    arc(STEPS[0], STEPS[1]),
    arc(STEPS[1], STEPS[2], 1.0),
    arc(STEPS[2], STEPS[0], None, True),
    arc(STEPS[1], STEPS[1]),
]


def test_every_step_arc_and_hidden_step_is_drawn_and_says_its_numbers() -> None:
    root = ElementTree.fromstring(map_svg(picture(ARCS), ["Showing 3 of 4 steps"], LIGHT))
    lines = root.findall(f"{SVG}polyline")
    assert len(lines) == len(root.findall(f"{SVG}polygon")) == 4
    assert {line.findtext(f"{SVG}title") for line in lines} >= {"Return Requested → Goods Received; 5 returns"}
    assert [circle.findtext(f"{SVG}title") for circle in root.findall(f"{SVG}circle")] == ["Customer Notified"]
    assert root.findtext(f"{SVG}title") == "Showing 3 of 4 steps"
    texts = ["".join(text.itertext()) for text in root.findall(f"{SVG}text")]
    assert texts.count("2.0 hCRM→WMS") == 4
    assert {"Return", "Requested", "▶ start", "Median wait, business time", "3 d", "Request", "Receipt"} <= set(texts)


def test_lines_that_run_back_are_dashed_and_those_without_a_value_are_faint() -> None:
    root = ElementTree.fromstring(map_svg(picture(ARCS), [], LIGHT))
    [back] = [line for line in root.findall(f"{SVG}polyline") if line.get("stroke-dasharray")]
    assert back.get("stroke") == LIGHT.faint
    assert arc_colour(0.0, LIGHT) == LIGHT.sequential[0]
    assert arc_colour(1.0, LIGHT) == LIGHT.sequential[-1]


def test_equal_maps_are_equal_files_and_other_maps_are_not() -> None:
    first = map_svg(picture(ARCS), ["one"], LIGHT)
    assert first == map_svg(picture(list(ARCS)), ["one"], LIGHT)
    assert first != map_svg(picture([replace(ARCS[0], cases=6), *ARCS[1:]]), ["one"], LIGHT)


def test_an_empty_map_has_its_lanes() -> None:
    root = ElementTree.fromstring(map_svg(replace(picture([]), nodes=[], ghosts=[]), [], LIGHT))
    assert {"Request", "Receipt", "Credit", "Communication"} <= {text.text for text in root.findall(f"{SVG}text")}


def test_png_is_twice_the_size_and_has_letters_in_it() -> None:
    with_words = png_of(map_svg(picture(ARCS), ["Showing 3 of 4 steps"], LIGHT))
    assert with_words[:8] == b"\x89PNG\r\n\x1a\n"
    root = ElementTree.fromstring(map_svg(picture(ARCS), ["Showing 3 of 4 steps"], LIGHT))
    width, height = struct.unpack(">II", with_words[16:24])
    assert (width, height) == (2 * int(root.attrib["width"]), 2 * int(root.attrib["height"]))
    without = png_of(map_svg(picture(ARCS), ["                    "], LIGHT))
    assert len(with_words) > len(without) + 500
