"""``retrace mine``: the files of spec, true and complete, or a folder left as it was."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mining.bpmn_reader import read_bpmn
from pipeline.cli import run
from pipeline.mine import run as mining_run
from pipeline.mine.files import TABLES
from pipeline.mine.parts import ANY_LOG
from tests.mining.foreign_logs import event, flat, write_csv, write_xes

COLUMNS = {
    "edges.csv": ["activity", "next_activity", "frequency", "cases", "mean_seconds", "median_seconds"],
    "variants.csv": ["variant_id", "variant", "cases", "share", "median_seconds"],
    "cases.csv": ["case_id", "events", "started_at", "ended_at", "duration_seconds", "variant_id"],
    "handoffs.csv": ["level", "from", "to", "frequency"],
}
FILES = [file.file for file in (*TABLES, *ANY_LOG)]
TRACES = [
    (
        {"concept:name": "1", "colour": "red"},
        [
            event("a", "2024-03-01T12:00:00+01:00", "Ann", org__group="Desk"),
            event("b", "2024-03-01T11:00:01Z", "Bob", org__group="Desk"),
            event("b", "2024-03-01T11:00:04.5Z", "Bob", org__group="Yard", lifecycle__transition="start"),
        ],
    ),
    (
        {"concept:name": "2", "colour": "blue"},
        [
            event("b", "2024-03-02T00:00:02Z", None),
            event("a", "2024-03-02T00:00:00Z", "Ann", source_system="erp"),
            event("b", None, "Bob"),
        ],
    ),
    ({"concept:name": "3", "colour": "blue"}, [event("=a", "2024-03-03", "@Ann"), event("=a", "2024-03-04", "@Ann")]),
]


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.reader(handle))


def mine(*arguments: object) -> int:
    return run(["mine", *map(str, arguments)])


@pytest.fixture
def xes(tmp_path: Path) -> Path:
    return write_xes(tmp_path / "small.xes.gz", TRACES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "mined"


def test_every_file_says_what_stands_in_the_log(xes: Path, out: Path) -> None:
    assert mine("--log", xes, "--out", out, "--raw") == 0
    assert rows(out / "edges.csv") == [
        COLUMNS["edges.csv"],
        ["a", "b", "2", "2", "1.5", "1.5"],
        ["=a", "=a", "1", "1", "86400.0", "86400.0"],
        ["b", "b", "1", "1", "3.5", "3.5"],
    ]
    ids = {path: hashlib.md5(path.encode()).hexdigest() for path in ("a > b > b", "a > b", "=a > =a")}
    third = repr(1 / 3)
    assert rows(out / "variants.csv") == [
        COLUMNS["variants.csv"],
        [ids["=a > =a"], "=a > =a", "1", third, "86400.0"],
        [ids["a > b"], "a > b", "1", third, "2.0"],
        [ids["a > b > b"], "a > b > b", "1", third, "4.5"],
    ]
    assert rows(out / "cases.csv") == [
        COLUMNS["cases.csv"],
        ["1", "3", "2024-03-01T11:00:00.000000Z", "2024-03-01T11:00:04.500000Z", "4.5", ids["a > b > b"]],
        ["2", "2", "2024-03-02T00:00:00.000000Z", "2024-03-02T00:00:02.000000Z", "2.0", ids["a > b"]],
        ["3", "2", "2024-03-03T00:00:00.000000Z", "2024-03-04T00:00:00.000000Z", "86400.0", ids["=a > =a"]],
    ]
    assert rows(out / "handoffs.csv") == [
        COLUMNS["handoffs.csv"],
        ["department", "Desk", "Desk", "1"],
        ["department", "Desk", "Yard", "1"],
        ["resource", "@Ann", "@Ann", "1"],
        ["resource", "Ann", "Bob", "1"],
        ["resource", "Bob", "Bob", "1"],
    ]


def test_the_summary_says_what_was_read_and_what_was_left_out(xes: Path, out: Path) -> None:
    assert mine("--log", xes, "--out", out) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert set(summary["versions"]) == {"retrace", "duckdb", "pm4py"}
    del summary["versions"]
    assert summary == {
        "written_by": "retrace mine",
        "log": "small.xes.gz",
        "sha256": hashlib.sha256(xes.read_bytes()).hexdigest(),
        "columns": {
            "case": "case:concept:name",
            "activity": "concept:name",
            "timestamp": "time:timestamp",
            "resource": "org:resource",
        },
        "complete_only": False,
        "events_read": 8,
        "events_left_out": [{"reason": "has no timestamp", "events": 1, "examples": []}],
        "case_attributes": ["case:colour"],
        "cohort": {"steps": []},
        "cohort_in_words": "All cases.",
        "funnel": [],
        "cases": 3,
        "events": 7,
        "activities": 3,
        "variants": 3,
        "resources": 3,
        "first_event_at": "2024-03-01T11:00:00.000000Z",
        "last_event_at": "2024-03-04T00:00:00.000000Z",
        "case_duration_seconds": {
            "mean": pytest.approx(86406.5 / 3),
            "median": 4.5,
            "p90": pytest.approx(4.5 + 0.8 * (86400 - 4.5)),
        },
        "start_activities": {"a": 2, "=a": 1},
        "end_activities": {"b": 2, "=a": 1},
        "rework_cases": {"=a": 1, "b": 1},
        "self_loops": {"=a": 1, "b": 1},
        "files": [*FILES, "map.svg", "conformance.json", "model.bpmn", "summary.json"],
    }
    assert {path.name for path in out.iterdir()} == set(summary["files"])


def test_the_model_can_be_read_and_the_log_is_held_against_it(xes: Path, out: Path) -> None:
    assert mine("--log", xes, "--out", out) == 0
    model = (out / "model.bpmn").read_text()
    assert ElementTree.fromstring(model).find(".//{*}process[@name='small']") is not None
    assert read_bpmn(model).activities == {"a", "b", "=a"}
    conformance = json.loads((out / "conformance.json").read_text())
    assert conformance["model"] == "model.bpmn"
    assert conformance["verdicts"]["cases"] == 3
    assert conformance["tokens"]["coverage"]["cases"] == conformance["alignments"]["coverage"]["cases"] == 3


def test_xes_and_csv_of_one_log_give_the_same_files(xes: Path, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "small.csv", flat(TRACES), ";")
    assert mine("--log", xes, "--out", tmp_path / "x") == mine("--log", table, "--out", tmp_path / "c") == 0
    for name in (*FILES, "conformance.json", "model.bpmn"):
        assert (tmp_path / "x" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_formulas_are_text_unless_raw(xes: Path, out: Path) -> None:
    assert mine("--log", xes, "--out", out) == 0
    assert ["'=a", "'=a"] in [row[:2] for row in rows(out / "edges.csv")]
    assert ["resource", "'@Ann", "'@Ann", "1"] in rows(out / "handoffs.csv")
    assert "'=a" in {row[0] for row in rows(out / "activities.csv")}
    assert mine("--log", xes, "--out", out, "--raw") == 0
    assert "=a" in {row[0] for row in rows(out / "activities.csv")}


def test_only_complete_events_and_other_columns(tmp_path: Path, out: Path) -> None:
    steps = [
        {"order": "1", "step": "x", "at": "2024-03-01", "lifecycle:transition": "start"},
        {"order": "1", "step": "y", "at": "2024-03-02", "lifecycle:transition": "complete"},
    ]
    log = write_csv(tmp_path / "log.csv", steps)
    names = ("--case", "order", "--activity", "step", "--timestamp", "at")
    assert mine("--log", log, *names, "--out", out, "--complete-only") == 0
    assert [row[:2] for row in rows(out / "cases.csv")] == [["case_id", "events"], ["1", "1"]]
    assert len(rows(out / "handoffs.csv")) == len(rows(out / "edges.csv")) == 1


def test_an_empty_log_gives_every_file(tmp_path: Path, out: Path) -> None:
    log = tmp_path / "empty.xes"
    log.write_text("<log/>")
    assert mine("--log", log, "--out", out) == 0
    for name, columns in COLUMNS.items():
        assert rows(out / name) == [columns]
    summary = json.loads((out / "summary.json").read_text())
    assert (summary["cases"], summary["events"], summary["first_event_at"]) == (0, 0, None)
    assert json.loads((out / "conformance.json").read_text())["tokens"]["log"] is None


def test_a_cohort_cuts_any_log(xes: Path, tmp_path: Path, out: Path) -> None:
    cohort = tmp_path / "cohort.json"
    cohort.write_text('{"steps": [{"kind": "events", "min": 3}]}')
    assert mine("--log", xes, "--out", out, "--cohort", cohort) == 0
    assert [row[0] for row in rows(out / "cases.csv")] == ["case_id", "1"]
    assert json.loads((out / "summary.json").read_text())["cohort"]["steps"][0]["min"] == 3
    cohort.write_text('{"steps": [{"kind": "events", "min": 99}]}')
    assert mine("--log", xes, "--out", out, "--cohort", cohort) == 0
    assert rows(out / "cases.csv") == [COLUMNS["cases.csv"]]
    assert mine("--log", xes, "--out", out, "--cohort", tmp_path / "none.json") == 2


def test_a_result_is_replaced_as_a_whole_and_nothing_stays_beside_it(xes: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "deep" / "er", tmp_path / "empty"):
        assert mine("--log", xes, "--out", folder) == 0
        assert {path.name for path in folder.iterdir()} > set(COLUMNS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "empty", "small.xes.gz"]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_broken_file_ends_with_two_and_leaves_the_folder(
    xes: Path, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str], is_there: bool
) -> None:
    if is_there:
        assert mine("--log", xes, "--out", out) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()} if is_there else None
    broken = tmp_path / "broken.xes"
    broken.write_text("<log>\n<trace>\n</log>")
    assert mine("--log", broken, "--out", out) == 2
    assert f"retrace: {broken}: line 3: mismatched tag" in capsys.readouterr().err
    after = {path.name: path.read_bytes() for path in out.iterdir()} if out.exists() else None
    assert after == before
    assert not list(tmp_path.glob(".retrace-*"))


def test_a_failure_inside_leaves_the_folder(xes: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mine("--log", xes, "--out", out) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(mining_run, "discovered_model", fail)
    assert mine("--log", xes, "--out", out) == 3
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert not list(out.parent.glob(".retrace-*"))


def test_a_folder_that_is_not_its_own_is_never_replaced(
    xes: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mine("--log", xes, "--out", out) == 0
    (out / "notes.txt").write_text("mine")
    assert mine("--log", xes, "--out", out) == 2
    assert "holds notes.txt, which `retrace mine` did not write" in capsys.readouterr().err
    assert mine("--log", xes, "--out", tmp_path) == 2
    assert mine("--log", xes, "--out", xes) == 2
    assert (out / "notes.txt").read_text() == "mine"
    assert xes.exists()


@pytest.mark.parametrize(
    "arguments", [("--out", "{out}"), ("--log", "{xes}", "--workspace", "{out}", "--out", "{out}")]
)
def test_exactly_one_log_is_named(
    xes: Path, out: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert mine(*(argument.format(out=out, xes=xes) for argument in arguments)) == 2
    assert "either --log FILE or --workspace DIR" in capsys.readouterr().err


def test_a_published_build_is_mined_and_its_export_gives_the_same(built_workspace: Path, tmp_path: Path) -> None:
    assert mine("--workspace", built_workspace, "--out", tmp_path / "build") == 0
    conformance = json.loads((tmp_path / "build" / "conformance.json").read_text())
    assert conformance["model"] == "reference_process.bpmn"
    exported = tmp_path / "events.xes"
    assert (
        run(["export", "events", "--workspace", str(built_workspace), "--format", "xes", "--output", str(exported)])
        == 0
    )
    assert mine("--log", exported, "--out", tmp_path / "file") == 0
    for name in ("edges.csv", "variants.csv", "cases.csv", "activities.csv"):
        assert (tmp_path / "build" / name).read_bytes() == (tmp_path / "file" / name).read_bytes()
    assert mine("--workspace", built_workspace, "--out", built_workspace / "mined") == 2
