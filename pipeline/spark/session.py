"""The Spark session of a build: on this machine, or elsewhere as the environment says."""

from __future__ import annotations

import logging
import os
import re
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import BuildError, UsageError
from pipeline.settings import memory_limit

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

METHOD_VARIABLE = "RETRACE_SPARK_METHOD"
CONNECT_VARIABLE = "SPARK_REMOTE"
SETTINGS_VARIABLE = "RETRACE_SPARK_SETTINGS"

LOG = "spark.log"
HEAP_SHARE = 0.75
_UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}
_TOLD_LINES = 5


def is_elsewhere() -> bool:
    """Whether the environment names a Spark that others run: a Thrift server or a Spark Connect server."""
    return os.environ.get(METHOD_VARIABLE, "session") != "session" or CONNECT_VARIABLE in os.environ


def require_spark() -> None:
    """Raise UsageError when the packages or the Java that a Spark target takes are not installed."""
    try:
        import dbt.adapters.spark  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"The target spark needs the packages dbt-spark and pyspark ({error}). Install them with "
            "`uv sync --group spark`, or build with --target duckdb."
        ) from error
    if not is_elsewhere() and not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise UsageError(
            "The target spark needs Java 17 or newer on this machine; found none. Install it (openjdk-17-jre-headless) "
            "or set JAVA_HOME, or name a Spark elsewhere."
        )


@contextmanager
def spark_session(folder: Path) -> Iterator[None]:
    """Hold a Spark session for the block, which dbt-spark then finds; nothing to hold for a Spark elsewhere.

    Spark writes its log and all that it keeps for itself into `folder`. Raises BuildError when it does not start.
    """
    if is_elsewhere():
        yield
        return
    session = _started(folder)
    try:
        yield
    finally:
        session.stop()


@contextmanager
def keep_ansi_checks() -> Iterator[None]:
    """Let statements of the block fail where a number overflows, as the embedded engine does.

    dbt-spark turns these checks off in every connection, and such a number would silently be null. A Thrift server is
    given this and the other settings in the only form that it heeds.
    """
    from dbt.adapters.spark import Plugin
    from dbt.adapters.spark.connections import SparkCredentials

    class CheckedCredentials(SparkCredentials):  # type: ignore[misc]
        def __post_init__(self) -> None:
            super().__post_init__()
            settings = self.server_side_parameters
            settings["spark.sql.ansi.enabled"] = "true"
            if self.method == "thrift":  # silently passes over names without the prefix
                for name in list(settings):
                    settings[f"set:hiveconf:{name}"] = settings.pop(name)

    Plugin.credentials = CheckedCredentials
    try:
        yield
    finally:
        Plugin.credentials = SparkCredentials


def _started(folder: Path) -> SparkSession:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of pandas, which a build does not ask Spark for
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession

        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # dbt tells what failed
        conf = SparkConf().setAll(list(session_settings(folder).items()))
        log = folder / LOG
        try:
            with log.open("w") as stream:
                gateway = SparkContext._gateway or launch_gateway(conf, {"stdout": stream, "stderr": stream})
            return SparkSession(SparkContext(conf=conf, gateway=gateway))
        except (PySparkException, Py4JError) as error:
            told = " ".join(log.read_text(errors="replace").splitlines()[-_TOLD_LINES:])
            raise BuildError(f"Spark did not start: {error}. {told}".strip()) from error


def session_settings(folder: Path) -> dict[str, str]:
    """Return the settings of a session on this machine; those of RETRACE_SPARK_SETTINGS (`name=value;...`) win.

    Its catalogue is in memory and its files are in `folder`: what a build makes, nothing else sees. Raises UsageError
    when the variable has another form.
    """
    return {
        "spark.app.name": "retrace",
        "spark.master": "local[*]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": f"{heap_mebibytes(memory_limit())}m",
        "spark.local.dir": str(folder / "spill"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.shuffle.partitions": str(4 * (os.cpu_count() or 1)),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **_given_settings(),
    }


def _given_settings() -> dict[str, str]:
    parts = [part.strip() for part in os.environ.get(SETTINGS_VARIABLE, "").split(";") if part.strip()]
    wrong = [part for part in parts if not re.fullmatch(r"spark\.[\w.]+\s*=.*", part)]
    if wrong:
        raise UsageError(f"{SETTINGS_VARIABLE} has {wrong[0]!r}; expected spark.name=value, several with ; between.")
    return {name.strip(): value.strip() for name, value in (part.split("=", 1) for part in parts)}


def heap_mebibytes(limit: str) -> int:
    """Return how much of a memory limit such as ``4GB`` or ``512MiB`` Spark's heap takes; the rest is its own."""
    [(number, unit)] = re.findall(r"([\d.]+)\s*([KMGT]?)", limit.upper())[:1]
    return int(float(number) * (1 << _UNITS[unit]) * HEAP_SHARE) >> 20
