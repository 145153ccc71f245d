"""Baselines as a page: none yet, frozen ones as they are, freezing one, and what is refused, in words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from page_reading import markup, open_page, text
from streamlit.testing.v1 import AppTest

from mining.cohort import Cohort
from pipeline import formats
from proof.baseline.record import Baseline
from tests.proof.frozen import NAME


def freeze(test: AppTest, name: str, start: str | None, end: str | None) -> str:
    """Freeze a period from the page; what it says."""
    test.text_input(key="freeze-name").set_value(name)
    for key, day in (("freeze-from", start), ("freeze-to", end)):
        test.date_input(key=key).set_value(None if day is None else date.fromisoformat(day))
    [button] = [one for one in test.button if one.label == "Freeze"]
    button.click().run()
    assert not test.exception
    return str(test.info[0].value).replace("\\", "")


def test_figures_stand_as_they_were_frozen(proving: Path) -> None:
    record = Baseline.from_json((proving / "baselines" / NAME / "record.json").read_text())
    seal = (proving / "baselines" / NAME / "seal").read_text().strip()
    mean = record.value("cycle_time_days.mean")
    assert mean is not None
    test = open_page("baselines")
    assert not test.exception
    assert not test.error
    said = text(test)
    assert "One baseline is frozen, and whole: every file is what was sealed." in said
    assert f"whole, seal {seal[:12]}" in said
    assert "Every measure is what was frozen, on build 1." in said
    assert f"{formats.quantity(mean.value, 'business days', '')[0]}" in said
    assert f"compare?against={NAME}" in markup(test)
    assert record.event_log_sha256[:16] in said


def test_freezing_keeps_a_period_and_tells_its_seal(proving_copy: Path) -> None:
    said = freeze(open_page("baselines"), "spring", "2025-04-01", "2025-06-01")
    seal = (proving_copy / "baselines" / "spring" / "seal").read_text().strip()
    assert said == f"spring is frozen. Note its seal elsewhere: {seal}"
    side = json.loads((proving_copy / "baselines" / "spring" / "record.json").read_text())["side"]
    assert (side["start"], side["end"], side["cohort"]) == ("2025-04-01", "2025-06-01", json.loads(Cohort().to_json()))
    assert "2 baselines are frozen, and whole" in text(open_page("baselines"))


@pytest.mark.parametrize(
    ("name", "start", "end", "words"),
    [
        (NAME, "2025-04-01", "2025-06-01", "is frozen already and is never overwritten"),
        ("../spring", "2025-04-01", "2025-06-01", "is no name for a baseline"),
        ("", "2025-04-01", "2025-06-01", "is no name for a baseline"),
        ("spring", "2025-06-01", "2025-04-01", "has no day in it"),
        ("spring", "2031-04-01", "2031-06-01", "there is nothing to freeze"),
        ("spring", "2025-04-01", None, "Choose both days of the period first."),
    ],
)
def test_what_cannot_be_frozen_is_said_in_words(
    proving: Path, name: str, start: str, end: str | None, words: str
) -> None:
    assert words in freeze(open_page("baselines"), name, start, end)
    assert [path.name for path in (proving / "baselines").iterdir()] == [NAME]


def test_a_baseline_that_was_changed_is_said_first(proving_copy: Path) -> None:
    items = proving_copy / "baselines" / NAME / "items.parquet"
    items.chmod(0o644)
    items.write_bytes(items.read_bytes() + b"x")
    said = text(open_page("baselines"))
    assert f"{NAME} was changed since and cannot be trusted" in said
    assert "items.parquet was changed. Restore its folder from a backup" in said


@pytest.mark.usefixtures("real_workspace")
def test_without_any_the_page_says_what_they_are_for() -> None:
    said = text(open_page("baselines"))
    assert "No baseline is frozen yet. Freeze the period before a change" in said
    assert "Frozen figures" not in said
