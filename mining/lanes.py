"""Where each step stands on a process map: always the same place, whatever is shown or filtered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MAIN_STAGES = ("request", "approval", "transit", "receipt", "inspection", "disposition", "credit", "closure")
SIDE_STAGES = ("replacement", "supplier claim", "communication", "integration")
MOST_ROWS = 6
SIDE_ROWS = 2
MAIN_HEIGHT = 5.0
SIDE_GAP = 1.1
WIDEST_PITCH = 1.25


@dataclass(frozen=True)
class Step:
    """An activity of the catalogue: its stage, its rank in the order of events, the system that records it."""

    activity: str
    stage: str
    rank: int
    system: str


@dataclass(frozen=True)
class Place:
    """Where a step stands: `x` in columns and `y` in rows, from 0 at the top left, to the middle of the step."""

    step: Step
    x: float
    y: float
    is_side: bool


@dataclass(frozen=True)
class Lane:
    """A stage's part of the map, in the units of `Place`."""

    stage: str
    left: float
    right: float
    top: float
    bottom: float
    is_side: bool


@dataclass(frozen=True)
class LaneMap:
    """The places of all steps by activity, and the lanes that hold them."""

    places: Mapping[str, Place]
    lanes: tuple[Lane, ...]
    columns: int
    rows: float


def lay_out_lanes(catalogue: Iterable[Step]) -> LaneMap:
    """Place every step of the catalogue: stages of the main flow left to right, side stages in a band below them.

    A stage that neither list knows gets a side lane of its own, after the known ones. Steps of a lane stand in the
    order of their ranks, those whose rank belongs to an earlier stage last; steps that share a rank are alternatives
    and stand in a column of their own when the lane is long.
    """
    steps = sorted(set(catalogue), key=lambda step: (step.rank, step.activity))
    by_stage: dict[str, list[Step]] = {}
    for step in steps:
        by_stage.setdefault(step.stage, []).append(step)
    main = [(stage, _sub_columns(_late_last(by_stage, stage))) for stage in MAIN_STAGES if stage in by_stage]
    unknown = sorted(by_stage.keys() - set(MAIN_STAGES) - set(SIDE_STAGES))
    side = [(stage, _grid(by_stage[stage])) for stage in (*SIDE_STAGES, *unknown) if stage in by_stage]
    columns = max(sum(len(grid) for _, grid in main), sum(len(grid) for _, grid in side), 1)
    main_places, main_lanes = _main_lanes(main)
    side_places, side_lanes = _side_lanes(side, columns)
    bottom = MAIN_HEIGHT + SIDE_GAP + SIDE_ROWS if side else MAIN_HEIGHT
    return LaneMap(main_places | side_places, main_lanes + side_lanes, columns, bottom)


def _late_last(by_stage: Mapping[str, Sequence[Step]], stage: str) -> list[Step]:
    """Return the steps of a main stage with those last that rank before a step of the stages before it."""
    earlier = MAIN_STAGES[: MAIN_STAGES.index(stage)]
    reached = max((step.rank for name in earlier for step in by_stage.get(name, ())), default=-1)
    return sorted(by_stage[stage], key=lambda step: (step.rank < reached, step.rank, step.activity))


def _sub_columns(steps: Sequence[Step]) -> list[list[Step]]:
    """Split the steps of a main stage into columns: those with a rank of their own, then the alternatives."""
    ranks = [step.rank for step in steps]
    if len(steps) <= MOST_ROWS:
        return [list(steps)]
    own = [step for step in steps if ranks.count(step.rank) == 1]
    alternatives = [step for step in steps if ranks.count(step.rank) > 1]
    return [*_chunks(own, MOST_ROWS), *_chunks(alternatives, MOST_ROWS + MOST_ROWS // 2)]


def _grid(steps: Sequence[Step]) -> list[list[Step]]:
    """Split the steps of a side stage into short columns."""
    return _chunks(steps, SIDE_ROWS)


def _chunks(steps: Sequence[Step], most: int) -> list[list[Step]]:
    """Cut into as few columns as `most` rows allow, all filled alike."""
    if not steps:
        return []
    count = -(-len(steps) // most)
    size = -(-len(steps) // count)
    return [list(steps[start : start + size]) for start in range(0, len(steps), size)]


def _main_lanes(stages: Sequence[tuple[str, list[list[Step]]]]) -> tuple[dict[str, Place], tuple[Lane, ...]]:
    places: dict[str, Place] = {}
    lanes = []
    left = 0
    for stage, columns in stages:
        for offset, steps in enumerate(columns):
            pitch = min(WIDEST_PITCH, MAIN_HEIGHT / len(steps))
            for row, step in enumerate(steps):
                places[step.activity] = Place(step, left + offset + 0.5, (row + 0.5) * pitch, False)
        lanes.append(Lane(stage, left, left + len(columns), 0.0, MAIN_HEIGHT, False))
        left += len(columns)
    return places, tuple(lanes)


def _side_lanes(
    stages: Sequence[tuple[str, list[list[Step]]]], columns: int
) -> tuple[dict[str, Place], tuple[Lane, ...]]:
    """Spread the side stages over the width of the map, each as wide as its columns need and a share of the rest."""
    places: dict[str, Place] = {}
    lanes = []
    needed = sum(len(grid) for _, grid in stages)
    stretch = columns / needed if needed else 1.0
    top = MAIN_HEIGHT + SIDE_GAP
    left = 0.0
    for stage, grid in stages:
        for offset, steps in enumerate(grid):
            for row, step in enumerate(steps):
                places[step.activity] = Place(step, left + (offset + 0.5) * stretch, top + row + 0.5, True)
        lanes.append(Lane(stage, left, left + len(grid) * stretch, top, top + SIDE_ROWS, True))
        left += len(grid) * stretch
    return places, tuple(lanes)


def is_backward(source: Place, target: Place, cases: int, cases_back: int) -> bool:
    """Whether an edge runs against the flow: to an earlier main lane, or within a lane the way that fewer returns go.

    `cases` go from source to target, `cases_back` from target to source. Ties within a lane go by rank. Between the
    main flow and a side lane, or two side lanes, there is no direction to run against.
    """
    if source.step == target.step:
        return False
    if source.step.stage == target.step.stage:
        return (cases, target.step.rank) < (cases_back, source.step.rank)
    return not source.is_side and not target.is_side and target.x < source.x
