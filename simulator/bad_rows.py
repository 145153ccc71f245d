"""Rows that the contract's reading rules must quarantine, one broken value (or field count) each."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from pipeline.contract import Column, Table

Fields = list[str]

NEWEST = "2088-06-01T08:00:00"
_SUFFIX = {"utc": "Z", "offset": "+00:00", "site": "", "none": ""}
_BROKEN = {
    "number": ("12,5x", "1.234,56", "inf"),
    "quantity": ("0", "-1", "two"),
    "amount": ("-10.00", "EUR 5", "1 000"),
    "integer": ("2.5", "thirty"),
    "boolean": ("maybe", "ja"),
    "timestamp": ("2025-02-30T10:00:00", "yesterday", "03/04/2025", "1900-01-01T00:00:00", "9999-12-31T00:00:00"),
}


def stamped(table: Table, text: str) -> str:
    """Return a timestamp's text in the form that the table's clock asks for."""
    return text + _SUFFIX[table.clock]


def bad_row(table: Table, row: Fields, number: int, random: Random, ragged: bool) -> Fields:
    """Return a spoiled copy of a row: under a key of its own, or as the newest version of the row it copies.

    ``ragged`` allows rows with a field too few or too many, which only CSV can have.
    """
    spoiled = list(row)
    names = [column.name for column in table.columns]
    if random.random() < 0.5:
        spoiled[0] = f"BAD{number:05}"
    elif "updated_at" in names:
        spoiled[names.index("updated_at")] = stamped(table, NEWEST)
    ways: list[Callable[[Table, Fields, Random], Fields]] = [_without_required, _ill_formed, _ill_formed]
    if table.clock == "offset":
        ways.append(_without_offset)
    if ragged:
        ways.append(_ragged)
    return random.choice(ways)(table, spoiled, random)


def _without_required(table: Table, row: Fields, random: Random) -> Fields:
    position = random.choice([index for index, column in enumerate(table.columns) if column.required])
    row[position] = ""
    return row


def _ill_formed(table: Table, row: Fields, random: Random) -> Fields:
    breakable = [index for index, column in enumerate(table.columns) if column.type in _BROKEN]
    if not breakable:
        return _without_required(table, row, random)
    position = random.choice(breakable)
    row[position] = _broken(table, table.columns[position], random)
    return row


def _broken(table: Table, column: Column, random: Random) -> str:
    text = random.choice(_BROKEN[column.type])
    return stamped(table, text) if text[:1].isdigit() and column.type == "timestamp" and "T" in text else text


def _without_offset(table: Table, row: Fields, random: Random) -> Fields:
    required = {column.name for column in table.timestamp_columns if column.required}
    position = next(index for index, column in enumerate(table.columns) if column.name in required)
    row[position] = NEWEST
    return row


def _ragged(table: Table, row: Fields, random: Random) -> Fields:
    return row[:-1] if random.random() < 0.5 else [*row, "surplus"]
