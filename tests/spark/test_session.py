from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.spark.session import heap_mebibytes, is_elsewhere, require_spark, session_settings
from pipeline.spark.transform import transform_on_spark


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RETRACE_SPARK_SETTINGS", "RETRACE_SPARK_METHOD", "RETRACE_SPARK_STORE", "SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("limit", "mebibytes"), [("4GiB", 3072), ("512 MB", 384), ("1.5gb", 1152), ("2097152B", 1)])
def test_the_heap_is_three_quarters_of_the_memory(limit: str, mebibytes: int) -> None:
    assert heap_mebibytes(limit) == mebibytes


def test_a_session_listens_on_this_machine_only_and_keeps_to_its_folder(tmp_path: Path) -> None:
    settings = session_settings(tmp_path)
    assert {settings["spark.driver.host"], settings["spark.driver.bindAddress"]} == {"127.0.0.1"}
    assert settings["spark.ui.enabled"] == "false"
    assert settings["spark.sql.session.timeZone"] == "UTC"
    assert Path(settings["spark.sql.warehouse.dir"]).parent == Path(settings["spark.local.dir"]).parent == tmp_path


def test_given_settings_win(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETRACE_SPARK_SETTINGS", "spark.master=local[1]; spark.sql.shuffle.partitions = 3;")
    settings = session_settings(tmp_path)
    assert (settings["spark.master"], settings["spark.sql.shuffle.partitions"]) == ("local[1]", "3")


def test_settings_of_another_form_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RETRACE_SPARK_SETTINGS", "shuffle=3")
    with pytest.raises(UsageError, match=r"RETRACE_SPARK_SETTINGS has 'shuffle=3'; expected spark\.name=value"):
        session_settings(tmp_path)


@pytest.mark.parametrize(("name", "value"), [("RETRACE_SPARK_METHOD", "thrift"), ("SPARK_REMOTE", "sc://spark")])
def test_a_spark_elsewhere_needs_a_folder_that_both_see(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    assert not is_elsewhere()
    monkeypatch.setenv(name, value)
    assert is_elsewhere()
    with pytest.raises(UsageError, match="RETRACE_SPARK_STORE is not set"):
        transform_on_spark(tmp_path / "warehouse.duckdb", tmp_path, print)


def test_missing_packages_are_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "dbt.adapters.spark", None)
    with pytest.raises(UsageError, match="uv sync --group spark"):
        require_spark()
