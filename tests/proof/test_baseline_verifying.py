"""A rebuild of restated extracts: the baseline stays what it was, and every restatement has its causes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published
from proof.baseline.restated import total
from proof.baseline.store import stored_baselines
from proof.baseline.verifying import Verification
from tests.proof.frozen import NAME, QUARTER


def test_a_rebuild_leaves_the_baseline_as_it_was(frozen_workspace: Path, restated_workspace: Path) -> None:
    found = []
    for path in (frozen_workspace, restated_workspace):
        with open_published(path) as published:
            found.append([(one.name, one.seal, one.changed) for one in stored_baselines(published.workspace)])
    assert found[0] == found[1]


def test_every_cause_of_a_restatement_is_named(verification: Verification) -> None:
    told = {(one.kind, one.table): one.rows for one in verification.rows}
    changes = "erp.return_status_changes"
    assert {kind: told[kind, changes] for kind in ("deleted", "corrected", "late", "later")} == {
        "deleted": 1,
        "corrected": 1,
        "late": 1,
        "later": 1,
    }
    assert told["reference", "reference.fx_rates"] > 0
    assert told["reference", "reference.holidays"] > 0
    by_measure = {one.measure.measure: one for one in verification.restatements}
    cycle = {part.cause: part.behind for part in by_measure["cycle_time_days.mean"].parts}
    assert set(cycle) == {"deleted", "corrected", "late", "later", "reference"}
    assert {cause: (one.items, one.rows) for cause, one in cycle.items() if cause != "reference"} == {
        "deleted": (1, 1),
        "corrected": (1, 1),
        "late": (1, 1),
        "later": (1, 1),
    }
    assert cycle["reference"].tables == ("reference.holidays",)
    money = {part.cause: part.behind.tables for part in by_measure["value_returned"].parts}
    assert money == {"reference": ("reference.fx_rates",)}
    assert not [part for one in verification.restatements for part in one.parts if part.cause == "unknown"]


def test_the_parts_add_up_and_end_at_the_kpis_of_today(verification: Verification, restated_workspace: Path) -> None:
    with open_published(restated_workspace) as published:
        today = {row.kpi: (row.value, row.n) for row in kpi_rows(published.connection, QUARTER.start, QUARTER.end)}
    frozen = {one.measure.measure: one for one in verification.stored.baseline.values}
    restated = {one.measure.measure: one for one in verification.restatements}
    assert restated
    for measure, (value, n) in today.items():
        if measure not in restated:
            assert (frozen[measure].value, frozen[measure].n) == (value, n)
            continue
        one = restated[measure]
        assert (one.frozen, one.today, one.n_today) == (frozen[measure].value, value, n)
        if one.change is not None:
            assert total([part.change for part in one.parts]) == one.change
            assert one.change == Decimal(repr(one.today)) - Decimal(repr(one.frozen))


def test_a_restatement_is_no_fault_and_is_said_in_words(
    restated_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--workspace", str(restated_workspace)]
    assert run(["baseline", "verify", NAME, *options, "--format", "json"]) == 0
    told = {one["measure"]: one for one in json.loads(capsys.readouterr().out)["restatements"]}
    cycle = told["cycle_time_days.mean"]
    assert "business days: 1 deleted row (" in cycle["words"]
    assert sum(Decimal(part["change"]) for part in cycle["causes"]) == Decimal(cycle["change"])
    assert run(["baseline", "verify", NAME, *options]) == 0
    assert "Cycle time, mean" in capsys.readouterr().out


def test_a_comparison_with_a_baseline_tells_frozen_figures_and_those_of_today(
    restated_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["compare", "--workspace", str(restated_workspace), "--from", "2025-04-01", "--to", "2025-05-01"]
    assert run([*command, "--baseline", NAME, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["question"]["before"]["start"], told["question"]["before"]["end"]) == ("2025-01-01", "2025-04-01")
    cycle = told["baseline"]["values"]["cycle_time_days.mean"]
    assert cycle["frozen"] != cycle["today"]
    assert run([*command, "--baseline", NAME]) == 0
    assert f"`retrace baseline verify {NAME}` names the causes" in " ".join(capsys.readouterr().out.split())
    assert run([*command, "--baseline", NAME, "--before-from", "2025-01-01", "--before-to", "2025-02-01"]) == 2
    assert "brings its own dates" in capsys.readouterr().err
