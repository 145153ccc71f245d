"""The command `retrace report`: which files it writes, with and without a browser, and what it refuses."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from pipeline.cli import run
from report.files import Files, files_of


def test_where_the_files_go(tmp_path: Path) -> None:
    folder, page, paper = tmp_path / "new", tmp_path / "board.html", tmp_path / "board.pdf"
    both = Files(folder / "returns-report.html", folder / "returns-report.pdf", False)
    assert files_of(folder, None) == both
    assert files_of(folder, "both") == Files(both.html, both.pdf, True)
    assert files_of(folder, "html") == Files(both.html, None, False)
    assert files_of(page, None) == Files(page, None, False)
    assert files_of(paper, None) == Files(None, paper, True)
    assert files_of(paper, "both") == Files(page, paper, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--out", "{tmp}/board.pdf", "--format", "html"], "ends with .pdf, but --format is html"),
        (["--out", "{tmp}/nowhere/board.pdf"], "there is no folder"),
        (["--out", "{tmp}/notes.txt"], "expected a folder, or a file that ends with .html or .pdf"),
        (["--out", "{workspace}/pack"], "lies in the Retrace workspace"),
        (["--out", "{tmp}/pack", "--from", "2025-07-01", "--to", "2025-04-01"], "is empty"),
        (["--out", "{tmp}/pack", "--cohort", "{tmp}/none.json"], "cannot be read"),
        (["--out", "{tmp}/pack", "--cohort", "{tmp}/notes.txt"], "The cohort is no JSON"),
        (["--out", "{tmp}/pack", "--from", "soon"], "expected a date"),
        (["--out", "{tmp}/pack", "--entity", "moon"], "There is no entity 'moon'"),
    ],
)
def test_wrong_usage_ends_with_two_and_leaves_nothing(
    arguments: list[str], words: str, built_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    given = [one.format(tmp=tmp_path, workspace=built_workspace) for one in arguments]
    assert run(["report", "--workspace", str(built_workspace), *given]) == 2
    assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without Chromium."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_the_html_is_written(
    built_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pack"
    assert run(["report", "--workspace", str(built_workspace), "--out", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["returns-report.html"]
    assert "Install Chromium" in capsys.readouterr().err


@pytest.mark.usefixtures("no_browser")
def test_without_a_browser_a_pdf_that_was_asked_for_is_a_failure(
    built_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", "--workspace", str(built_workspace), "--out", str(tmp_path / "board.pdf")]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["board.html"]
    assert "Install Chromium" in capsys.readouterr().err


def test_a_browser_that_fails_leaves_the_old_pdf(
    built_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", str(shutil.which("false")))
    old = tmp_path / "board.pdf"
    old.write_bytes(b"old")
    assert run(["report", "--workspace", str(built_workspace), "--out", str(old)]) == 3
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["board.pdf"]
    assert "printed no PDF" in capsys.readouterr().err


def test_the_sheets_are_printed(built_workspace: Path, tmp_path: Path) -> None:
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium")):
        pytest.fail("There is no Chromium; `make browser` installs one, or set CHROMIUM to its path.")
    old = tmp_path / "returns-report.html"
    old.write_text("old")
    assert run(["report", "--workspace", str(built_workspace), "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["returns-report.html", "returns-report.pdf"]
    assert old.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    paper = (tmp_path / "returns-report.pdf").read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    is_wide = [float(width) > float(height) for width, height in boxes]
    assert is_wide == [False, False, True, False, False], "A4 sheets, the map's is wide"
