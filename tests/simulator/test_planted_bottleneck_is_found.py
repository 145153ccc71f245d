"""What the simulator plants, mining finds: the bottleneck ranks first, by hours and by money."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mining.bottlenecks import Order, bottlenecks
from mining.log import EventLog
from pipeline import warehouse
from simulator import simulate
from tests.built_once import build_marts, built_once


def make(folder: Path) -> None:
    """Enough returns for queues to form."""
    simulate(folder / "extracts", returns=800, seed=7)
    build_marts(folder / "extracts", folder)


@pytest.fixture(scope="module")
def queues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extracts and the warehouse made of them."""
    return built_once(tmp_path_factory, "queues", make)


@pytest.mark.parametrize("order", ["excess", "money"])
def test_the_planted_bottleneck_ranks_first(queues: Path, order: Order) -> None:
    planted = json.loads((queues / "extracts" / "truth.json").read_text())["bottleneck"]
    with warehouse.reading(queues / "warehouse.duckdb") as con:
        first, second, *_ = bottlenecks(EventLog(con), order=order)
    assert (first.step, first.department, first.site) == (
        planted["activity"],
        planted["department"],
        planted["site_id"],
    )
    assert first.excess_seconds > second.excess_seconds
