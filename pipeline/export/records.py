"""Write results that the program holds, each a frozen dataclass, as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, get_type_hints

from pipeline.export.cells import safe_cell
from pipeline.instants import print_instant

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def write_records(kind: type[DataclassInstance], records: Iterable[DataclassInstance], path: Path, raw: bool) -> None:
    """Write records of one kind, a column for each of its fields and for those of a record in a field.

    A field that must not be called what its column is, such as ``from``, ends with an underscore. Instants are
    ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, booleans true/false, numbers in full, None empty, several names joined with
    `` | ``. Text that a spreadsheet would run as a formula gets a leading apostrophe, unless `raw`.
    """
    with path.open("w", encoding="utf-8", newline="") as handle:
        _write(kind, records, handle, raw)


def records_csv(kind: type[DataclassInstance], records: Iterable[DataclassInstance]) -> str:
    """Return what `write_records` writes of these records, safe for a spreadsheet."""
    text = io.StringIO(newline="")
    _write(kind, records, text, raw=False)
    return text.getvalue()


def _write(kind: type[DataclassInstance], records: Iterable[DataclassInstance], handle: TextIO, raw: bool) -> None:
    writer = csv.writer(handle, lineterminator="\n")
    writer.writerow(_names(kind))
    writer.writerows([_cell(value, raw) for value in _values(record)] for record in records)


def _names(kind: type[DataclassInstance]) -> list[str]:
    hints = get_type_hints(kind)
    return [
        name
        for field in fields(kind)
        for name in (_names(hints[field.name]) if is_dataclass(hints[field.name]) else [field.name.removesuffix("_")])
    ]


def _values(record: DataclassInstance) -> Iterator[object]:
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value) and not isinstance(value, type):
            yield from _values(value)
        else:
            yield value


def _cell(value: object, raw: bool) -> object:
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return print_instant(value)
        case tuple():
            return _cell(" | ".join(map(str, value)), raw)
        case str() if not raw:
            return safe_cell(value)
        case _:
            return value
