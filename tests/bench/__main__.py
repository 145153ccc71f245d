"""Measure builds and mining and write docs/benchmarks.md: `python -m tests.bench`."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.bench import builds, growth
from tests.bench.going_on import going_on, told
from tests.bench.side_by_side import run as side_by_side

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
PACKAGES = ("duckdb", "dbt-core", "pyarrow", "pm4py", "pandas", "r4pm", "polars")


def main() -> None:
    """Run the benchmark; sizes and runs can be chosen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="*", default=[0.1, 1, 10], help="events of builds, in millions")
    parser.add_argument("--mined", type=float, nargs="*", default=[1, 10], help="those whose mining is compared")
    parser.add_argument("--csv", type=float, default=1, help="the size, in millions, that is built from CSV too")
    parser.add_argument("--grown", type=float, default=10, help="the size, in millions, that a per cent is added to")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--build-runs", type=int, default=3)
    parser.add_argument("--write", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    if not {options.csv, options.grown, *options.mined} <= set(options.millions):
        parser.error("--csv, --grown and --mined take sizes of --millions: they use what is built there")
    with tempfile.TemporaryDirectory(prefix="retrace-bench-") as scratch:
        root = Path(scratch)
        base = builds.simulated(root)
        built = [builds.measure(root, millions, base, options.build_runs) for millions in options.millions]
        csv = builds.csv_beside_parquet(root, options.csv, base, options.build_runs)
        grown = going_on(root, options.grown, base, options.build_runs)
        mined = [side_by_side.compare(builds.workspace_of(root, millions), options.runs) for millions in options.mined]
    if options.write:
        growth.draw(built)
        whole = _whole_builds(built, mined)
        on = told(grown, built[options.millions.index(options.grown)])
        parts = [_head(), builds.section(built, csv, on), whole, side_by_side.section(mined), _foot(), _kept()]
        DOCUMENT.write_text("\n".join(parts))


def _head() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return f"""# Benchmarks

Machine: {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB memory.
Python {platform.python_version()}, {versions}.
Seconds are the median of the runs; the runs of a table follow one another on the same machine.
"""


def _whole_builds(built: list[builds.Measured], mined: list[side_by_side.Comparison]) -> str:
    """Set a whole build beside what pm4py takes for the questions below on the log that the build has made."""
    return "".join(
        f"Of {one.events:,} events everything is built in {build.median:.0f} s; pm4py takes "
        f"{one.tools['pm4py'].all_seconds():.0f} s to load and format the ready-made log and to answer the questions\n"
        "below.\n"
        for one in mined
        for build in built
        if build.events == one.events
    )


def _foot() -> str:
    return "`make bench` measures builds and mining again and writes this page.\n"


def _kept() -> str:
    """Return the last part of the page, which `make bench-proof` measures."""
    _, mark, told = DOCUMENT.read_text().partition("## Comparisons of known effects")
    return mark + told


if __name__ == "__main__":
    main()
