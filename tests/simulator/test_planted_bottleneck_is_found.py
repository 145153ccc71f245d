"""What the simulator plants, mining finds: the bottleneck ranks first, by hours and by money."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mining.bottlenecks import Order, bottlenecks
from mining.log import EventLog
from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from simulator import simulate


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough returns for queues to form."""
    folder = tmp_path_factory.mktemp("queues") / "extracts"
    simulate(folder, returns=800, seed=7)
    return folder


@pytest.fixture(scope="module")
def workspace(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = tmp_path_factory.mktemp("queues_built") / "workspace"
    build(BuildRequest(extracts, workspace), PlainProgress())
    return workspace


@pytest.mark.parametrize("order", ["excess", "money"])
def test_the_planted_bottleneck_ranks_first(workspace: Path, extracts: Path, order: Order) -> None:
    planted = json.loads((extracts / "truth.json").read_text())["bottleneck"]
    with open_published(workspace) as published:
        first, second, *_ = bottlenecks(EventLog(published.connection), order=order)
    assert (first.step, first.department, first.site) == (
        planted["activity"],
        planted["department"],
        planted["site_id"],
    )
    assert first.excess_seconds > second.excess_seconds
