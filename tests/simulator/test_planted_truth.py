from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from extract_rows import read_rows

from simulator import Truth, simulate
from simulator.faults import DECOYS, FAULTS
from simulator.plans import count
from simulator.scenario import EXCEPTION_TYPES, load_scenario

PLANNED = {"duplicate_return", "stale_return"}


def test_every_exception_type_has_a_fault_and_a_decoy() -> None:
    assert set(FAULTS) | PLANNED == set(EXCEPTION_TYPES)
    assert set(DECOYS) | PLANNED == set(EXCEPTION_TYPES)


@pytest.mark.parametrize("seed", [21, 22])
def test_everything_injected_is_an_exception_and_no_decoy_is(seed: int, tmp_path: Path) -> None:
    truth = simulate(tmp_path / "out", returns=300, seed=seed)
    wanted = {kind: count(rate, 300) for kind, rate in load_scenario("baseline").faults.items()}
    injected = Counter(one.exception_type for one in truth.exceptions if one.origin == "injected")
    flagged = {(one.exception_type, one.object_id) for one in truth.exceptions}
    assert injected == wanted
    assert not flagged & {(one.exception_type, one.object_id) for one in truth.decoys}
    assert {one.exception_type for one in truth.decoys} == set(EXCEPTION_TYPES)


def test_objects_on_record_are_in_the_extracts(landing: Path, truth: Truth) -> None:
    keys = {
        "credit_without_gl": {row["credit_memo_id"] for row in read_rows(landing, "erp", "credit_memos")},
        "late_receipt_posting": {row["receipt_id"] for row in read_rows(landing, "wms", "receipts")},
        "stale_return": {row["return_id"] for row in read_rows(landing, "erp", "returns")},
        "integration_failure": {row["message_id"] for row in read_rows(landing, "middleware", "messages")},
    }
    for one in truth.exceptions:
        assert one.object_id in keys.get(one.exception_type, {one.object_id})


def test_deleted_returns_carry_their_stamp(landing: Path, truth: Truth) -> None:
    rows = read_rows(landing, "erp", "returns")
    stamped = {row["return_id"] for row in rows if (row["deleted_at"] or "").strip()[:3] == "202"}
    assert set(truth.deleted_returns) <= stamped


def test_receipts_of_deleted_returns_become_unmatched(truth: Truth) -> None:
    origins = {one.origin for one in truth.exceptions if one.exception_type == "unmatched_receipt"}
    assert truth.deleted_returns
    assert origins == {"injected", "natural"}


def test_clean_extracts_hold_nothing_planted(tmp_path: Path) -> None:
    truth = simulate(tmp_path / "out", returns=300, seed=4, scenario="clean")
    assert (truth.exceptions, truth.decoys, truth.deleted_returns) == ((), (), ())
    assert all(defects.quarantined == defects.superseded == 0 for defects in truth.defects.values())


def test_the_file_says_what_the_function_returns(landing: Path, truth: Truth) -> None:
    written = json.loads((landing / "truth.json").read_text(encoding="utf-8"))
    assert len(written["exceptions"]) == len(truth.exceptions)
    assert written["bottleneck"]["site_id"] == "202"
