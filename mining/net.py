"""Accepting Petri nets: what a process model allows, in the form that logs are replayed on."""

from __future__ import annotations

from dataclasses import dataclass

Marking = tuple[int, ...]


@dataclass(frozen=True)
class Transition:
    """A step of the model: its activity, None for a silent one, and the places that it takes from and puts into."""

    activity: str | None
    takes: tuple[int, ...]
    puts: tuple[int, ...]


@dataclass(frozen=True)
class Net:
    """A Petri net with its initial and final marking: the tokens of each place, by number."""

    places: int
    transitions: tuple[Transition, ...]
    start: Marking
    end: Marking

    @property
    def activities(self) -> frozenset[str]:
        """The activities that some transition does."""
        return frozenset(step.activity for step in self.transitions if step.activity is not None)


def simplicity(net: Net) -> float:
    """Return 1 / (1 + max(mean arc degree - 2, 0)): 1 for a plain sequence, less the more arcs a node has.

    Arc degree: Blum, "Metrics in process discovery" (2015); the baseline of 2 as in pm4py's
    ``evaluation.simplicity.variants.arc_degree``. A net of nothing is simple.
    """
    arcs = sum(len(set(step.takes)) + len(set(step.puts)) for step in net.transitions)
    nodes = net.places + len(net.transitions)
    degree = 2 * arcs / nodes if nodes else 0.0
    return 1 / (1 + max(degree - 2, 0))
