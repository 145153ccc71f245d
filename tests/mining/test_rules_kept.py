"""Verdicts that a build keeps: some cases at a time or all at once, they are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from mining.log import EventLog
from mining.rules import keep_verdicts, read_rules
from mining.rules.kept import KEPT
from pipeline import warehouse
from pipeline.publish import WAREHOUSE, published_folder
from pipeline.workspace import Workspace


@pytest.mark.parametrize("cases_at_once", [1_000_000, 7, 3])
def test_cases_are_judged_alike_however_many_at_once(workspace_copy: Path, cases_at_once: int) -> None:
    folder = published_folder(Workspace(workspace_copy))
    assert folder is not None
    with warehouse.writing(folder / WAREHOUSE) as con:
        built = con.execute(f"from event_log.{KEPT} order by case_id").fetchall()
        keep_verdicts(EventLog(con), read_rules(), cases_at_once)
        assert con.execute(f"from event_log.{KEPT} order by case_id").fetchall() == built
    assert len(built) > 10
