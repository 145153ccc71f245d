"""Write a laid-out process as BPMN 2.0 XML (OMG formal/2011-01-03), diagram interchange included."""

from __future__ import annotations

from xml.etree import ElementTree

from mining.layout import Diagram, Element, Flow, lay_out
from mining.tree import Node

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
_BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
_LINES = "http://www.omg.org/spec/DD/20100524/DI"
_TARGET = "https://retrace.example/process"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_PREFIXES = {"bpmn": _MODEL, "bpmndi": _DIAGRAM, "dc": _BOUNDS, "di": _LINES}


def bpmn_xml(tree: Node, name: str) -> str:
    """Return the process called `name` as a BPMN 2.0 document; equal trees give equal text."""
    for prefix, uri in _PREFIXES.items():
        ElementTree.register_namespace(prefix, uri)
    diagram = lay_out(tree)
    root = ElementTree.Element(f"{{{_MODEL}}}definitions", {"id": "definitions", "targetNamespace": _TARGET})
    process = ElementTree.SubElement(
        root, f"{{{_MODEL}}}process", {"id": "process", "name": name, "isExecutable": "false"}
    )
    for element in diagram.elements:
        _write_element(process, element, diagram.flows)
    for flow in diagram.flows:
        ends = {"id": flow.id, "sourceRef": flow.source.id, "targetRef": flow.target.id}
        ElementTree.SubElement(process, f"{{{_MODEL}}}sequenceFlow", ends)
    _write_diagram(root, diagram)
    ElementTree.indent(root)
    return f"{_DECLARATION}\n{ElementTree.tostring(root, encoding='unicode')}\n"


def _write_element(process: ElementTree.Element, element: Element, flows: list[Flow]) -> None:
    attributes = {"id": element.id} | ({"name": element.name} if element.name else {})
    incoming = [flow.id for flow in flows if flow.target == element]
    outgoing = [flow.id for flow in flows if flow.source == element]
    if element.kind.endswith("Gateway"):
        attributes["gatewayDirection"] = _direction(len(incoming), len(outgoing))
    node = ElementTree.SubElement(process, f"{{{_MODEL}}}{element.kind}", attributes)
    for tag, names in (("incoming", incoming), ("outgoing", outgoing)):
        for flow in names:
            ElementTree.SubElement(node, f"{{{_MODEL}}}{tag}").text = flow


def _direction(incoming: int, outgoing: int) -> str:
    if incoming > 1 and outgoing > 1:
        return "Mixed"
    return "Converging" if incoming > 1 else "Diverging"


def _write_diagram(root: ElementTree.Element, diagram: Diagram) -> None:
    """Write where each shape and line is drawn."""
    drawing = ElementTree.SubElement(root, f"{{{_DIAGRAM}}}BPMNDiagram", {"id": "diagram"})
    plane = ElementTree.SubElement(drawing, f"{{{_DIAGRAM}}}BPMNPlane", {"id": "plane", "bpmnElement": "process"})
    for element in diagram.elements:
        attributes = {"id": f"{element.id}_shape", "bpmnElement": element.id}
        shape = ElementTree.SubElement(plane, f"{{{_DIAGRAM}}}BPMNShape", attributes)
        place = {"x": element.x, "y": element.y - element.height // 2, "width": element.width, "height": element.height}
        ElementTree.SubElement(shape, f"{{{_BOUNDS}}}Bounds", {key: str(value) for key, value in place.items()})
    for flow in diagram.flows:
        attributes = {"id": f"{flow.id}_edge", "bpmnElement": flow.id}
        edge = ElementTree.SubElement(plane, f"{{{_DIAGRAM}}}BPMNEdge", attributes)
        for x, y in flow.points:
            ElementTree.SubElement(edge, f"{{{_LINES}}}waypoint", {"x": str(x), "y": str(y)})
