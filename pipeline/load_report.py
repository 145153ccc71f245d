"""The load report of a published build: every row read is kept, superseded or quarantined."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.text_table import count, table_text
from pipeline.warehouse import Connection

_FIELDS = ("system", "table", "rows_read", "rows_kept", "rows_superseded", "rows_quarantined")


@dataclass(frozen=True)
class TableLoad:
    """What became of the rows of one extract table."""

    system: str
    table: str
    rows_read: int
    rows_kept: int
    rows_superseded: int
    rows_quarantined: int

    @property
    def adds_up(self) -> bool:
        """Whether every row read is kept, superseded or quarantined."""
        return self.rows_read == self.rows_kept + self.rows_superseded + self.rows_quarantined


@dataclass(frozen=True)
class Refusal:
    """Rows of a table (`system/table`) in the quarantine for one kind of reason; `examples` are up to three places,
    none for who may not know them.

    What a reason says after its kind is the row's own value; neither it nor the row is here.
    """

    table: str
    reason: str
    rows: int
    examples: str


@dataclass(frozen=True)
class ExtraColumn:
    """A column of a table (`system/table`) that the contract does not know, and in how many files."""

    table: str
    column: str
    files: int


def table_loads(con: Connection) -> tuple[TableLoad, ...]:
    """Return what became of the rows of each table of the contract, by system and name."""
    query = """
        select system, table_name, rows_read, rows_kept, rows_superseded, rows_quarantined
        from marts.load_report
        order by system, table_name
    """
    return tuple(TableLoad(*row) for row in con.execute(query).fetchall())


def refusals(con: Connection) -> tuple[Refusal, ...]:
    """Return why rows are in the quarantine, the most frequent reasons first."""
    query = """
        with refused as (
            select
                system || '/' || table_name as table_label,
                regexp_extract(reason, '^([^:]*(: [^:]*)?)', 1) as kind,
                file || ' row ' || row_number as place,
                row_number() over (
                    partition by system, table_name, regexp_extract(reason, '^([^:]*(: [^:]*)?)', 1)
                    order by file, quarantined.row_number
                ) as position
            from raw.quarantine as quarantined
        )
        select
            table_label, kind, count(*),
            coalesce(string_agg(place, ', ' order by position) filter (where position <= 3), '')
        from refused
        group by table_label, kind
        order by count(*) desc, table_label, kind
    """
    return tuple(Refusal(*row) for row in con.execute(query).fetchall())


def extra_columns(con: Connection) -> tuple[ExtraColumn, ...]:
    """Return the columns that the contract does not know, by table and name."""
    query = """
        select system || '/' || table_name, column_name, count(*)
        from raw.extra_columns
        group by all
        order by 1, 2
    """
    return tuple(ExtraColumn(*row) for row in con.execute(query).fetchall())


def load_report_json(con: Connection) -> str:
    """Return one object per table: system, table, rows_read, rows_kept, rows_superseded, rows_quarantined."""
    records = [{field: getattr(one, field) for field in _FIELDS} for one in table_loads(con)]
    return json.dumps(records, indent=1) + "\n"


def load_report_text(con: Connection) -> str:
    """Return the report for people: rows per table with totals, quarantine reasons, extra columns."""
    loads = table_loads(con)
    totals = [sum(getattr(one, field) for one in loads) for field in _FIELDS[2:]]
    columns = ("system", "table", "read", "kept", "superseded", "quarantined")
    cells = [[one.system, one.table, *(count(getattr(one, field)) for field in _FIELDS[2:])] for one in loads]
    cells.append(["all", "", *(count(total) for total in totals)])
    read, kept, superseded, quarantined = totals
    sign = "=" if read == kept + superseded + quarantined else "DIFFERS FROM"
    parts = [
        table_text("Rows read and what became of them", columns, cells, columns[2:]),
        f"{count(read)} read {sign} {count(kept)} kept + {count(superseded)} superseded "
        f"+ {count(quarantined)} quarantined\n",
        _reasons(con),
        _extra_columns(con),
    ]
    return "\n".join(parts)


def _reasons(con: Connection) -> str:
    cells = [[one.table, one.reason, count(one.rows), one.examples] for one in refusals(con)]
    columns = ("table", "reason", "rows", "for example")
    return table_text("Quarantine", columns, cells, ("rows",), "No row is in the quarantine.")


def _extra_columns(con: Connection) -> str:
    cells = [[one.table, one.column, count(one.files)] for one in extra_columns(con)]
    title = "Columns that the contract does not know (ignored)"
    return table_text(title, ("table", "column", "files"), cells, ("files",), "None.")
