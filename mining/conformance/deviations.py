"""Where a path leaves the model, in four classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from mining.conformance.alignments import Alignment

DeviationKind = Literal["skipped", "extra", "out_of_order", "wrong_branch"]


@dataclass(frozen=True, order=True)
class Deviation:
    """A way to leave the model: the class and the activity."""

    kind: DeviationKind
    activity: str


def deviations_of(alignment: Alignment, exclusive: Mapping[str, Collection[str]]) -> Mapping[Deviation, int]:
    """Count the deviations of one path by the moves that only one side makes, activity by activity.

    `exclusive` has the activities of the model, each with those that no run has beside it. Moves of the log and of the
    model pair up: the activity happened, at another place than it should (`out_of_order`). What is left of the model's
    moves was `skipped`. What is left of the log's is

    - `extra` when the path also does the activity where it should (too often), or the model does not have it;
    - `wrong_branch` when the model's run on this path has something that excludes it;
    - `out_of_order` otherwise: the model has the activity, but not where it happened.
    """
    together = {move.log for move in alignment.moves if move.log == move.model}
    alone = Counter(move.log for move in alignment.moves if move.log is not None and move.model is None)
    missing = Counter(move.model for move in alignment.moves if move.model is not None and move.log is None)
    found: Counter[Deviation] = Counter()
    for activity, count in alone.items():
        paired = min(count, missing[activity])
        found[Deviation("out_of_order", activity)] += paired
        found[Deviation(_kind_alone(activity, together | missing.keys(), exclusive), activity)] += count - paired
    for activity, count in missing.items():
        found[Deviation("skipped", activity)] += count - min(count, alone[activity])
    return {deviation: count for deviation, count in sorted(found.items()) if count}


def _kind_alone(activity: str, run: Collection[str | None], exclusive: Mapping[str, Collection[str]]) -> DeviationKind:
    """Return the class of an activity of the log that the model's run, with the activities `run`, has no place for."""
    if activity in run or activity not in exclusive:
        return "extra"
    return "wrong_branch" if any(other in exclusive[activity] for other in run) else "out_of_order"
