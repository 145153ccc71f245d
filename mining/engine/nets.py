"""Petri nets to and from pm4py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pm4py.objects.conversion.wf_net.variants import to_process_tree
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

from mining.engine.trees import node_of
from mining.net import Net, Transition
from mining.tree import Node


@dataclass(frozen=True)
class EngineNet:
    """A net as pm4py has it; `transitions` stand in the order of the net's own."""

    net: Any
    start: Any
    end: Any
    transitions: tuple[Any, ...]


def engine_net(net: Net) -> EngineNet:
    """Build the same net in pm4py; places and transitions are named by their numbers."""
    theirs = PetriNet("model")
    places = [PetriNet.Place(f"p{number:06}") for number in range(net.places)]
    theirs.places.update(places)
    transitions = []
    for number, step in enumerate(net.transitions):
        transition = PetriNet.Transition(f"t{number:06}", step.activity)
        theirs.transitions.add(transition)
        transitions.append(transition)
        for place in sorted(set(step.takes)):
            add_arc_from_to(places[place], transition, theirs, step.takes.count(place))
        for place in sorted(set(step.puts)):
            add_arc_from_to(transition, places[place], theirs, step.puts.count(place))
    start, end = (
        Marking({places[number]: tokens for number, tokens in enumerate(marking) if tokens})
        for marking in (net.start, net.end)
    )
    return EngineNet(theirs, start, end, tuple(transitions))


def own_net(theirs: Any, start: Any, end: Any) -> Net:
    """Return pm4py's net as ours, places and transitions by their names."""
    places = {place: number for number, place in enumerate(sorted(theirs.places, key=lambda place: str(place.name)))}
    steps = []
    for transition in sorted(theirs.transitions, key=lambda step: (str(step.label), str(step.name))):
        takes = sorted(places[arc.source] for arc in transition.in_arcs for _ in range(arc.weight))
        puts = sorted(places[arc.target] for arc in transition.out_arcs for _ in range(arc.weight))
        steps.append(Transition(transition.label, tuple(takes), tuple(puts)))
    markings = (tuple(marking.get(place, 0) for place in places) for marking in (start, end))
    return Net(len(places), tuple(steps), *markings)


def tree_of_net(net: Net) -> Node | None:
    """Return a sound workflow net as a process tree, None when it is not block-structured.

    van Zelst, Leemans, "Translating Workflow Nets to Process Trees" (2020).
    """
    theirs = engine_net(net)
    try:
        tree = to_process_tree.apply(theirs.net, theirs.start, theirs.end)
    except ValueError:
        return None
    return node_of(tree)
