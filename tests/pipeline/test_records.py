"""Records of the program as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.export.records import write_records


@dataclass(frozen=True)
class Inner:
    share: float | None
    is_open: bool


@dataclass(frozen=True)
class Outer:
    from_: str
    inner: Inner
    at: datetime
    count: int


ROWS = (
    Outer("=1+1", Inner(0.1 + 0.2, True), datetime(2024, 3, 1, 12), -5),
    Outer('a "b", c\nd', Inner(None, False), datetime(2024, 3, 1, 12, 0, 0, 1), 0),
)


@pytest.mark.parametrize(("raw", "first"), [(False, "'=1+1"), (True, "=1+1")])
def test_records_are_written_in_full_and_nested_ones_side_by_side(tmp_path: Path, raw: bool, first: str) -> None:
    write_records(Outer, ROWS, tmp_path / "t.csv", raw)
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == (
        "from,share,is_open,at,count\n"
        f"{first},0.30000000000000004,true,2024-03-01T12:00:00.000000Z,-5\n"
        '"a ""b"", c\nd",,false,2024-03-01T12:00:00.000001Z,0\n'
    )


def test_no_records_are_a_header(tmp_path: Path) -> None:
    write_records(Outer, (), tmp_path / "t.csv", raw=False)
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "from,share,is_open,at,count\n"
