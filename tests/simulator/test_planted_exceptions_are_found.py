"""What the simulator plants, a build finds: every exception, and no decoy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.publish import open_published

Found = set[tuple[str, str]]


@pytest.fixture(scope="module")
def found(built_workspace: Path) -> Found:
    with open_published(built_workspace) as published:
        rows = published.connection.execute("select exception_type, object_id from marts.exceptions").fetchall()
    return set(rows)


@pytest.fixture(scope="module")
def planted(extracts: Path) -> dict[str, Found]:
    truth = json.loads((extracts / "truth.json").read_text())
    return {
        kind: {(entry["exception_type"], entry["object_id"]) for entry in truth[kind]}
        for kind in ("exceptions", "decoys")
    }


def test_every_planted_exception_is_found_and_nothing_else(found: Found, planted: dict[str, Found]) -> None:
    assert planted["exceptions"]
    assert found == planted["exceptions"]


def test_no_decoy_is_found(found: Found, planted: dict[str, Found]) -> None:
    assert planted["decoys"]
    assert not found & planted["decoys"]
