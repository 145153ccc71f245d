"""Records as CSV to download: unrounded, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pipeline.export.cells import safe_cell

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def records_csv(kind: type[DataclassInstance], records: Sequence[Any]) -> str:
    """Return records of the dataclass `kind` as CSV: a column a field, nothing for None."""
    names = [field.name for field in fields(kind)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for record in records:
        cells = [getattr(record, name) for name in names]
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()
