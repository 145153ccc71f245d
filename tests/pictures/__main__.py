"""Simulate the demo distributor, build it, and take a picture of every page: `python -m tests.pictures`."""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path

from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from pipeline.publish import open_published
from proof.baseline.freezing import freeze
from proof.question import Side
from simulator import simulate
from tests.dashboards.browsing import chromium, serving_workspace
from tests.pictures.camera import Shot, take

IMAGES = Path(__file__).parents[2] / "docs" / "images"
RETURNS, SEED = 2000, 1
BASELINE, FROZEN = "before-portal", Side(date(2025, 3, 1), date(2025, 5, 1))
TOLD = """
    select case_id from marts.exceptions where case_id is not null and resolved_at is null
    group by case_id order by count(*) desc, sum(value) desc nulls last, case_id limit 1
"""


def main() -> None:
    """Take the pictures, of a workspace that is there already if one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--workspace", type=Path, help="a built workspace with the baseline before-portal; else simulated"
    )
    parser.add_argument("--only", nargs="*", default=[], help="the names of the pictures to take, without .png")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="retrace-pictures-") as scratch:
        workspace = options.workspace or _demo(Path(scratch))
        with serving_workspace(workspace.resolve()) as server, chromium() as browser:
            for shot in _shots(workspace):
                if not options.only or shot.name in options.only:
                    file = take(browser, server, shot, IMAGES)
                    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB", flush=True)


def _demo(folder: Path) -> Path:
    """Build the distributor of `make demo` and freeze a baseline; it is the same at every run."""
    simulate(folder / "landing", RETURNS, SEED)
    build(BuildRequest(folder / "landing", folder / "workspace"), PlainProgress())
    with open_published(folder / "workspace") as published:
        freeze(published, BASELINE, FROZEN)
    return folder / "workspace"


def _shots(workspace: Path) -> list[Shot]:
    """Return a picture for each page, and the scorecard narrow and dark."""
    with open_published(workspace) as published:
        [(told,)] = published.connection.execute(TOLD).fetchall()
    pages = ("recovery", "exceptions", "time", "process-map", "paths", "handoffs", "rules", "trust")
    return [
        Shot("scorecard", ""),
        Shot("scorecard-narrow", "", width=390),
        Shot("scorecard-dark", "", scheme="dark"),
        *(Shot(page, page) for page in pages),
        Shot("causes", "causes?outcome=rework"),
        Shot("returns", "returns?returns-order=most+exceptions"),
        Shot("return", f"return?return={told}"),
        Shot("baseline", "baseline"),
        Shot("compare", f"compare?against={BASELINE}"),
    ]


if __name__ == "__main__":
    main()
