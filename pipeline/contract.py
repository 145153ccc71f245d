"""The extract contract: which tables and columns a distributor hands over, read from ``contract.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

ColumnType = Literal["text", "number", "quantity", "amount", "integer", "boolean", "date", "time", "timestamp"]
Clock = Literal["utc", "offset", "site", "none"]

_FILE = Path(__file__).with_name("contract.yml")


@dataclass(frozen=True)
class Column:
    """One column of an extract table.

    ``type`` is the form its text must have, ``required`` whether the column and each of its values must be there,
    ``key`` whether it is part of the table's primary key.
    """

    name: str
    type: ColumnType
    required: bool
    key: bool
    description: str


@dataclass(frozen=True)
class Table:
    """One extract table: its columns in contract order, primary key first.

    ``optional`` tables may be missing altogether. ``clock`` says what a timestamp without an offset means:
    ``utc`` it is UTC, ``offset`` it may not be without one, ``site`` it is the wall clock of the warehouse site,
    ``none`` the table has no timestamps.
    """

    system: str
    name: str
    columns: tuple[Column, ...]
    optional: bool
    clock: Clock
    description: str

    @property
    def raw_name(self) -> str:
        """Name of the table in the schema ``raw``."""
        return f"{self.system}__{self.name}"

    @property
    def label(self) -> str:
        """Name of the table as messages say it: ``erp/returns``."""
        return f"{self.system}/{self.name}"

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns of the primary key."""
        return tuple(column for column in self.columns if column.key)

    @property
    def required_columns(self) -> tuple[Column, ...]:
        """The columns every file of the table must have."""
        return tuple(column for column in self.columns if column.required)

    @property
    def timestamp_columns(self) -> tuple[Column, ...]:
        """The columns of type timestamp."""
        return tuple(column for column in self.columns if column.type == "timestamp")


@dataclass(frozen=True)
class Contract:
    """All tables of one version of the extract contract."""

    version: int
    tables: tuple[Table, ...]

    @property
    def systems(self) -> tuple[str, ...]:
        """The folders of a landing folder, in contract order."""
        return tuple(dict.fromkeys(table.system for table in self.tables))

    def table(self, system: str, name: str) -> Table:
        """Return one table; ``KeyError`` when the contract does not know it."""
        for table in self.tables:
            if (table.system, table.name) == (system, name):
                return table
        raise KeyError(f"{system}/{name}")


@cache
def load_contract() -> Contract:
    """Read the contract that ships with the product; ``ValueError`` when it contradicts itself."""
    document: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    tables = tuple(
        _table(system, settings, name, table)
        for system, settings in document["systems"].items()
        for name, table in settings["tables"].items()
    )
    return Contract(version=int(document["version"]), tables=tables)


def _table(system: str, settings: dict[str, Any], name: str, document: dict[str, Any]) -> Table:
    table = Table(
        system=system,
        name=name,
        columns=tuple(_column(system, name, column, entry) for column, entry in document["columns"].items()),
        optional=bool(settings["optional"]),
        clock=settings["clock"],
        description=document["description"],
    )
    if table.clock not in get_args(Clock):
        raise ValueError(f"contract: {table.label} has the clock {table.clock!r}, expected one of {get_args(Clock)}")
    if not table.key_columns or not all(column.required for column in table.key_columns):
        raise ValueError(f"contract: {table.label} needs a primary key of required columns")
    if table.timestamp_columns and table.clock == "none":
        raise ValueError(f"contract: {table.label} has timestamps but no clock")
    return table


def _column(system: str, table: str, name: str, entry: dict[str, Any]) -> Column:
    kind = entry["type"]
    if kind not in get_args(ColumnType):
        raise ValueError(f"contract: {system}/{table}.{name} has the unknown type {kind!r}")
    key = bool(entry.get("key", False))
    return Column(
        name=name,
        type=kind,
        required=key or bool(entry.get("required", False)),
        key=key,
        description=entry["description"],
    )
