"""Measure whole builds at 0.1, 1 and 10 million events and write docs/benchmarks.md.

Extracts are simulated once, then multiplied under new ids and written as Parquet. Each size is built several times, in
a process of its own; the median is reported with the peak resident memory of the build.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from simulator import simulate
from tests.bench.multiply import multiply

SIMULATED_RETURNS = 2000
DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Measured:
    """One size: rows read, events, seconds of each run, peak memory in bytes."""

    rows: int
    events: int
    seconds: tuple[float, ...]
    peak_bytes: int

    @property
    def median(self) -> float:
        """Median seconds of the runs."""
        return statistics.median(self.seconds)


def main() -> None:
    """Run the benchmark; sizes and runs can be chosen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="*", default=[0.1, 1, 10], help="events, in millions")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="retrace-bench-") as scratch:
        root = Path(scratch)
        simulate(root / "simulated", returns=SIMULATED_RETURNS, seed=1)
        base = _build(root / "simulated", root / "once").events
        measured = [_measure(root, millions, base, options.runs) for millions in options.millions]
    if options.write:
        DOCUMENT.write_text(_page(measured))


def _measure(root: Path, millions: float, base_events: int, runs: int) -> Measured:
    extracts = root / f"extracts-{millions:g}"
    multiply(root / "simulated", extracts, max(2, round(millions * 1_000_000 / base_events)))
    results = [_build(extracts, root / f"workspace-{millions:g}") for _ in range(runs)]
    measured = Measured(
        rows=results[0].rows,
        events=results[0].events,
        seconds=tuple(second for result in results for second in result.seconds),
        peak_bytes=max(result.peak_bytes for result in results),
    )
    print(_row(measured), flush=True)
    return measured


def _build(extracts: Path, workspace: Path) -> Measured:
    """Build in a process of its own and read its clock and peak memory."""
    retrace = Path(sys.executable).with_name("retrace")
    command = [str(retrace), "build", "--extracts", str(extracts), "--workspace", str(workspace)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"The build of {extracts} failed:\n{errors}")
    manifest = json.loads(max((workspace / "builds").glob("*/manifest.json")).read_text())
    return Measured(manifest["rows_read"], manifest["events"], (seconds,), usage.ru_maxrss * 1024)


def _row(measured: Measured) -> str:
    per_million = measured.median / measured.events * 1_000_000
    runs = ", ".join(f"{seconds:.0f}" for seconds in measured.seconds)
    return (
        f"| {measured.events:,} | {measured.rows:,} | {measured.median:.0f} | {runs} | {per_million:.1f} "
        f"| {measured.peak_bytes / 2**30:.1f} |"
    )


def _page(measured: list[Measured]) -> str:
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    rows = "\n".join(_row(one) for one in measured)
    return f"""# Benchmarks

Whole builds from Parquet extracts to a published warehouse: load, quarantine, dbt models and data tests, expectations
with their data docs, mining, publish. The extracts are {SIMULATED_RETURNS:,} simulated returns, multiplied under new
ids.
Machine: {platform.machine()}, {cores} cores, {memory:.0f} GiB memory, Python {platform.python_version()},
DuckDB {duckdb.__version__}. Seconds are the median of the runs named beside it.

| events | extract rows | seconds | runs | seconds per million events | peak GiB |
|---:|---:|---:|---|---:|---:|
{rows}

`make bench` measures again and writes this page.
"""


if __name__ == "__main__":
    main()
