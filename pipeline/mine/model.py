"""The process model of a log and how well the log replays on it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from mining.bpmn_reader import read_bpmn
from mining.discovery import discover_bpmn
from mining.engine.replay import Replayed, replay
from mining.log import EventLog
from mining.paths import WeightedPath, weighted_paths
from mining.totals import Totals

MINED_PATHS = 2_000
REPLAYED_PATHS = 20_000
REPLAY_SECONDS = 60.0
_SECONDS_PER_PATH = 5.0


@dataclass(frozen=True)
class Fitness:
    """Token-based replay of a log on the model discovered from it, each path weighted by its cases.

    `log_fitness` is that of all tokens together, `average_trace_fitness` the mean over cases, `fitting_share` the share
    (0..1) of cases that replay without a missing or remaining token; None when nothing was replayed. They hold for the
    `cases_replayed` of the `cases`, those of the most frequent paths.
    """

    model: str
    method: str
    log_fitness: float | None
    average_trace_fitness: float | None
    fitting_share: float | None
    cases: int
    cases_replayed: int
    variants: int
    variants_replayed: int


def discovered_model(log: EventLog, name: str) -> str:
    """Return the process called `name`, discovered from the log's 2,000 most frequent paths, as BPMN 2.0 XML."""
    return discover_bpmn({path.activities: path.cases for path in weighted_paths(log, MINED_PATHS)}, name)


def replay_fitness(log: EventLog, model: str, totals: Totals) -> Fitness:
    """Replay a log's paths, most frequent first, on a BPMN model until a minute is over.

    Formulas: Rozinat, van der Aalst, "Conformance checking of processes based on monitoring real behavior" (2008), as
    pm4py's token-based replay takes them. `totals` are the log's.
    """
    paths = sorted(weighted_paths(log, REPLAYED_PATHS), key=lambda path: (path.cases, path.activities), reverse=True)
    end = time.monotonic() + REPLAY_SECONDS
    runs: list[tuple[WeightedPath, Replayed]] = []
    found = replay(read_bpmn(model), (path.activities for path in paths), _SECONDS_PER_PATH)
    for path, run in zip(paths, found, strict=True):
        runs.append((path, run))
        if time.monotonic() > end:
            break
    return Fitness(
        "model.bpmn", "token-based replay", *_fitness(runs), totals.cases, _cases(runs), totals.variants, len(runs)
    )


def _cases(runs: Sequence[tuple[WeightedPath, Replayed]]) -> int:
    return sum(path.cases for path, _ in runs)


def _fitness(runs: Sequence[tuple[WeightedPath, Replayed]]) -> tuple[float | None, float | None, float | None]:
    """Log fitness, average trace fitness and the share of fitting cases."""
    cases = _cases(runs)
    if not cases:
        return None, None, None
    missing, consumed, remaining, produced = (
        sum(path.cases * getattr(run, tokens) for path, run in runs)
        for tokens in ("missing", "consumed", "remaining", "produced")
    )
    log_fitness = 0.5 * (1 - missing / consumed) + 0.5 * (1 - remaining / produced)
    average = sum(path.cases * run.fitness for path, run in runs) / cases
    return log_fitness, average, sum(path.cases for path, run in runs if run.is_fit) / cases
