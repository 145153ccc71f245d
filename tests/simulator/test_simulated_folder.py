from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from simulator import simulate


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    simulate(tmp_path / "one", returns=60, seed=5)
    simulate(tmp_path / "two", returns=60, seed=5)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_another_seed_gives_other_returns(tmp_path: Path) -> None:
    simulate(tmp_path / "one", returns=60, seed=5)
    simulate(tmp_path / "two", returns=60, seed=6)
    assert contents(tmp_path / "one") != contents(tmp_path / "two")


def test_an_earlier_simulation_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    simulate(out, returns=60, seed=5)
    simulate(out, returns=60, seed=6, scenario="clean")
    assert json.loads((out / "truth.json").read_text(encoding="utf-8"))["seed"] == 6


@pytest.mark.parametrize("simulated_before", [False, True])
def test_files_of_others_are_never_touched(tmp_path: Path, simulated_before: bool) -> None:
    out = tmp_path / "out"
    out.mkdir()
    if simulated_before:
        simulate(out, returns=60, seed=5)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    before = contents(out)
    with pytest.raises(UsageError, match=r"notes\.txt"):
        simulate(out, returns=60, seed=6)
    assert contents(out) == before


def test_nothing_is_left_beside_the_output(tmp_path: Path) -> None:
    simulate(tmp_path / "out", returns=60, seed=5)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_too_few_returns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at least 20"):
        simulate(tmp_path / "out", returns=3)


def test_parquet_instead_of_csv(tmp_path: Path) -> None:
    scenario = tmp_path / "parquet.yml"
    scenario.write_text("based_on: baseline\nfile_format: parquet\n", encoding="utf-8")
    simulate(tmp_path / "out", returns=60, scenario=scenario)
    suffixes = {path.suffix for path in (tmp_path / "out" / "erp").rglob("*") if path.is_file()}
    assert suffixes == {".parquet"}
