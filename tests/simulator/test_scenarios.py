from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from simulator import available_scenarios, simulate
from simulator.scenario import load_scenario


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", available_scenarios())
def test_every_scenario_that_comes_along_can_be_read(name: str) -> None:
    assert load_scenario(name).description


def test_a_scenario_overrides_only_what_it_names(tmp_path: Path) -> None:
    own = load_scenario(written(tmp_path, "based_on: baseline\nbehaviour: {declined: 0.5}\n"))
    assert (own.behaviour.declined, own.behaviour.cancelled) == (0.5, load_scenario("baseline").behaviour.cancelled)


def test_the_redesign_relieves_the_bottleneck() -> None:
    before, after = (load_scenario(name).teams["quality"].at["202"] for name in ("baseline", "redesign"))
    assert (after.people or 0) > (before.people or 0)


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="baseline, clean, mix-shift, redesign"):
        simulate(tmp_path / "out", scenario="nowhere")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("behaviour: {declned: 0.1}", "unknown key 'declned'"),
        ("behaviour: {declined: often}", "found 'often'; expected float"),
        ("behaviour: {declined: -1}", "at least 0"),
        ("faults: {late_return: 0.1}", "unknown 'late_return'"),
        ("work_minutes: {sing: 4}", "unknown 'sing'"),
        ("file_format: xlsx", "expected one of: csv, parquet"),
        ('teams: {quality: {at: {"999": {people: 1}}}}', "unknown site '999'"),
        ("horizon: 7", "expected a mapping"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_scenario(written(tmp_path, f"based_on: baseline\n{text}\n"))


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'file_format' is missing"):
        load_scenario(written(tmp_path, "description: half of a scenario\n"))
