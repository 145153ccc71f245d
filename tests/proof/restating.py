"""A landing folder with its past told anew: rows gone, corrected and late, a return reopened, a rate and a holiday."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Rows = list[dict[str, str]]
CHANGES = "erp/return_status_changes.csv"
LATE_AT, REOPENED_AT = "2025-03-27T15:00:00Z", "2025-12-01T15:00:00Z"


@dataclass(frozen=True)
class Restated:
    """The returns whose rows were changed, by the kind of the change."""

    deleted: str
    corrected: str
    late: str
    later: str


def restate(extracts: Path, target: Path, closed_by: str) -> Restated:
    """Copy a landing folder and change it; the closed returns that are changed closed before the date `closed_by`."""
    shutil.copytree(extracts, target, dirs_exist_ok=True)
    rows = _rows(target / CHANGES)
    ended = {row["return_id"] for row in rows if row["to_status"] in ("closed", "declined", "cancelled")}
    again = {row["return_id"] for row in rows if row["to_status"] == "reopened"}
    closes = [
        row
        for row in rows
        if row["to_status"] == "closed"
        and row["return_id"] not in again
        and "2025-02-01" < row["changed_at"] < closed_by
    ]
    approved = {row["return_id"] for row in rows if row["to_status"] == "approved" and row["changed_at"] < closed_by}
    open_ones = sorted(one for one in approved - ended if one)
    gone, moved, reopened = closes[:3]
    late = {**gone, "change_id": "LATE", "return_id": open_ones[0], "changed_at": LATE_AT}
    later = {**gone, "change_id": "LATER", "return_id": reopened["return_id"], "from_status": "closed"}
    later |= {"to_status": "reopened", "changed_at": REOPENED_AT}
    moved_on = f"{moved['changed_at'][:8]}28T16:30:00Z"

    def changed(rows: Rows) -> Rows:
        kept = [row for row in rows if row["change_id"] != gone["change_id"]]
        ids = moved["change_id"]
        return [row | {"changed_at": moved_on} if row["change_id"] == ids else row for row in kept] + [late, later]

    _edit(target / CHANGES, changed)
    _edit(target / "reference/fx_rates.csv", _dearer)
    holidays = [{"calendar_id": one, "holiday_date": "2025-03-05", "name": "New"} for one in _calendars(target)]
    _edit(target / "reference/holidays.csv", lambda rows: rows + holidays)
    return Restated(gone["return_id"], moved["return_id"], open_ones[0], reopened["return_id"])


def _dearer(rows: Rows) -> Rows:
    """Every currency but the reporting one is a tenth dearer in March."""
    return [
        row | {"rate": str(float(row["rate"]) * 1.1)}
        if row["month"] == "2025-03-01" and row["currency"] != "USD"
        else row
        for row in rows
    ]


def _calendars(target: Path) -> list[str]:
    return sorted({row["calendar_id"] for row in _rows(target / "reference/calendars.csv")})


def _edit(path: Path, change: Callable[[Rows], Rows]) -> None:
    rows = change(_rows(path))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
