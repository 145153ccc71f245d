"""Write tables as an Excel workbook: numbers are numbers, instants are dates, and text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_type_hints

import xlsxwriter

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Cell = str | int | float | Decimal | datetime | None
Kind = Literal["text", "number", "amount", "instant"]

MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
_FORMATS: dict[Kind, str] = {
    "text": "@", "number": "#,##0.###", "amount": "#,##0.00", "instant": "yyyy-mm-dd hh:mm",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its title, what its cells are, and how many letters it is wide."""

    title: str
    kind: Kind
    width: int


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its columns, and a cell for each column in every row; None is an empty cell."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def columns_of(kind: type[DataclassInstance]) -> list[Column]:
    """Return the columns of the records of a kind, whose every field is annotated with its column."""
    hints = get_type_hints(kind, include_extras=True)
    return [column for field in fields(kind) for column in hints[field.name].__metadata__]


def workbook_bytes(sheets: Sequence[Sheet], made_at: datetime) -> bytes:
    """Return an XLSX file of sheets, each with its header frozen and a filter on it.

    Instants are written as they are, without a zone; say which one in the title. The same sheets and the same `made_at`
    give the same bytes. Raises UsageError for a sheet with more rows than a workbook holds.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": made_at})
        for sheet in sheets:
            _write(workbook, sheet)
    return file.getvalue()


def _write(workbook: Any, sheet: Sheet) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise UsageError(
            f"The sheet {sheet.name} would have {len(sheet.rows):,} rows; a workbook holds {MOST_ROWS:,}. "
            "Choose fewer entities or a shorter period, or take the CSV."
        )
    written = workbook.add_worksheet(sheet.name)
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for position, column in enumerate(sheet.columns):
        written.set_column(position, position, column.width, workbook.add_format({"num_format": _FORMATS[column.kind]}))
        written.write_string(0, position, column.title, head)
    written.freeze_panes(1, 0)
    written.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    formats = {kind: workbook.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
    for number, row in enumerate(sheet.rows, 1):
        for position, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _put(written, number, position, value, formats[column.kind])


def _put(written: Any, row: int, position: int, value: Cell, style: Any) -> None:
    """Write a cell by its type alone, so that nothing is guessed from what it says."""
    match value:
        case None:
            return
        case datetime():
            written.write_datetime(row, position, value, style)
        case str():
            text = value if len(value) <= LONGEST_TEXT else f"{value[: LONGEST_TEXT - 1]}…"
            written.write_string(row, position, text, style)
        case _:
            written.write_number(row, position, value, style)
