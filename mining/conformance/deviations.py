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


def deviations_of(alignment: Alignment, modelled: Collection[str]) -> Mapping[Deviation, int]:
    """Count the deviations of one path by the moves that only one side makes, activity by activity.

    `modelled` are the activities of the model. Moves of the log and of the model pair up: the activity happened, at
    another place than it should (`out_of_order`). What is left of the model's moves was `skipped`. What is left of
    the log's: an activity of the model that this path nowhere does as the model says belongs to a branch that the path
    did not take (`wrong_branch`); any other happened too often or is no part of the model (`extra`).
    """
    together = {move.log for move in alignment.moves if move.log == move.model}
    extra = Counter(move.log for move in alignment.moves if move.log is not None and move.model is None)
    missing = Counter(move.model for move in alignment.moves if move.model is not None and move.log is None)
    found: Counter[Deviation] = Counter()
    for activity, count in extra.items():
        paired = min(count, missing[activity])
        is_elsewhere = activity in modelled and activity not in together and not paired
        found[Deviation("out_of_order", activity)] += paired
        found[Deviation("wrong_branch" if is_elsewhere else "extra", activity)] += count - paired
    for activity, count in missing.items():
        found[Deviation("skipped", activity)] += count - min(count, extra[activity])
    return {deviation: count for deviation, count in sorted(found.items()) if count}
