"""Token-based replay and alignments of one variant after the other, so that the caller can stop at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pm4py.algo.conformance.alignments.petri_net.variants import state_equation_a_star
from pm4py.algo.conformance.tokenreplay.variants import token_replay
from pm4py.objects.log.obj import Event, Trace
from pm4py.objects.petri_net.utils.align_utils import SKIP

from mining.engine.nets import engine_net
from mining.net import Net

Path = tuple[str, ...]


@dataclass(frozen=True)
class Replayed:
    """Token-based replay of one path: its tokens, and the transitions that fired, by their numbers in the net."""

    is_fit: bool
    fitness: float
    missing: int
    consumed: int
    remaining: int
    produced: int
    fired: tuple[int, ...]


@dataclass(frozen=True)
class Aligned:
    """An optimal alignment of one path: (activity of the log or None, activity of the model or None) per move.

    `cost` counts 10,000 for a visible move on one side alone and 1 for a silent step, as pm4py does.
    """

    cost: int
    moves: tuple[tuple[str | None, str | None], ...]


def replay(net: Net, paths: Iterable[Path], seconds_per_path: float) -> Iterator[Replayed]:
    """Replay paths one by one (Rozinat, van der Aalst 2008, as pm4py's token-based replay does).

    Paths in the order that pm4py would take, most frequent first and equal ones backwards, give its figures to the
    last digit, since its replay remembers what earlier paths did.
    """
    theirs = engine_net(net)
    numbers = {transition: number for number, transition in enumerate(theirs.transitions)}
    hidden = token_replay.get_places_shortest_path_by_hidden(
        theirs.net, token_replay.TechnicalParameters.MAX_REC_DEPTH.value
    )
    by_label = {transition.label: transition for transition in theirs.transitions}
    markings, suffixes = token_replay.MarkingToActivityCaching(), token_replay.PostFixCaching()
    for path in paths:
        run = token_replay.ApplyTraceTokenReplay(
            _trace(path),
            theirs.net,
            theirs.start,
            theirs.end,
            by_label,
            False,
            {},
            {},
            {},
            hidden,
            True,
            post_fix_caching=suffixes,
            marking_to_activity_caching=markings,
            thread_maximum_ex_time=seconds_per_path,
        )
        run.run()
        tokens = (int(run.missing), int(run.consumed), int(run.remaining), int(run.produced))
        yield Replayed(bool(run.t_fit), float(run.t_value), *tokens, tuple(numbers[step] for step in run.act_trans))


def align(net: Net, path: Path, seconds: float) -> Aligned | None:
    """Search an optimal alignment of one path (van der Aalst, Adriansyah, van Dongen 2012); None when time ran out."""
    theirs = engine_net(net)
    parameters = {"max_align_time_trace": seconds, "ret_tuple_as_trans_desc": False}
    found = state_equation_a_star.apply(_trace(path), theirs.net, theirs.start, theirs.end, parameters)
    if found is None:
        return None
    moves = [tuple(None if side == SKIP else side for side in move) for move in found["alignment"]]
    return Aligned(int(found["cost"]), tuple((move[0], move[1]) for move in moves if move != (None, None)))


def _trace(path: Path) -> Trace:
    return Trace([Event({"concept:name": activity}) for activity in path])
