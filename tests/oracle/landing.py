"""Extract files of the adversarial worlds: parts, versions, bad rows, odd quoting."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .columns import TABLES, Table

Row = dict[str, Any]
BAD_VALUES = {
    "number": ("12,5", "inf", "nan", ".5", "5.", "1_000", "0x1", "1 2", "--1", "\u0663"),
    "quantity": ("0", "-1", "0.000", "x", "-0"),
    "amount": ("-0.01", "-1e-3", "1,00"),
    "integer": ("1.5", "one", "1e-1"),
    "boolean": ("maybe", "2", "oui"),
    "date": ("2025-02-30", "2025-2-1", "01.02.2025"),
    "time": ("8:00", "24:01", "noon"),
    "timestamp": (
        "1999-12-31", "2090-01-01T00:00:00Z", "2025-02-30T10:00:00Z", "2025-03-04T25:00:00Z", "yesterday",
        "2025-03-04T10:00:60Z", "20250304T100000Z", "2025-03-04T10Z", "2025-03-04T10:00:00.Z", "2025-3-4",
    ),
}  # fmt: skip
CHANGES = {
    "quantity": ("1", "3", "50"),
    "amount": ("500", "500.01", "0", "0.02"),
    "number": ("1.005", "77", "0"),
    "boolean": ("true", "false"),
    "currency": ("USD", "EUR"),
    "rma_number": ("RMA-00001", "rma 2", ""),
    "sku": ("P1", "P3"),
    "disposition_code": ("RS", "KEEP"),
    "reason_code": ("DEF", "", "W"),
    "category": ("pumps", "valves"),
    "department": ("Sales", "Finance"),
    "deleted_at": ("2025-03-01", ""),
    "cancelled_at": ("", "2025-03-20T10:00:00Z"),
}
UNVERSIONED_VALUES = ("timestamp", "date", "time", "integer")


def shifted(text: str, rng: random.Random) -> str:
    """A stamp for another version: earlier, later, or the same instant; a day stays one or moves."""
    step = rng.choice((timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(seconds=-1), timedelta(days=1)))
    moved = datetime.fromisoformat(text.replace("Z", "+00:00")) + step
    if len(text) == 10:
        return moved.date().isoformat()
    return moved.isoformat() if moved.tzinfo else moved.isoformat() + "Z" * text.endswith("Z")


def changed(table: Table, row: Row, rng: random.Random) -> Row:
    """Another version of the row: its key, something different, `updated_at` near the other one."""
    other = dict(row)
    changeable = [c for c in table.columns if not c.key and (c.name in CHANGES or c.type in CHANGES) and c.name in row]
    for column in rng.sample(changeable, min(len(changeable), 2)):
        values = CHANGES.get(column.name, CHANGES.get(column.type))
        value = rng.choice(values[:-1] if column.name == "rate" else values)  # a rate of 0 is no rate
        other[column.name] = value or row[column.name] if column.required else value
    if row.get("updated_at"):
        other["updated_at"] = shifted(row["updated_at"], rng)
        optional = not next(c for c in table.columns if c.name == "updated_at").required
        if optional and rng.random() < 0.2:
            other["updated_at"] = ""
    return other


def spoiled(table: Table, row: Row, rng: random.Random) -> Row:
    """A bad version of the row, newer than the good one."""
    other = dict(row)
    column = rng.choice([c for c in table.columns if c.required or c.type in BAD_VALUES])
    required = column.required and rng.random() < 0.3
    other[column.name] = "  " if required or column.type not in BAD_VALUES else rng.choice(BAD_VALUES[column.type])
    if column.type not in BAD_VALUES and not column.required:
        other[column.name] = row[column.name]
    if column.name != "updated_at" and row.get("updated_at"):
        other["updated_at"] = "2089-12-31"
    return other


def with_versions(table: Table, rows: list[Row], rng: random.Random) -> list[Row]:
    share = 0.03 if table.system == "reference" else 0.15
    more = [changed(table, row, rng) for row in rows if rng.random() < share]
    more += [changed(table, row, rng) for row in more if rng.random() < 0.4]
    bad = [spoiled(table, row, rng) for row in rows if rng.random() < (0.0 if table.system == "reference" else 0.06)]
    lost = 0.0 if table.system == "reference" else 0.01
    every = [spoiled(table, row, rng) if rng.random() < lost else dict(row) for row in rows] + more + bad
    rng.shuffle(every)
    return every


def padded(value: str, rng: random.Random) -> str:
    return f" {value}  " if value and rng.random() < 0.03 else value


def write_part(path: Path, table: Table, rows: list[Row], rng: random.Random) -> None:
    names = [c.name for c in table.columns]
    unused = [c.name for c in table.columns if not c.required and not any(row.get(c.name) for row in rows)]
    names = [name for name in names if name not in unused or rng.random() < 0.7]
    extra = ["loaded by"] if rng.random() < 0.3 else []
    rng.shuffle(names)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=rng.choice(("utf-8", "utf-8-sig")), newline="") as handle:
        quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
        writer = csv.writer(handle, lineterminator=rng.choice(("\n", "\r\n")), quoting=quoting)
        writer.writerow(names + extra)
        for row in rows:
            values = [padded(row.get(name, ""), rng) for name in names] + ['a "b", c'] * len(extra)
            draw = rng.random()
            writer.writerow(values[:-1] if draw < 0.005 else [*values, "x"] if draw < 0.01 else values)
            if rng.random() < 0.02:
                handle.write("\n")


def write_table(rng: random.Random, extracts: Path, name: str, rows: list[Row]) -> None:
    """One file, or parts, or both; parts that come later are named so."""
    table = TABLES[name]
    every, folder = with_versions(table, rows, rng), extracts / table.system
    parts = rng.choice((1, 1, 2, 3)) if table.system != "reference" else 1
    cuts = [every[start::parts] for start in range(parts)]
    single = parts == 1 or rng.random() < 0.5
    if single:
        write_part(folder / f"{table.name}.csv", table, cuts.pop(), rng)
    for number, part in enumerate(cuts, start=1):
        write_part(folder / table.name / f"z-{number * 9}.csv", table, part, rng)
