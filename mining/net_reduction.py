"""Leave out silent steps that decide nothing, so that a net has fewer states and the same behaviour."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mining.net import Net, Transition


@dataclass(frozen=True)
class _Use:
    """How many arcs lead out of and into each place."""

    taken: Counter[int]
    put: Counter[int]


def without_idle_steps(net: Net) -> Net:
    """Return a net that allows the same paths, with series of places around silent steps fused.

    A silent step from one place to another goes when nothing else can be done with the token that it takes, or when
    no other step could have put the token that it puts (fusion of series places: Murata, "Petri nets: properties,
    analysis and applications", 1989). The places of the initial and the final marking stay.
    """
    steps = list(dict.fromkeys(net.transitions))
    marked = {place for place in range(net.places) if net.start[place] or net.end[place]}
    while True:
        use = _use(steps)
        found = next((step for step in steps if _is_idle(step, use, marked)), None)
        if found is None:
            break
        [before], [after] = found.takes, found.puts
        gone, stays = (before, after) if use.taken[before] == 1 and before not in marked else (after, before)
        steps.remove(found)
        steps = list(dict.fromkeys(_renamed(step, gone, stays) for step in steps))
        steps = [step for step in steps if step.activity is not None or sorted(step.takes) != sorted(step.puts)]
    return _numbered_anew(net, steps, marked)


def _use(steps: list[Transition]) -> _Use:
    taken = Counter(place for step in steps for place in step.takes)
    put = Counter(place for step in steps for place in step.puts)
    return _Use(taken, put)


def _is_idle(step: Transition, use: _Use, marked: set[int]) -> bool:
    if step.activity is not None or len(step.takes) != 1 or len(step.puts) != 1 or step.takes == step.puts:
        return False
    [before], [after] = step.takes, step.puts
    only_way_on = use.taken[before] == 1 and before not in marked
    only_way_in = use.put[after] == 1 and after not in marked
    return only_way_on or only_way_in


def _renamed(step: Transition, gone: int, stays: int) -> Transition:
    takes, puts = (tuple(stays if place == gone else place for place in side) for side in (step.takes, step.puts))
    return Transition(step.activity, takes, puts)


def _numbered_anew(net: Net, steps: list[Transition], marked: set[int]) -> Net:
    """Return the net of the places that are left, in their old order."""
    used = marked | {place for step in steps for place in (*step.takes, *step.puts)}
    numbers = {place: number for number, place in enumerate(sorted(used))}
    moved = tuple(
        Transition(
            step.activity, *(tuple(sorted(numbers[place] for place in side)) for side in (step.takes, step.puts))
        )
        for step in steps
    )
    start, end = (tuple(marking[place] for place in sorted(used)) for marking in (net.start, net.end))
    return Net(len(used), moved, start, end)
