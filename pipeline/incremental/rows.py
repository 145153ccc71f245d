"""The raw rows that came and went since the published build: found first, brought to its tables with all the rest."""

from __future__ import annotations

from pipeline.contract import Contract, Table
from pipeline.incremental.files import FileChanges
from pipeline.load.dialect import identifier
from pipeline.warehouse import Connection


def find_changes(con: Connection, contract: Contract, changes: FileChanges) -> int:
    """Find the rows of each table that came and went; return how many.

    They are in `part.arrived.<table>` and `part.gone.<table>`, together in `part.changed.<table>`; the new files are
    loaded in the attached database `delta`. A row of a changed file that stands where it stood, as it was, is not
    among them.
    """
    for schema in ("arrived", "gone", "changed"):
        con.execute(f"create schema part.{schema}")
    return sum(_find(con, table, changes) for table in contract.tables)


def _find(con: Connection, table: Table, changes: FileChanges) -> int:
    name = identifier(table.raw_name)
    before, now, of_gone = f"from raw.{name}", f"from delta.raw.{name}", {"gone": list(changes.gone)}
    if changes.gone:
        before = f"{before} where list_contains($gone, _file)"
        in_place = f"{now} where list_contains($gone, _file)"
        con.execute(f"create table part.gone.{name} as {before} except all {in_place}", of_gone)
        con.execute(f"create table part.arrived.{name} as {now} except all {before}", of_gone)
    else:
        con.execute(f"create table part.gone.{name} as {before} limit 0")
        con.execute(f"create table part.arrived.{name} as {now}")
    con.execute(f"create view part.changed.{name} as from part.gone.{name} union all from part.arrived.{name}")
    [(count,)] = con.execute(f"select count(*) from part.changed.{name}").fetchall()
    return int(count)


def rows_now(table: Table, only: str = "") -> str:
    """Return the query of the rows of a table as the landing folder has them; `only` joins `rows_`."""
    name = identifier(table.raw_name)
    return f"""
        select rows_.* from raw.{name} as rows_ {only}
        anti join part.gone.{name} as gone on gone._file = rows_._file and gone._row_number = rows_._row_number
        union all
        select rows_.* from part.arrived.{name} as rows_ {only}
    """


def change_rows(con: Connection, contract: Contract) -> None:
    """Bring every raw table to what the landing folder holds."""
    for table in contract.tables:
        name = identifier(table.raw_name)
        con.execute(
            f"delete from raw.{name} using part.gone.{name} as gone"
            f" where raw.{name}._file = gone._file and raw.{name}._row_number = gone._row_number"
        )
        con.execute(f"insert into raw.{name} from part.arrived.{name}")
    con.execute("delete from raw.build_settings")
    con.execute("insert into raw.build_settings from part.raw.build_settings")


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
