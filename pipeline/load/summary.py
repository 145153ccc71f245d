"""What a load found, for messages and reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableSummary:
    """Rows of one table: read from its files and, of these, quarantined."""

    system: str
    table: str
    files: int
    rows_read: int
    rows_quarantined: int


@dataclass(frozen=True)
class LoadSummary:
    """A whole load: rows per table in contract order, and what was found that the contract does not know.

    ``extra_columns`` are (file, column) pairs; ``unknown_files`` were not read; ``tables_from_seeds`` are the reference
    tables that the landing folder does not bring.
    """

    tables: tuple[TableSummary, ...]
    extra_columns: tuple[tuple[str, str], ...]
    unknown_files: tuple[str, ...]
    tables_from_seeds: tuple[str, ...]

    @property
    def rows_read(self) -> int:
        """Rows read from all files."""
        return sum(table.rows_read for table in self.tables)

    @property
    def rows_quarantined(self) -> int:
        """Rows of all files that break the contract."""
        return sum(table.rows_quarantined for table in self.tables)
