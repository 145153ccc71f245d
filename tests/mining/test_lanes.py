"""Steps stand in lanes, each at one place."""

from __future__ import annotations

import csv
from itertools import combinations, pairwise

from mining.lanes import MAIN_STAGES, Place, Step, is_backward, lay_out_lanes
from pipeline.settings import SEEDS


def shipped_catalogue() -> list[Step]:
    """The steps of the seeds, executed dispositions included."""
    with (SEEDS / "activities.csv").open(encoding="utf-8") as file:
        steps = [
            Step(row["activity"], row["stage"], int(row["activity_rank"]), row["source_system"])
            for row in csv.DictReader(file)
        ]
    with (SEEDS / "dispositions.csv").open(encoding="utf-8") as file:
        executed = {row["executed_activity"] for row in csv.DictReader(file)}
    return steps + [Step(name, "disposition", 75, "erp") for name in executed]


def test_every_step_has_a_place_of_its_own() -> None:
    places = lay_out_lanes(shipped_catalogue()).places
    assert len(places) == len({step.activity for step in shipped_catalogue()})
    for one, other in combinations(places.values(), 2):
        assert abs(one.x - other.x) >= 0.9 or abs(one.y - other.y) >= 0.5


def test_steps_stand_inside_their_lane() -> None:
    lanes = lay_out_lanes(shipped_catalogue())
    by_stage = {lane.stage: lane for lane in lanes.lanes}
    for place in lanes.places.values():
        lane = by_stage[place.step.stage]
        assert lane.left < place.x < lane.right
        assert lane.top < place.y < lane.bottom
        assert place.is_side == lane.is_side == (place.step.stage not in MAIN_STAGES)


def test_main_stages_run_left_to_right_and_side_lanes_below() -> None:
    lanes = lay_out_lanes(shipped_catalogue())
    main = [lane for lane in lanes.lanes if not lane.is_side]
    assert [lane.stage for lane in main] == list(MAIN_STAGES)
    assert all(before.right == after.left for before, after in pairwise(main))
    assert min(lane.top for lane in lanes.lanes if lane.is_side) > max(lane.bottom for lane in main)


def test_the_order_of_the_catalogue_moves_nothing() -> None:
    assert lay_out_lanes(shipped_catalogue()).places == lay_out_lanes(reversed(shipped_catalogue())).places


def test_a_step_ranked_before_the_stages_ahead_of_it_stands_last() -> None:
    places = lay_out_lanes(shipped_catalogue()).places
    assert places["Stock Status Changed"].y > places["Disposition Decided"].y


def test_an_unknown_stage_gets_a_lane_below() -> None:
    lanes = lay_out_lanes([Step("A", "request", 1, "crm"), Step("B", "audit", 2, "erp")])
    assert lanes.places["B"].is_side


def test_nothing_to_place() -> None:
    assert lay_out_lanes([]).places == {}


def place(stage: str, rank: int, x: float, is_side: bool = False) -> Place:
    return Place(Step(f"{stage} {rank}", stage, rank, "erp"), x, 0, is_side)


def test_an_edge_to_an_earlier_lane_runs_back() -> None:
    request, credit = place("request", 10, 0.5), place("credit", 80, 8.5)
    assert is_backward(credit, request, 1, 0)
    assert not is_backward(request, credit, 1, 5)


def test_within_a_lane_the_rarer_direction_runs_back() -> None:
    one, other = place("credit", 80, 8.5), place("credit", 85, 8.5)
    assert not is_backward(one, other, 9, 2)
    assert is_backward(other, one, 2, 9)
    assert is_backward(other, one, 3, 3)
    assert not is_backward(one, other, 3, 3)


def test_side_lanes_and_loops_have_no_direction() -> None:
    note, credit = place("communication", 98, 5.0, is_side=True), place("credit", 80, 8.5)
    assert not is_backward(note, credit, 1, 9)
    assert not is_backward(credit, note, 1, 9)
    assert not is_backward(credit, credit, 1, 1)
