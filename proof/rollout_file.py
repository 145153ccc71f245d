"""Read the rollout table: which entity or site began to run in the new way, when, and what changed there."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from pipeline.errors import UsageError
from proof.question import RolloutStep

COLUMNS = ("unit_kind", "unit", "on", "change")
_EXAMPLE = "unit_kind,unit,on,change\\nsite,201,2025-05-01,Customer portal"


def read_rollout(path: Path) -> tuple[RolloutStep, ...]:
    """Read a CSV file with the columns unit_kind (entity or site), unit, on (a local date) and change.

    Raises UsageError, naming the line, for a file that is not that, and for a unit that is named twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                found = ", ".join(reader.fieldnames or ()) or "nothing"
                raise UsageError(f"{path.name} has the columns {found}; expected {', '.join(COLUMNS)}, e.g. {_EXAMPLE}")
            steps = tuple(_step(row, f"{path.name}, line {reader.line_num}") for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"The rollout table {path.name} cannot be read ({why}); expected a CSV in UTF-8.") from error
    if not steps:
        raise UsageError(f"{path.name} names no unit; expected a line for each entity or site that changed.")
    units = [(step.unit_kind, step.unit) for step in steps]
    if twice := next((unit for unit in units if units.count(unit) > 1), None):
        raise UsageError(
            f"{path.name} names the {twice[0]} {twice[1]!r} twice; keep the day on which it first changed."
        )
    return steps


def _step(row: dict[str, str | None], where: str) -> RolloutStep:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if values["unit_kind"] not in ("entity", "site") or not values["unit"]:
        raise UsageError(
            f"{where}: found {values['unit_kind']!r} {values['unit']!r}; expected entity or site, and its id."
        )
    try:
        on = date.fromisoformat(values["on"])
    except ValueError as error:
        raise UsageError(f"{where}: found {values['on']!r}; expected a date such as 2025-05-01.") from error
    return RolloutStep("entity" if values["unit_kind"] == "entity" else "site", values["unit"], on, values["change"])
