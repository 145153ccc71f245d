"""Extracts into the schema ``raw``: every row typed as the contract says, or in the quarantine with the reason."""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path

import duckdb

from pipeline.contract import Contract, Table, load_contract
from pipeline.errors import UsageError
from pipeline.load.headers import Header, complaints, extra_columns, read_header
from pipeline.load.landing import ExtractFile, Landing, survey
from pipeline.load.raw_tables import create_tables, report_extra_columns
from pipeline.load.reading import load_file
from pipeline.load.summary import LoadSummary, TableSummary
from pipeline.load.zones import refuse_unknown_zones

__all__ = ["LoadSummary", "TableSummary", "load_extracts"]


def load_extracts(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    seeds: Path,
    progress: Callable[[str], None],
    only: Set[str] | None = None,
) -> LoadSummary:
    """Load a landing folder into the schema ``raw`` of a fresh database.

    ``only`` names the files whose rows are read, None for all; the columns of every file are looked at.

    Writes one table per contract table, ``raw.quarantine``, ``raw.load_files`` and ``raw.extra_columns``; reference
    tables that the landing folder does not bring come from ``seeds``. Raises ``UsageError`` when the extracts break the
    contract or a file cannot be read, before any row is loaded where the headers can tell.
    """
    contract = load_contract()
    landing = survey(contract, extracts, seeds)
    headers = _headers(con, contract, landing)
    for name in landing.unknown:
        progress(f"{name}: not part of the contract, ignored")
    create_tables(con, contract.tables)
    chosen = {
        table: [file for file in files if only is None or file.name in only] for table, files in landing.files.items()
    }
    tables = tuple(_load_table(con, table, chosen[table], headers, progress) for table in contract.tables)
    refuse_unknown_zones(con)
    extras = {file: extra_columns(file.table, header) for file, header in headers.items()}
    for file, names in extras.items():
        report_extra_columns(con, file, names)
    return LoadSummary(
        tables=tables,
        extra_columns=tuple((file.name, name) for file, names in extras.items() for name in names),
        unknown_files=tuple(landing.unknown),
        tables_from_seeds=tuple(landing.from_seeds),
    )


def _headers(con: duckdb.DuckDBPyConnection, contract: Contract, landing: Landing) -> dict[ExtractFile, Header]:
    """Read every header before any row, so that everything wrong is told at once."""
    headers: dict[ExtractFile, Header] = {}
    problems = list(landing.problems)
    for file in (file for files in landing.files.values() for file in files):
        try:
            headers[file] = read_header(con, file)
            problems += complaints(file, headers[file])
        except UsageError as error:
            problems.append(str(error))
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems)
        raise UsageError(
            f"The extracts break the extract contract, version {contract.version}:\n{listed}\n"
            "Mend the extracts and build again; nothing was changed."
        )
    return headers


def _load_table(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    files: list[ExtractFile],
    headers: dict[ExtractFile, Header],
    progress: Callable[[str], None],
) -> TableSummary:
    read = bad = 0
    for file in files:
        file_read, file_bad = load_file(con, file, headers[file], progress)
        read, bad = read + file_read, bad + file_bad
    progress(f"{table.label}: {read} rows read from {len(files)} files, {bad} quarantined")
    return TableSummary(table.system, table.name, len(files), read, bad)
