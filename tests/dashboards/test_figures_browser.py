"""The figures of the scorecard in a real browser are those of `retrace kpis`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from browsing import Visit
from playwright.sync_api import Browser
from standing import wait_until_drawn

from pipeline import formats
from pipeline.cli import run
from pipeline.settings import SEEDS

STATISTICS = {"mean": ".mean", "median": ".median", "90th percentile": ".p90", "": ""}
TILES = """() => [...document.querySelectorAll(".rt-tile")].map(tile => [
    tile.querySelector("h3").firstChild.textContent.trim(), tile.querySelector("h3 small")?.textContent ?? "",
    tile.querySelector(".rt-value").textContent.trim(), tile.querySelector(".rt-foot").textContent,
])"""


@pytest.mark.parametrize(
    ("query", "options", "group"),
    [
        ("", [], None),
        ("?from=2025-02-01&to=2025-04-01", ["--from", "2025-02-01", "--to", "2025-04-01"], None),
        ("?entity=0010", ["--by", "entity"], "0010"),
    ],
)
def test_every_tile_says_what_the_command_says(
    address: str, browser: Browser, built_workspace: Path, tmp_path: Path,
    query: str, options: list[str], group: str | None,
) -> None:  # fmt: skip
    file = tmp_path / "kpis.json"
    command = ["kpis", "--workspace", str(built_workspace), "--format", "json", "--output", str(file)]
    assert run([*command, *options]) == 0
    told = {row["kpi"]: row for row in json.loads(file.read_text(encoding="utf-8")) if row["group"] == group}
    with (SEEDS / "kpis.csv").open(encoding="utf-8") as lines:
        kpis = {row["title"]: row for row in csv.DictReader(lines)}
    visit = Visit(browser, f"{address}/{query}", 1440, 900)
    wait_until_drawn(visit.page)
    tiles = visit.page.evaluate(TILES)
    assert len(tiles) == len(kpis)
    for title, statistic, value, foot in tiles:
        row = told[kpis[title]["kpi"] + STATISTICS[statistic]]
        figure, unit = formats.quantity(row["value"], kpis[title]["unit"], "USD")
        assert value == f"{figure} {unit}".strip(), title
        assert foot.startswith(f"n {formats.count(row['n'])} "), title
    assert not visit.errors
    visit.close()
