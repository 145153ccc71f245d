"""Build the models on Spark and keep what they make in the warehouse file of the build."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import warehouse
from pipeline.errors import UsageError
from pipeline.spark.exchange import hand_over, take_back
from pipeline.spark.session import is_elsewhere, keep_ansi_checks, spark_session
from pipeline.transform import transform

STORE_VARIABLE = "RETRACE_SPARK_STORE"
BUILD_STORE_VARIABLE = "RETRACE_BUILD_STORE"
PREFIX_VARIABLE = "RETRACE_SCHEMA_PREFIX"
SHARED_PREFIX = "retrace_"

_VIEWS = ("--select", "config.materialized:view", "--exclude-resource-type", "test")


def transform_on_spark(path: Path, scratch: Path, detail: Callable[[str], None]) -> None:
    """Build the models and run their data tests on Spark, from the raw tables of the warehouse file `path`.

    Afterwards the file has the tables that Spark made and the models' views over them, as if the models had been built
    in it; whatever reads a warehouse reads this one too. Raises BuildError naming the models and tests that failed.
    """
    with _store(path, scratch) as store:
        detail("handing the loaded tables over to Spark")
        with warehouse.writing(path) as con:
            hand_over(con, store)
        prefix = os.environ.get(PREFIX_VARIABLE, SHARED_PREFIX) if is_elsewhere() else ""
        variables = {BUILD_STORE_VARIABLE: str(store), PREFIX_VARIABLE: prefix}
        with spark_session(scratch), keep_ansi_checks():
            transform(path, scratch, "spark", detail, variables=variables)
        detail("taking the tables back from Spark")
        with warehouse.writing(path) as con:
            take_back(con, store)
    transform(path, scratch, "duckdb", detail, _VIEWS)


@contextmanager
def _store(path: Path, scratch: Path) -> Iterator[Path]:
    """The folder through which tables go to Spark and come back, for the block only."""
    given = os.environ.get(STORE_VARIABLE)
    if is_elsewhere() and not given:
        raise UsageError(
            f"{STORE_VARIABLE} is not set. A Spark elsewhere needs a folder that both it and this machine see under "
            "the same path; name it there."
        )
    own = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]  # other workspaces may use the folder too
    store = Path(given) / own if given else scratch / "store"
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir(parents=True)
    try:
        yield store.resolve()
    finally:
        shutil.rmtree(store, ignore_errors=True)
