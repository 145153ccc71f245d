"""Whole builds, from Parquet extracts to a published warehouse.

Extracts are simulated once, then multiplied under new ids and written as Parquet. Each size is built several times, in
a process of its own; the median is reported with the peak resident memory of the build.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.publish import Manifest, read_manifest
from simulator import simulate
from tests.bench.multiply import multiply
from tests.bench.reading import seconds_to_read

SIMULATED_RETURNS = 2000


@dataclass(frozen=True)
class Measured:
    """One size: rows read, events, seconds of each run on the clock and of the processors, peak memory in bytes,
    seconds to only read the extracts.
    """

    rows: int
    events: int
    seconds: tuple[float, ...]
    busy_seconds: tuple[float, ...]
    peak_bytes: int
    reading_seconds: float = 0.0

    @property
    def median(self) -> float:
        """Median seconds of the runs."""
        return statistics.median(self.seconds)

    @property
    def busy(self) -> float:
        """Median seconds of the processors."""
        return statistics.median(self.busy_seconds)


def simulated(root: Path) -> int:
    """Simulate the extracts that every size is made of and return how many events they give."""
    simulate(root / "simulated", returns=SIMULATED_RETURNS, seed=1)
    return build_once(root / "simulated", root / "once").events


def csv_beside_parquet(root: Path, millions: float, base_events: int, runs: int) -> tuple[Measured, Measured]:
    """Build the same rows from CSV and from Parquet, by turns; the Parquet extracts are there already."""
    extracts = root / f"extracts-{millions:g}-csv"
    multiply(root / "simulated", extracts, copies_of(millions, base_events), "csv")
    from_csv, from_parquet = [], []
    for _ in range(runs):
        from_csv.append(build_once(extracts, root / "workspace-csv"))
        from_parquet.append(build_once(root / f"extracts-{millions:g}", workspace_of(root, millions)))
    return together(from_csv), together(from_parquet)


def workspace_of(root: Path, millions: float) -> Path:
    """Return where the builds of a size lie."""
    return root / f"workspace-{millions:g}"


def measure(root: Path, millions: float, base_events: int, runs: int) -> Measured:
    """Build one size several times; the last build stays for other questions."""
    extracts = root / f"extracts-{millions:g}"
    multiply(root / "simulated", extracts, copies_of(millions, base_events))
    reading = seconds_to_read(sorted(extracts.rglob("*.parquet")), runs)
    measured = together([build_once(extracts, workspace_of(root, millions)) for _ in range(runs)], reading)
    print(_row(measured), flush=True)
    return measured


def copies_of(millions: float, base_events: int) -> int:
    """Return how many times the simulated extracts make so many events."""
    return max(2, round(millions * 1_000_000 / base_events))


def together(results: list[Measured], reading: float = 0.0) -> Measured:
    """All runs of one size as one."""
    return Measured(
        rows=results[0].rows,
        events=results[0].events,
        seconds=tuple(second for result in results for second in result.seconds),
        busy_seconds=tuple(second for result in results for second in result.busy_seconds),
        peak_bytes=max(result.peak_bytes for result in results),
        reading_seconds=reading,
    )


def build_once(extracts: Path, workspace: Path, anew: bool = True) -> Measured:
    """Build in a process of its own, everything anew or going on from what is published; read its clock and memory."""
    retrace = Path(sys.executable).with_name("retrace")
    command = [str(retrace), "build", "--extracts", str(extracts), "--workspace", str(workspace)]
    command += ["--full-refresh"] if anew else []
    started = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"The build of {extracts} failed:\n{errors}")
    manifest = manifest_of(workspace)
    busy = usage.ru_utime + usage.ru_stime
    return Measured(manifest.rows_read, manifest.events, (seconds,), (busy,), usage.ru_maxrss * 1024)


def manifest_of(workspace: Path) -> Manifest:
    """Return what the last build of a workspace was made of."""
    return read_manifest(max((workspace / "builds").glob("*/manifest.json")).parent)


def section(measured: list[Measured], csv: tuple[Measured, Measured], going_on: str) -> str:
    """Return what docs/benchmarks.md says about builds."""
    rows = "\n".join(_row(one) for one in measured)
    from_csv, from_parquet = csv
    return f"""## Builds

From Parquet extracts to a published warehouse: load, quarantine, dbt models and data tests, expectations with their
data docs, mining, publish. The extracts are {SIMULATED_RETURNS:,} simulated returns, multiplied under new ids. The
limit is what it takes to decode every column of the same files once and to do nothing with them.

| events | extract rows | seconds | runs | per million events | of the processors | peak GiB | limit, s |
|---:|---:|---:|---|---:|---:|---:|---:|
{rows}

![Seconds of a build over its events](images/build-growth.svg)

The same {from_csv.rows:,} rows from CSV and from Parquet, by turns: {from_csv.median:.0f} s and
{from_parquet.median:.0f} s, {from_csv.median / from_parquet.median:.2f} times as long.

{going_on}
"""


def _row(measured: Measured) -> str:
    per_million = measured.median / measured.events * 1_000_000
    runs = ", ".join(f"{seconds:.0f}" for seconds in measured.seconds)
    return (
        f"| {measured.events:,} | {measured.rows:,} | {measured.median:.0f} | {runs} | {per_million:.1f} "
        f"| {measured.busy:.0f} | {measured.peak_bytes / 2**30:.1f} | {measured.reading_seconds:.1f} |"
    )
