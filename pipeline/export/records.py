"""Write results that the program holds, each a frozen dataclass, as CSV (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.cells import safe_cell
from pipeline.instants import print_instant

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def write_records(kind: type[DataclassInstance], records: Iterable[DataclassInstance], path: Path, raw: bool) -> None:
    """Write records of one kind, a column for each of its fields.

    Instants are ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, booleans true/false, numbers in full, None empty. Text that a
    spreadsheet would run as a formula gets a leading apostrophe, unless `raw`.
    """
    names = [field.name for field in fields(kind)]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(getattr(record, name), raw) for name in names] for record in records)


def _cell(value: object, raw: bool) -> object:
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return print_instant(value)
        case str() if not raw:
            return safe_cell(value)
        case _:
            return value
