"""What a foreign log says equals what pm4py says of the full log, event by event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pm4py
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mining.any_log.log_file import LogFile
from mining.paths import weighted_paths
from mining.totals import activity_use, log_totals
from pipeline.mine.parts import handovers as level_handovers
from tests.mining.foreign_logs import (
    ACTIVITY,
    CASE,
    TIMESTAMP,
    Traces,
    event,
    flat,
    loaded,
    write_csv,
    write_xes,
)

PUBLIC = [
    path
    for name in ("helpdesk", "phone_repair")
    if (path := Path(__file__).parents[3] / "shared/data" / f"{name}.xes.gz").is_file()
]
EVERYTHING = 1_000_000
START = datetime(2024, 3, 1, tzinfo=UTC)

names = st.sampled_from(["Receive", "Inspect", " inspect", "Décider & <send>", "返品", "x" * 40])
moments = st.integers(0, 6).map(lambda minutes: (START + timedelta(minutes=minutes)).isoformat())
steps = st.builds(event, names, moments, st.sampled_from(["Ann", "Bob", "ann", " Bob"]))
traces = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "10", "é"]).map(lambda name: {"concept:name": name}), st.lists(steps, max_size=7)
    ),
    min_size=1,
    max_size=8,
).filter(lambda made: any(events for _, events in made))


def generated(cases: int) -> Traces:
    """A log with ties, repeats and interleaved cases, the same every time."""
    activities = ("Register", "Check", "Check", "Ask", "Answer", "Close")
    return [
        (
            {"concept:name": f"case {number % (cases - 3)}"},
            [
                event(
                    activities[(number * 7 + place * (1 + number % 4)) % len(activities)],
                    (START + timedelta(minutes=number * 13 + place * (number % 3) * 10)).isoformat(),
                    f"user {(number + place * place) % 5}",
                )
                for place in range(2 + number % 6)
            ],
        )
        for number in range(cases)
    ]


@pytest.fixture(params=[*PUBLIC, None], ids=lambda path: path.name if path else "generated")
def log_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A public log where there is one, and a generated one always."""
    return request.param or write_xes(tmp_path / "generated.xes.gz", generated(200))


def test_a_whole_log_is_what_pm4py_says(log_path: Path) -> None:
    found, theirs = loaded(log_path), pm4py.read_xes(str(log_path))
    assert found.left_out == ()
    assert_equal(found, theirs)
    assert_same_waits(found, theirs)


@settings(deadline=None, max_examples=15)
@given(traces)
def test_any_log_is_what_pm4py_says(made: Traces) -> None:
    with TemporaryDirectory() as folder:
        from_xes = loaded(write_xes(Path(folder) / "log.xes", made))
        assert_equal(from_xes, pm4py.read_xes(str(Path(folder) / "log.xes")))
        path = write_csv(Path(folder) / "log.csv", flat(made))
        texts = pd.read_csv(path, dtype=str, keep_default_na=False)
        theirs = pm4py.format_dataframe(texts, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIMESTAMP)
        assert_equal(loaded(path), theirs)


def assert_equal(found: LogFile, unordered: pd.DataFrame) -> None:
    """Counts are equal exactly; pm4py's handovers need the events in order."""
    theirs = unordered.sort_values([CASE, TIMESTAMP], kind="stable").reset_index(drop=True)
    edges, starts, ends = pm4py.discover_dfg(theirs)
    assert {(row[0], row[1]): row[2] for row in found.log.rows("edges")} == edges
    used = activity_use(found.log)
    assert positive({use.activity: use.start_cases for use in used}) == starts
    assert positive({use.activity: use.end_cases for use in used}) == ends
    assert positive({use.activity: use.rework_cases for use in used}) == pm4py.get_rework_cases_per_activity(theirs)
    assert {use.activity: use.events for use in used} == pm4py.get_event_attribute_values(theirs, ACTIVITY)
    paths = weighted_paths(found.log, EVERYTHING)
    assert {path.activities: path.cases for path in paths} == pm4py.get_variants_as_tuples(theirs)
    assert log_totals(found.log).variants == len(paths)
    durations = sorted(row[4] for row in found.log.rows("case_durations"))
    assert durations == pytest.approx(pm4py.get_all_case_durations(theirs))
    handovers = {(row.from_, row.to): row.frequency for row in level_handovers(found.log) if row.level == "resource"}
    total = sum(handovers.values())
    shares = pm4py.discover_handover_of_work_network(theirs, beta=0).connections if edges else {}  # it needs a pair
    assert {pair: count / total for pair, count in handovers.items()} == pytest.approx(positive(shares))


def assert_same_waits(found: LogFile, theirs: pd.DataFrame) -> None:
    """Mean and median time of every edge."""
    edges = found.log.rows("edges")
    waits, _, _ = pm4py.discover_performance_dfg(theirs)
    assert {(row[0], row[1]) for row in edges} == set(waits)
    for row in edges:
        assert row[4] == pytest.approx(waits[row[0], row[1]]["mean"])
        assert row[5] == pytest.approx(waits[row[0], row[1]]["median"])


def positive(counts: Mapping[Any, Any]) -> dict[Any, Any]:
    return {name: count for name, count in counts.items() if count}
