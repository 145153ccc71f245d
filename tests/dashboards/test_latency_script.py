"""The script that measures latency, on a small build: it finds an answer to all it does."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.latency.journeys import exceptions
from tests.latency.measure import Measured, Plan, measure
from tests.latency.reader import chromium
from tests.latency.section import percentile, section


async def measured(workspace: Path, scratch: Path) -> Measured:
    plan = Plan(runs=1, pages=("Scorecard",), journeys=(exceptions,), readers=0)
    async with chromium() as browser:
        return await measure(browser, workspace, plan, scratch)


def test_every_interaction_is_answered(built_workspace: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as apart:  # other browser tests keep a loop in this thread
        found = apart.submit(asyncio.run, measured(built_workspace, tmp_path)).result()
    assert not found.errors
    waited = {one.what: one for one in found.alone.waited}
    assert len(waited) == 8
    assert all(0 < one.seconds < 60 for one in waited.values())
    assert waited["to recovery"].address == "/recovery"
    assert waited["to recovery"].is_new
    assert "cohort=" in waited["keep a kind of exception"].address
    assert waited["undo it"].address == "/exceptions?queue-order=dearest&resolved=true"
    assert not waited["undo it"].is_new
    assert found.memory["after the start"].now > 10_000_000
    assert "8 interactions, p95" in section(found)


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([7.0], 0.95) == 7.0
