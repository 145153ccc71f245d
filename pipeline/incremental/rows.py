"""The raw rows of a build: those of the published one, less what vanished, with what is new."""

from __future__ import annotations

from pipeline.contract import Table
from pipeline.incremental.files import FileChanges
from pipeline.load.dialect import identifier
from pipeline.warehouse import Connection


def change_rows(con: Connection, table: Table, changes: FileChanges) -> int:
    """Bring `raw.<table>` to what the landing folder holds; return how many rows came or went.

    The rows that did are in `part.changed.<table>`; the new files are loaded in the attached database `delta`. A row
    of a changed file that stands where it stood, as it was, did not change.
    """
    raw, delta, changed = (f"{where}.{identifier(table.raw_name)}" for where in ("raw", "delta.raw", "part.changed"))
    con.execute(f"create table {changed} as from {delta} limit 0")
    con.execute(
        f"""
        insert into {changed}
        (from {raw} where list_contains($gone, _file) except all from {delta} where list_contains($gone, _file))
        """,
        {"gone": list(changes.gone)},
    )
    con.execute(
        f"delete from {raw} using {changed} as gone where {raw}._file = gone._file"
        f" and {raw}._row_number = gone._row_number"
    )
    con.execute(f"create temp table arrived as from {delta} as rows_ anti join {raw} using (_file, _row_number)")
    con.execute(f"insert into {raw} from temp.arrived")
    con.execute(f"insert into {changed} from temp.arrived")
    con.execute("drop table temp.arrived")
    [(count,)] = con.execute(f"select count(*) from {changed}").fetchall()
    return int(count)


def change_reports(con: Connection, changes: FileChanges) -> None:
    """Bring the quarantine and the report of files to what the landing folder holds.

    Names of unknown columns are read with every header, so those of `delta` are all.
    """
    read = {"names": [*changes.to_read, *changes.vanished]}
    for report in ("quarantine", "load_files"):
        con.execute(f"delete from raw.{report} where list_contains($names, file)", read)
        con.execute(f"insert into raw.{report} from delta.raw.{report}")
    con.execute("delete from raw.extra_columns")
    con.execute("insert into raw.extra_columns from delta.raw.extra_columns")
