"""Measure how fast the pages answer in a browser and write docs/latency.md: `python -m tests.latency`."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import duckdb
import streamlit

from tests.bench import builds
from tests.latency.measure import Measured, Plan, measure
from tests.latency.reader import chromium
from tests.latency.section import section

DOCUMENT = Path(__file__).parents[2] / "docs" / "latency.md"


def main() -> None:
    """Measure published workspaces, those given or those built for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, nargs="*", help="published workspaces; without, some are built")
    parser.add_argument("--millions", type=float, nargs="*", default=[1, 10], help="events of those that are built")
    parser.add_argument("--runs", type=int, default=Plan.runs, help="openings of the first page")
    parser.add_argument("--seconds", type=float, default=Plan.seconds, help="how long five readers go about at once")
    parser.add_argument("--scratch", type=Path, help="folder for latency.json, the servers' logs and pictures")
    parser.add_argument("--write", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="retrace-latency-") as made:
        workspaces = options.workspace or built(Path(made), options.millions)
        scratch = options.scratch or Path(made)
        measured, version = asyncio.run(_measure(workspaces, Plan(options.runs, seconds=options.seconds), scratch))
    text = "\n\n".join([_head(version), *(section(one) for one in measured), _foot()])
    print(text)
    if options.write:
        DOCUMENT.write_text(text)


def built(root: Path, millions: Sequence[float]) -> list[Path]:
    """Build workspaces with so many million events, as the benchmark of builds does."""
    base = builds.simulated(root)
    for one in millions:
        builds.measure(root, one, base, 1)
    return [builds.workspace_of(root, one) for one in millions]


async def _measure(workspaces: Sequence[Path], plan: Plan, scratch: Path) -> tuple[list[Measured], str]:
    measured = []
    async with chromium() as browser:
        for workspace in workspaces:
            measured.append(await measure(browser, workspace, plan, scratch / workspace.name))
            (scratch / "latency.json").write_text(json.dumps([asdict(one) for one in measured], indent=1))
        return measured, browser.version


def _head(browser: str) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"""# Latency of the pages

Measured on {date.today():%-d %B %Y} in headless Chromium {browser}, on the machine that also serves:
{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB memory, Python {platform.python_version()}, DuckDB \
{duckdb.__version__}, Streamlit {streamlit.__version__}.

A time runs from the input in the browser (for a page: from the start of loading it) to the moment at which the page is
at rest with another answer than before: the script has ended, nothing is stale, loading or undrawn, and it stays so for
0.4 s, which are not counted. "First time" is the first time on this server, by a browser that holds nothing and loads
the whole application too; "without the application" is such a browser once the server has every answer, and "warm" one
that has opened the page before, as a reader's has from the second visit on. Interactions follow a list with a fixed
seed; an address is new when the server has not shown it to anyone. CPU seconds are the server's alone; where the wall
is far above them, the browser or other work on the machine took the time."""


def _foot() -> str:
    return "`make latency` measures again and writes this page.\n"


if __name__ == "__main__":
    main()
