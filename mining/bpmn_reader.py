"""Read a BPMN 2.0 document as an accepting Petri net (Dijkman, Dumas, Ouyang 2008)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree

from mining.net import Net, Transition
from mining.net_reduction import without_idle_steps
from pipeline.errors import UsageError

_TASKS = {
    "task", "userTask", "serviceTask", "manualTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
}  # fmt: skip
_SILENT = {"intermediateThrowEvent", "intermediateCatchEvent"}
_IGNORED = {
    "sequenceFlow", "laneSet", "documentation", "extensionElements", "textAnnotation", "association", "dataObject",
    "dataObjectReference", "dataStoreReference", "ioSpecification", "group",
}  # fmt: skip
_KNOWN = _TASKS | _SILENT | {"startEvent", "endEvent", "exclusiveGateway", "parallelGateway"}


@dataclass
class _Drawing:
    """The process as drawn: what each node is and which flows join them."""

    kinds: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Builder:
    """The net in the making."""

    places: int = 2
    transitions: list[Transition] = field(default_factory=list)

    def place(self) -> int:
        """Add a place."""
        self.places += 1
        return self.places - 1

    def step(self, activity: str | None, takes: Iterable[int], puts: Iterable[int]) -> None:
        """Add a transition."""
        self.transitions.append(Transition(activity, tuple(sorted(takes)), tuple(sorted(puts))))


def read_bpmn(text: str) -> Net:
    """Return the one process of a BPMN document as a net: place 0 starts, place 1 ends it.

    Tasks are activities by their names; start, end and intermediate events and gateways are silent. Several flows
    into a task are alternatives, several out of it run in parallel, as BPMN says. Raises UsageError for a text that
    is no BPMN, for a node of another kind (inclusive gateways, sub-processes), a task without a name, and a process
    without start or end.
    """
    drawing = _parse(text)
    builder = _Builder()
    entries = {node: builder.place() for node in drawing.kinds if _merges(drawing, node)}
    into: dict[str, list[int]] = defaultdict(list)
    out_of: dict[str, list[int]] = defaultdict(list)
    for source, target in drawing.flows:
        leaves = entries.get(source) if drawing.kinds[source] == "exclusiveGateway" else None
        reaches = entries.get(target)
        if leaves is not None and reaches is not None:
            builder.step(None, [leaves], [reaches])
            continue
        place = next((known for known in (leaves, reaches) if known is not None), None)
        place = builder.place() if place is None else place
        out_of[source].append(place)
        into[target].append(place)
    for node, kind in drawing.kinds.items():
        takes = [entries[node]] if node in entries else into[node]
        _add_node(builder, kind, drawing.names[node], takes, out_of[node])
    start, end = ((1, 0), (0, 1))
    rest = (0,) * (builder.places - 2)
    return without_idle_steps(Net(builder.places, tuple(builder.transitions), start + rest, end + rest))


def _merges(drawing: _Drawing, node: str) -> bool:
    """Whether a node waits for any one of its flows at a place of its own."""
    if drawing.kinds[node] == "parallelGateway":
        return False
    return drawing.kinds[node] == "exclusiveGateway" or sum(target == node for _, target in drawing.flows) > 1


def _add_node(builder: _Builder, kind: str, name: str, takes: list[int], puts: list[int]) -> None:
    if kind == "startEvent":
        builder.step(None, [0], puts)
    elif kind == "endEvent":
        builder.step(None, takes, [1])
    elif kind != "exclusiveGateway" and takes:
        builder.step(name if kind in _TASKS else None, takes, puts)


def _parse(text: str) -> _Drawing:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise UsageError(f"The model is not XML ({error}). Give a BPMN 2.0 file.") from error
    processes = [node for node in root.iter() if _tag(node) == "process"]
    if len(processes) != 1:
        raise UsageError(f"The model has {len(processes)} processes; give a BPMN 2.0 file with one.")
    drawing = _Drawing()
    for node in processes[0]:
        kind = _tag(node)
        if kind in _KNOWN:
            drawing.kinds[node.attrib["id"]] = kind
            drawing.names[node.attrib["id"]] = " ".join(node.attrib.get("name", "").split())
        elif kind not in _IGNORED:
            raise UsageError(f"The model has a {kind}; tasks, events, exclusive and parallel gateways can be read.")
    flows = (node for node in processes[0] if _tag(node) == "sequenceFlow")
    drawing.flows = [(flow.attrib["sourceRef"], flow.attrib["targetRef"]) for flow in flows]
    _check(drawing)
    return drawing


def _check(drawing: _Drawing) -> None:
    for needed in ("startEvent", "endEvent"):
        if needed not in drawing.kinds.values():
            raise UsageError(f"The model has no {needed}, so no case could begin or end. Add one.")
    nameless = [node for node, kind in drawing.kinds.items() if kind in _TASKS and not drawing.names[node]]
    if nameless:
        raise UsageError(f"Task {nameless[0]} of the model has no name. Name it as the activity of the log.")
    lost = [end for flow in drawing.flows for end in flow if end not in drawing.kinds]
    if lost:
        raise UsageError(f"A flow of the model refers to {lost[0]}, which is not there. Repair the file.")


def _tag(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]
