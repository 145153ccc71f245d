"""Extracts many times their size: every document copied under new ids, master data kept as it is."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from pipeline.contract import Table, load_contract
from pipeline.load.dialect import literal

MASTER_TABLES = {"erp__customers", "erp__suppliers", "erp__products", "erp__users", "wms__sites"}
DOCUMENT_IDS = {
    "return_id",
    "rma_number",
    "order_id",
    "change_id",
    "disposition_id",
    "credit_memo_id",
    "replacement_id",
    "claim_id",
    "posting_id",
    "receipt_id",
    "inspection_id",
    "move_id",
    "case_id",
    "event_id",
    "message_id",
    "lpn",
}


def multiply(extracts: Path, out: Path, copies: int, form: str = "parquet") -> None:
    """Write ``copies`` of every document of ``extracts`` to ``out`` as ``form`` (or csv); reference tables are copied.

    Lines of a broken structure are dropped: Parquet has none, and both forms are to hold the same rows.
    """
    out.mkdir(parents=True)
    shutil.copytree(extracts / "reference", out / "reference")
    with duckdb.connect() as con:
        for table, files in _tables(extracts):
            (out / table.system).mkdir(exist_ok=True)
            rows = _rows(table, files, None if table.raw_name in MASTER_TABLES else range(copies))
            _write(con, rows, out / table.system / f"{table.name}.{form}")


def grow(extracts: Path, out: Path, copies: range, last_at: datetime) -> None:
    """Add the copies of these numbers to the landing folder `out`, as one more Parquet file of each table.

    One more message to a customer, sent at `last_at` (naive UTC), is the last event.
    """
    with duckdb.connect() as con:
        for table, files in _tables(extracts):
            if table.raw_name not in MASTER_TABLES:
                rows = _rows(table, files, copies)
                if table.raw_name == "crm__messages":
                    rows += f" union all by name select * from ({_last_message(rows, last_at)})"
                (out / table.system / table.name).mkdir()
                _write(con, rows, out / table.system / table.name / "added.parquet")


def _tables(extracts: Path) -> list[tuple[Table, list[Path]]]:
    """The tables that extracts have beside those of reference, with the files of each."""
    found = []
    for table in load_contract().tables:
        folder = extracts / table.system
        files = [*folder.glob(f"{table.name}.csv"), *(folder / table.name).glob("*.csv")]
        found += [(table, sorted(files))] if files and table.system != "reference" else []
    return found


def _rows(table: Table, files: list[Path], copies: range | None) -> str:
    """The query of the rows of a table, once under each number of `copies`; None leaves the ids as they are."""
    columns = ", ".join(
        f'"{column.name}" || \'K\' || copy as "{column.name}"'
        if copies is not None and column.name in DOCUMENT_IDS
        else f'"{column.name}"'
        for column in table.columns
    )
    names = ", ".join(literal(str(file)) for file in files)
    numbers = copies or range(1)
    return (
        f"select {columns} from read_csv([{names}], all_varchar = true, union_by_name = true, ignore_errors = true),"
        f" range({numbers.start}, {numbers.stop}) as copies(copy)"
    )


def _last_message(rows: str, last_at: datetime) -> str:
    return (
        f"select * replace (message_id || 'L' as message_id, '{last_at.isoformat()}Z' as sent_at) from ({rows})"
        " where direction = 'outbound' order by message_id limit 1"
    )


def _write(con: duckdb.DuckDBPyConnection, rows: str, path: Path) -> None:
    con.execute(f"copy ({rows}) to {literal(str(path))} (format {path.suffix[1:]})")
