"""Where the steps of a log stand on a map: by the stages of returns, or by when they usually come."""

from __future__ import annotations

from mining.lanes import Lane, LaneMap, Place, Step, lay_out_lanes
from mining.log import EventLog

_ROWS = 5
_PITCH = 1.0


def catalogue(log: EventLog) -> tuple[Step, ...]:
    """Return every step that returns can take, by rank; executed dispositions are steps of the disposition stage."""
    return tuple(Step(*row) for row in log.rows("step_catalogue"))


def lanes_of_returns(log: EventLog) -> LaneMap:
    """Return the fixed places of the steps of returns."""
    return lay_out_lanes(catalogue(log))


def lanes_of_any_log(log: EventLog) -> LaneMap:
    """Return places for the steps of any log, from left to right by where they stand in a case on average (0 to 1).

    Steps with one place go by name. The places depend on the whole log that is given.
    """
    steps = [Step(activity, "", rank, "") for rank, (activity,) in enumerate(log.rows("steps_by_place"))]
    columns = max(-(-len(steps) // _ROWS), 1)
    size = -(-len(steps) // columns) or 1
    places = {
        step.activity: Place(step, number // size + 0.5, (number % size + 0.5) * _PITCH, False)
        for number, step in enumerate(steps)
    }
    rows = size * _PITCH
    return LaneMap(places, (Lane("", 0.0, columns, 0.0, rows, False),), columns, rows)
