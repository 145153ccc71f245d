"""The load report of a published build: every row read is kept, superseded or quarantined."""

from __future__ import annotations

import json

from pipeline.text_table import count, table_text
from pipeline.warehouse import Connection

_FIELDS = ("system", "table", "rows_read", "rows_kept", "rows_superseded", "rows_quarantined")
_ROWS = """
    select system, table_name, rows_read, rows_kept, rows_superseded, rows_quarantined
    from marts.load_report
    order by system, table_name
"""


def load_report_json(con: Connection) -> str:
    """Return one object per table: system, table, rows_read, rows_kept, rows_superseded, rows_quarantined."""
    records = [dict(zip(_FIELDS, row, strict=True)) for row in con.execute(_ROWS).fetchall()]
    return json.dumps(records, indent=1) + "\n"


def load_report_text(con: Connection) -> str:
    """Return the report for people: rows per table with totals, quarantine reasons, extra columns."""
    rows = con.execute(_ROWS).fetchall()
    totals = [sum(int(row[position]) for row in rows) for position in range(2, len(_FIELDS))]
    columns = ("system", "table", "read", "kept", "superseded", "quarantined")
    cells = [[*row[:2], *(count(int(value)) for value in row[2:])] for row in rows]
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
    """Why rows are in the quarantine; what a reason says after its kind is the row's own value and is left out."""
    rows = con.execute(
        """
        select system || '/' || table_name, regexp_extract(reason, '^([^:]*(: [^:]*)?)', 1) as kind, count(*) as rows_
        from raw.quarantine
        group by all
        order by rows_ desc, 1, 2
        """
    ).fetchall()
    cells = [[table, kind, count(number)] for table, kind, number in rows]
    return table_text("Quarantine", ("table", "reason", "rows"), cells, ("rows",), "No row is in the quarantine.")


def _extra_columns(con: Connection) -> str:
    rows = con.execute(
        """
        select system || '/' || table_name, column_name, count(*)
        from raw.extra_columns
        group by all
        order by 1, 2
        """
    ).fetchall()
    cells = [[table, column, count(files)] for table, column, files in rows]
    title = "Columns that the contract does not know (ignored)"
    return table_text(title, ("table", "column", "files"), cells, ("files",), "None.")
