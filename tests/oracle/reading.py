"""Extracts read with the standard library: every row parsed or put aside, nothing compared yet."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

from .columns import TABLES, Column, Table

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?")
STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
TRUE, FALSE = {"true", "t", "yes", "y", "1"}, {"false", "f", "no", "n", "0"}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2089, 12, 31)
UTC_SYSTEMS = ("erp", "middleware")


class UnreadableError(ValueError):
    """A value that the contract doesn't allow; its row goes to the quarantine."""


@dataclass(frozen=True)
class Stamp:
    """A timestamp as written: an instant, a wall clock without a zone, or a day."""

    instant: datetime | None = None
    wall: datetime | None = None
    day: date | None = None


@dataclass
class Landed:
    """One good row, with its place."""

    file: str
    number: int
    written: dict[str, str | None]
    values: dict[str, Any]


@dataclass(frozen=True)
class Rejected:
    """One quarantined row."""

    system: str
    table: str
    file: str
    row_number: int


@dataclass
class Landing:
    """Everything read: good rows by table, quarantined rows, rows read by table."""

    rows: dict[str, list[Landed]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)


def parse_number(text: str) -> Fraction:
    if not NUMBER.fullmatch(text):
        raise UnreadableError(text)
    return Fraction(text)


def parse_quantity(text: str) -> Fraction:
    number = parse_number(text)
    if number <= 0:
        raise UnreadableError(text)
    return number


def parse_amount(text: str) -> Fraction:
    number = parse_number(text)
    if number < 0:
        raise UnreadableError(text)
    return number


def parse_integer(text: str) -> int:
    number = parse_number(text)
    if number.denominator != 1:
        raise UnreadableError(text)
    return int(number)


def parse_boolean(text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise UnreadableError(text)
    return text.lower() in TRUE


def parse_date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise UnreadableError(text)
    return date.fromisoformat(text)


def parse_time(text: str) -> int:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", text):
        raise UnreadableError(text)
    return int(text[:2]) * 60 + int(text[3:])


PARSERS = {
    "text": str,
    "number": parse_number,
    "quantity": parse_quantity,
    "amount": parse_amount,
    "integer": parse_integer,
    "boolean": parse_boolean,
    "date": parse_date,
    "time": parse_time,
}


def parse_offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if text[0] == "-" else span)


def parse_stamp(text: str, system: str) -> Stamp:
    match = STAMP.fullmatch(text)
    if not match:
        raise UnreadableError(text)
    written_day, hour, minute, second, fraction, offset = match.groups()
    day = parse_date(written_day)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UnreadableError(text)
    if hour is None:
        return Stamp(day=day)
    micros = int((fraction or "0").ljust(6, "0")[:6])
    wall = datetime(day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micros)
    if offset:
        return Stamp(instant=wall.replace(tzinfo=parse_offset(offset)).astimezone(UTC))
    if system in UTC_SYSTEMS:
        return Stamp(instant=wall.replace(tzinfo=UTC))
    if system == "wms":
        return Stamp(wall=wall)
    raise UnreadableError(text)


def parse_value(column: Column, system: str, text: str | None) -> Any:
    if text is None:
        if column.required:
            raise UnreadableError(f"{column.name} null")
        return None
    if column.type == "timestamp":
        return parse_stamp(text, system)
    return PARSERS[column.type](text)


def part_files(extracts: Path, table: Table) -> list[Path]:
    """The parts of a table in file-name order (of the path inside the extracts)."""
    folder = extracts / table.system
    single = folder / f"{table.name}.csv"
    parts = ([single] if single.exists() else []) + list((folder / table.name).glob("*.csv"))
    return sorted(parts, key=lambda path: path.relative_to(extracts).as_posix())


def read_table(extracts: Path, table: Table, landing: Landing) -> None:
    landing.rows[table.full_name], landing.read[table.full_name] = [], 0
    for path in part_files(extracts, table):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = [line for line in csv.reader(handle) if line]
        if lines:
            read_lines(table, path.relative_to(extracts).as_posix(), lines[0], lines[1:], landing)


def read_lines(table: Table, file: str, header: list[str], lines: list[list[str]], landing: Landing) -> None:
    landing.read[table.full_name] += len(lines)
    for number, line in enumerate(lines, start=1):
        try:
            if len(line) != len(header):
                raise UnreadableError("number of fields")
            written = {name: value.strip() or None for name, value in zip(header, line, strict=True)}
            values = {c.name: parse_value(c, table.system, written.get(c.name)) for c in table.columns}
        except ValueError:
            landing.rejected.append(Rejected(table.system, table.name, file, number))
        else:
            landing.rows[table.full_name].append(Landed(file, number, written, values))


def read_extracts(extracts: Path) -> Landing:
    landing = Landing()
    for table in TABLES.values():
        read_table(extracts, table, landing)
    return landing
