"""Folders that cost much to make: made once a run, by the worker that asks first, and read by all of them."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.load import load_extracts
from pipeline.settings import SEEDS
from pipeline.transform import transform


def built_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder `name` of this run, filled by `make`; who asks meanwhile waits. Nobody writes into it."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = base / name, base / f"{name}.done"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a worker that failed has left
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def build_marts(extracts: Path, folder: Path, as_of: datetime | None = None) -> Path:
    """Load and transform into a file of `folder`; what comes after that in a build changes no table of the marts."""
    file = folder / "warehouse.duckdb"
    with warehouse.writing(file) as con:
        load_extracts(con, extracts, SEEDS, lambda line: None)
        columns = "1::integer as contract_version, ?::timestamp as as_of_at, '' as product_version"
        con.execute(f"create table raw.build_settings as select {columns}", [as_of])
    transform(file, folder, "duckdb", lambda line: None)
    return file
