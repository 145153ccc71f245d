"""Extracts many times their size: every document copied under new ids, master data kept as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipeline.contract import Table, load_contract

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
    con = duckdb.connect()
    for table in load_contract().tables:
        files = sorted((extracts / table.system).glob(f"{table.name}.csv")) + sorted(
            (extracts / table.system / table.name).glob("*.csv")
        )
        if table.system != "reference" and files:
            _multiply_table(con, table, files, out, 1 if table.raw_name in MASTER_TABLES else copies, form)
    con.close()


def _multiply_table(
    con: duckdb.DuckDBPyConnection, table: Table, files: list[Path], out: Path, copies: int, form: str
) -> None:
    columns = ", ".join(
        f'"{column.name}" || \'K\' || copy as "{column.name}"'
        if copies > 1 and column.name in DOCUMENT_IDS
        else f'"{column.name}"'
        for column in table.columns
    )
    (out / table.system).mkdir(exist_ok=True)
    target = str(out / table.system / f"{table.name}.{form}").replace("'", "''")
    con.execute(
        f"copy (select {columns} from read_csv($files, all_varchar = true, union_by_name = true, ignore_errors = true),"
        f" range($copies) as copies(copy)) to '{target}' (format {form})",
        {"files": [str(file) for file in files], "copies": copies},
    )
