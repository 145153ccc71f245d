"""The command line: exit codes, streams, formats, and what it refuses to overwrite."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.cli import app, run
from pipeline.commands import proving
from pipeline.serve import Serving, server_command
from pipeline.workspace import Workspace

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def test_the_commands_of_this_version() -> None:
    assert set(COMMANDS) >= {
        *("demo", "simulate", "build", "load-report", "kpis", "exceptions", "export", "validate", "dashboard"),
        "doctor",
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: retrace {command} " in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["kpis"],
        ["kpis", "--workspace", "nowhere"],
        ["kpis", "--workspace", "{workspace}", "--bogus"],
        ["kpis", "--workspace", "{workspace}", "--from", "yesterday"],
        ["kpis", "--workspace", "{workspace}", "--from", "2025-06-01", "--to", "2025-01-01"],
        ["kpis", "--workspace", "{workspace}", "--by", "moon"],
        ["kpis", "--workspace", "{workspace}", "--format", "xml"],
        ["exceptions", "--workspace", "{workspace}", "--type", "'; drop table marts.exceptions; --"],
        ["export", "edges", "--workspace", "{workspace}", "--format", "xes"],
        ["export", "nothing", "--workspace", "{workspace}", "--format", "csv"],
        ["build", "--extracts", "nowhere", "--workspace", "new"],
        ["build", "--extracts", ".", "--workspace", "new", "--as-of", "soon"],
        ["build", "--extracts", ".", "--workspace", "../new", "--target", "spark"],
        ["dashboard", "--workspace", "{workspace}", "--port", "0"],
        ["simulate", "--out", "out", "--scenario", "unheard-of"],
        ["validate", "--workspace", "nowhere"],
    ],
)
def test_wrong_usage_ends_with_two_and_words(
    arguments: list[str],
    built_workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([argument.format(workspace=built_workspace) for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert captured.err or captured.out
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_failure_is_one_sentence_and_a_trace_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, built_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(self: Workspace) -> int:
        raise ZeroDivisionError("boom\nboom")

    monkeypatch.setattr(Workspace, "current", fail)
    arguments = ["kpis", "--workspace", str(built_workspace)]
    assert run(arguments) == 3
    quiet = capsys.readouterr().err
    assert quiet.count("\n") == 1
    assert "--debug" in quiet
    for place in (["--debug", *arguments], [*arguments, "--debug"]):
        assert run(place) == 3
        assert "Traceback" in capsys.readouterr().err


def test_a_command_is_told_with_the_names_of_files_and_not_where_they_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = [
        "/usr/bin/retrace",
        "compare",
        "--workspace",
        "/data/returns",
        "--pack=/home/ann/a b/",
        "--to",
        "2025-07-01",
    ]
    monkeypatch.setattr(sys, "argv", typed)
    assert proving._command() == "retrace compare --workspace returns '--pack=a b' --to 2025-07-01"


def test_load_report_adds_up(built_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load-report", "--workspace", str(built_workspace), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert list(rows[0]) == ["system", "table", "rows_read", "rows_kept", "rows_superseded", "rows_quarantined"]
    for row in rows:
        assert row["rows_read"] == row["rows_kept"] + row["rows_superseded"] + row["rows_quarantined"]
    assert run(["load-report", "--workspace", str(built_workspace)]) == 0
    text = capsys.readouterr().out
    assert f"{sum(row['rows_read'] for row in rows):,} read = " in text
    assert "Quarantine" in text


def test_kpis_in_every_format_agree(built_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["kpis", "--workspace", str(built_workspace), "--by", "entity"]
    assert run([*arguments, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert list(rows[0]) == ["kpi", "group", "value", "n", "numerator", "denominator"]
    assert run([*arguments, "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["kpi"], row["group"] or None, row["value"]) for row in table] == [
        (row["kpi"], row["group"], "" if row["value"] is None else str(row["value"])) for row in rows
    ]
    assert run([*arguments, "--format", "table"]) == 0
    text = capsys.readouterr().out
    assert all(row["kpi"] in text for row in rows)


def test_exceptions_are_chosen_by_type_and_state(built_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["exceptions", "--workspace", str(built_workspace), "--format", "json"]
    assert run(arguments) == 0
    everything = json.loads(capsys.readouterr().out)
    kind = everything[0]["exception_type"]
    assert run([*arguments, "--type", kind, "--open"]) == 0
    chosen = json.loads(capsys.readouterr().out)
    assert chosen == [row for row in everything if row["exception_type"] == kind and row["resolved_at"] is None]
    assert run(["exceptions", "--workspace", str(built_workspace), "--format", "csv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == ("exception_type,object_type,object_id,case_id,entity_id,detected_at,resolved_at,value,evidence")
    assert len(rows) == len(everything)


def test_an_unknown_exception_type_lists_the_eighteen(
    built_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["exceptions", "--workspace", str(built_workspace), "--type", "lost"]) == 2
    assert capsys.readouterr().err.partition("expected one of ")[2].count(",") == 17


def test_output_goes_to_the_file_and_nothing_to_standard_output(
    built_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", "edges", "--workspace", str(built_workspace), "--format", "csv"]
    assert run(arguments) == 0
    printed = capsys.readouterr().out
    (tmp_path / "edges.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "edges.csv")
    assert run([*arguments, "--output", str(tmp_path / "link.csv")]) == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "edges.csv").read_text() == printed
    assert (tmp_path / "link.csv").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"edges.csv", "link.csv"}


@pytest.mark.parametrize(
    "output", ["{tmp}", "{tmp}/none/x.csv", "{workspace}/builds/000001/warehouse.duckdb", "{workspace}/x"]
)
def test_an_output_that_must_not_be_written_is_refused(
    built_workspace: Path, tmp_path: Path, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = output.format(tmp=tmp_path, workspace=built_workspace)
    arguments = ["kpis", "--workspace", str(built_workspace), "--format", "json", "--output", target]
    assert run(arguments) == 2
    assert "--output" in capsys.readouterr().err


def test_a_failing_command_leaves_the_old_output(
    built_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise OSError(28, "No space left on device")

    (tmp_path / "log.xes").write_text("old")
    monkeypatch.setattr("pipeline.export.xes._query", fail)
    arguments = ["export", "events", "--workspace", str(built_workspace), "--format", "xes"]
    assert run([*arguments, "--output", str(tmp_path / "log.xes")]) == 3
    assert (tmp_path / "log.xes").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["log.xes"]


def test_a_pipe_is_written_to_and_not_replaced(built_workspace: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    assert run(["kpis", "--workspace", str(built_workspace), "--format", "json", "--output", str(pipe)]) == 0
    reader.join()
    assert json.loads(got[0])
    assert pipe.is_fifo()


def test_a_reader_that_stops_early_is_no_failure(built_workspace: Path) -> None:
    program = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", program, "export", "events", "--workspace", str(built_workspace)]
    process = subprocess.Popen([*command, "--format", "xes"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_validate_tells_that_the_build_holds(
    built_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", "--workspace", str(built_workspace), "--docs", str(tmp_path / "docs")]) == 0
    assert "expectations" in capsys.readouterr().out
    assert (tmp_path / "docs" / "index.html").is_file()


def test_doctor_tells_versions_and_health(built_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--workspace", str(built_workspace)]) == 0
    text = capsys.readouterr().out
    assert "duckdb 2" in text
    assert "Build 1 is published" in text
    assert "No build is running" in text


def test_doctor_finds_what_is_wrong(workspace_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace_copy / "builds" / "000002.building").mkdir()
    (workspace_copy / "builds" / "000001" / "warehouse.duckdb").write_bytes(b"torn")
    assert run(["doctor", "--workspace", str(workspace_copy)]) == 1
    text = capsys.readouterr().out
    assert "Build 1 cannot be read" in text
    assert "000002.building" in text


def test_the_dashboard_is_for_this_machine_only() -> None:
    command = server_command(Serving(Path("returns"), 8600))
    assert "--server.address=127.0.0.1" in command
    assert "--server.port=8600" in command
    assert "--browser.gatherUsageStats=false" in command
    assert "--server.trustedUserHeaders={}" in command
    assert not [argument for argument in command if "secrets" in argument]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "returns.example.com"])
def test_other_machines_reach_no_pages_without_a_sign_in(
    host: str, built_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dashboard", "--workspace", str(built_workspace), "--host", host]) == 2
    assert f"can reach --host {host}, and nobody would have to sign in" in " ".join(capsys.readouterr().err.split())


def test_a_sign_in_that_is_not_set_up_rightly_serves_nothing(
    built_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    access = tmp_path / "access.toml"
    command = ["dashboard", "--workspace", str(built_workspace), "--access", str(access)]
    assert run(command) == 2
    assert "cannot be read" in capsys.readouterr().err
    access.write_text('[roles.all]\nentities = ["*"]\n[[people]]\nemail = "a@example.com"\nroles = ["all"]\n')
    assert run(command) == 2
    assert str(tmp_path / "secrets.toml") in capsys.readouterr().err.replace("\n", "")


def test_with_a_sign_in_another_address_may_be_served(tmp_path: Path) -> None:
    command = server_command(Serving(Path("returns"), 8600, "0.0.0.0", tmp_path / "access.toml"))
    assert "--server.address=0.0.0.0" in command
    assert f"--secrets.files={tmp_path / 'secrets.toml'}" in command


def test_a_taken_port_is_refused(built_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert run(["dashboard", "--workspace", str(built_workspace), "--port", port]) == 2
    assert f"Port {port}" in capsys.readouterr().err
