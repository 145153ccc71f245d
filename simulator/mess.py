"""The mess of whole extracts: overlapping and outdated rows, bad rows, loosely written values, part files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from pipeline.contract import Table
from simulator.bad_rows import Fields, bad_row, stamped
from simulator.parameters import Mess

_OLDER = "2022-06-01T08:00:00"
_SMALLEST_SPLIT = 60
_SMALLEST_SPOILED = 20
_TRUTHS = {"true": ("True", "yes", "Y", "1", "t"), "false": ("False", "NO", "n", "0", "f")}


@dataclass(frozen=True)
class Defects:
    """How many rows of a table must be quarantined and superseded, and how many it has in all."""

    rows_written: int
    quarantined: int
    superseded: int


@dataclass(frozen=True)
class Part:
    """One file: its header and its rows, each as long as the header but for ragged ones."""

    header: list[str]
    rows: Iterator[Fields]


@dataclass(frozen=True)
class _Layout:
    """The order of a file's columns, and the columns beyond the contract with their value."""

    order: tuple[int, ...]
    extra: dict[str, str]

    def row(self, fields: Sequence[str]) -> Fields:
        """Lay out one row; one with a field too few or too many stays too short or too long."""
        if len(fields) < len(self.order):
            return list(fields)
        surplus = fields[len(self.order) :]
        return [*(fields[index] for index in self.order), *self.extra.values(), *surplus]


class Spoiler:
    """Spoils one table."""

    def __init__(self, table: Table, mess: Mess, random: Random, ragged: bool) -> None:
        self._table, self._mess, self._random, self._ragged = table, mess, random, ragged
        self._names = [column.name for column in table.columns]
        self._booleans = [index for index, column in enumerate(table.columns) if column.type == "boolean"]

    def parts(self, rows: Sequence[tuple[str, ...]]) -> tuple[list[Part], Defects]:
        """Return the table's files and the defects in them."""
        bad = self._bad(rows)
        doubled = self._doubled(rows)
        inserted: dict[int, list[Fields]] = {}
        for extra in (*bad, *doubled):
            inserted.setdefault(self._random.randrange(len(rows) + 1), []).append(extra)
        loose = set(self._sample(rows, self._mess.loose_values))
        total = len(rows) + len(bad) + len(doubled)
        ends = self._ends(len(rows))
        parts = [
            self._part(rows, range(start, end), inserted, loose, end == len(rows))
            for start, end in zip([0, *ends], ends, strict=False)
        ]
        return parts, Defects(total, len(bad), len(doubled))

    def _sample(self, rows: Sequence[tuple[str, ...]], share: float) -> list[int]:
        return self._random.sample(range(len(rows)), min(len(rows), round(share * len(rows))))

    def _bad(self, rows: Sequence[tuple[str, ...]]) -> list[Fields]:
        """Return bad rows: at least two, but none in tables of a few rows, of which they would be a large part."""
        if len(rows) < _SMALLEST_SPOILED or not self._mess.bad_rows:
            return []
        wanted = max(2, round(self._mess.bad_rows * len(rows)))
        chosen = [rows[self._random.randrange(len(rows))] for _ in range(wanted)]
        return [bad_row(self._table, list(row), i, self._random, self._ragged) for i, row in enumerate(chosen)]

    def _doubled(self, rows: Sequence[tuple[str, ...]]) -> list[Fields]:
        """Return older versions, and repetitions, of rows; all of them are superseded."""
        repeated = [list(rows[index]) for index in self._sample(rows, self._mess.repeated)]
        older = [list(rows[index]) for index in self._sample(rows, self._mess.superseded)]
        return repeated + [self._older(row) for row in older]

    def _older(self, row: Fields) -> Fields:
        """Return an older version, which knows less; where versions have no stamp, the same row again."""
        if "updated_at" not in self._names:
            return row
        for index, column in enumerate(self._table.columns):
            if not column.required and self._random.random() < 0.5:
                row[index] = ""
        row[self._names.index("updated_at")] = stamped(self._table, _OLDER)
        return row

    def _ends(self, count: int) -> list[int]:
        """Return the positions at which part files end; one file for few rows."""
        split = count > self._mess.part_rows or (count > _SMALLEST_SPLIT and self._random.random() < 0.5)
        parts = max(2, ceil(count / self._mess.part_rows)) if split else 1
        return [count * number // parts for number in range(1, parts + 1)]

    def _part(
        self,
        rows: Sequence[tuple[str, ...]],
        span: range,
        inserted: dict[int, list[Fields]],
        loose: set[int],
        is_last: bool,
    ) -> Part:
        layout = self._layout()

        def lines() -> Iterator[Fields]:
            for index in (*span, *([span.stop] if is_last else [])):
                for fields in inserted.get(index, ()):
                    yield layout.row(fields)
                if index < span.stop:
                    yield layout.row(self._loosened(rows[index]) if index in loose else rows[index])

        return Part([self._names[index] for index in layout.order] + list(layout.extra), lines())

    def _layout(self) -> _Layout:
        order = list(range(len(self._names)))
        if self._mess.extra_columns and self._random.random() < 0.5:
            self._random.shuffle(order)
        extra = self._mess.extra_columns and self._random.random() < 0.4
        return _Layout(tuple(order), {"extract_run": "2026-01"} if extra else {})

    def _loosened(self, row: tuple[str, ...]) -> Fields:
        """Return a row with spaces around a value and a truth value in other words."""
        fields = list(row)
        position = self._random.randrange(len(fields))
        fields[position] = f" {fields[position]} "
        for index in self._booleans:
            fields[index] = self._random.choice(_TRUTHS.get(fields[index], (fields[index],)))
        return fields
