"""The physical limit: reading Parquet columns once and doing nothing with them.

`python -m tests.bench.reading RUNS FILES [--columns NAMES]` prints the seconds of each run as JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq


def seconds_to_read(files: Sequence[Path], runs: int, columns: Sequence[str] = ()) -> float:
    """Return the median seconds for decoding `columns` (none: all) of `files` on all cores, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.reading", str(runs), *map(str, files), "--columns", *columns]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return statistics.median(json.loads(done.stdout))


def _read(files: Sequence[str], columns: Sequence[str]) -> float:
    started = time.perf_counter()
    for file in files:
        parquet = pq.ParquetFile(file)
        for group in range(parquet.num_row_groups):
            parquet.read_row_group(group, columns=list(columns) or None)
    return time.perf_counter() - started


def main() -> None:
    """Read as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--columns", nargs="*", default=[])
    options = parser.parse_args()
    print(json.dumps([_read(options.files, options.columns) for _ in range(options.runs)]))


if __name__ == "__main__":
    main()
