"""Retrace and pm4py on one log, side by side: no ratio of their processor times may fall to half of what it was.

Seconds of a machine say nothing about a change; the ratio of two tools that share its load in one run does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mining.log import EventLog
from pipeline import warehouse
from pipeline.publish import open_published
from tests.bench.side_by_side import by_pm4py, by_retrace
from tests.bench.side_by_side.clock import Clock
from tests.bench.side_by_side.run import PM4PY_MAP

COPIES = 150
RUNS = 5
# pm4py's processor time over Retrace's, median of three runs. Variants are stored when a build is made.
RATIOS = {"map": 5.3, "variants": 7.6, "handover": 29.8, "rework": 1.3}


@pytest.fixture(scope="module")
def clocks(built_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Clock, Clock]:
    """What both tools took for the returns of the small build, many times over."""
    events = tmp_path_factory.mktemp("ratios") / "events.parquet"
    retrace, pm4py = Clock(RUNS), Clock(RUNS)
    with open_published(built_workspace) as published:
        con = published.connection
        for table in ("events", "cases"):
            con.execute(
                f"create temp table many_{table} as "
                "select * replace (case_id || '-' || copy as case_id) "
                f"from event_log.{table}, range({COPIES}) as copies(copy)"
            )
        warehouse.copy_out(con, "from many_events order by case_id, case_position", events, "format parquet")
        by_retrace.ask(retrace, EventLog(con, "many_events", "many_cases"))
    by_pm4py.ask(pm4py, str(events))
    return retrace, pm4py


@pytest.mark.parametrize("question", RATIOS)
def test_a_question_is_not_twice_as_slow_beside_pm4py(clocks: tuple[Clock, Clock], question: str) -> None:
    retrace, pm4py = clocks
    pieces = PM4PY_MAP if question == "map" else (question,)
    theirs = sum(pm4py.processor_seconds(piece) for piece in pieces)
    assert theirs / retrace.processor_seconds(question) > RATIOS[question] / 2


def test_both_tools_say_the_same(clocks: tuple[Clock, Clock]) -> None:
    retrace, pm4py = clocks
    shared = ["directly-follows", "variants", "handover", "rework"]
    assert {name: retrace.answers[name] for name in shared} == {name: pm4py.answers[name] for name in shared}
