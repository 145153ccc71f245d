"""What lies in a landing folder: the files of each table, and what the contract does not know."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.contract import Contract, Table
from pipeline.errors import UsageError

Format = Literal["csv", "parquet"]
_FORMATS: dict[str, Format] = {".csv": "csv", ".parquet": "parquet"}


@dataclass(frozen=True)
class ExtractFile:
    """One file of one table; ``name`` is its path as users know it, relative to the landing folder."""

    table: Table
    path: Path
    name: str
    format: Format


@dataclass
class Landing:
    """The files to load per table, in reading order, and what was found besides them."""

    files: dict[Table, list[ExtractFile]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    from_seeds: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def survey(contract: Contract, extracts: Path, seeds: Path) -> Landing:
    """Find the files of every table of the contract; a table that must be there and is not becomes a problem."""
    if not extracts.is_dir():
        raise UsageError(
            f"{extracts}: no such folder; expected a landing folder with the folders erp, wms and crm "
            f"(extract contract version {contract.version}). Give the folder with --extracts."
        )
    landing = Landing()
    for table in contract.tables:
        landing.files[table] = _files_of(table, extracts, landing)
        if not landing.files[table]:
            _stand_in(table, extracts / table.system, seeds, landing)
    known = {file.name for files in landing.files.values() for file in files}
    landing.unknown = _unknown(contract, extracts, known)
    return landing


def _files_of(table: Table, extracts: Path, landing: Landing) -> list[ExtractFile]:
    folder = extracts / table.system
    single = [folder / f"{table.name}{suffix}" for suffix in _FORMATS]
    for path in single:
        if path.is_dir():
            landing.problems.append(
                f"{table.system}/{path.name} is a folder, expected a file; name a folder of part files {table.label}"
            )
    parts = [
        path for path in _entries(folder / table.name) if path.suffix in _FORMATS and not path.name.startswith(".")
    ]
    found = [path for path in [*single, *parts] if path.is_symlink() or path.is_file()]
    names = {path: path.relative_to(extracts).as_posix() for path in found}
    landing.problems += [
        f"{name!a}: the name is not UTF-8; rename the file" for name in names.values() if not _is_utf_8(name)
    ]
    return [
        ExtractFile(table, path, names[path], _FORMATS[path.suffix]) for path in sorted(found, key=names.__getitem__)
    ]


def _stand_in(table: Table, folder: Path, seeds: Path, landing: Landing) -> None:
    """A reference table comes from the seeds, an optional one is empty, any other is missing."""
    if table.system == "reference":
        seed = seeds / f"{table.name}.csv"
        if seed.is_file():
            landing.files[table] = [ExtractFile(table, seed, f"seeds/{table.name}.csv", "csv")]
            landing.from_seeds.append(table.name)
            return
    if not table.optional:
        alike = [path.name for path in _entries(folder) if path.name.lower().startswith(f"{table.name}.")]
        landing.problems.append(
            f"{table.label} is missing, expected {table.label}.csv, {table.label}.parquet or part files in "
            f"{table.label}/" + (f"; found {', '.join(alike)}, which is not read" if alike else "")
        )


def _unknown(contract: Contract, extracts: Path, known: set[str]) -> list[str]:
    """Everything that is not read: in the landing folder, in the systems' folders and among the part files."""
    tables = {table.label for table in contract.tables}
    found: list[str] = []
    for top in _entries(extracts):
        if top.name not in contract.systems or not top.is_dir():
            found.append(top.name)
            continue
        for entry in _entries(top):
            name = f"{top.name}/{entry.name}"
            if name in tables and entry.is_dir():
                found += [f"{name}/{part.name}" for part in _entries(entry) if f"{name}/{part.name}" not in known]
            elif name not in known:
                found.append(name)
    return found


def _is_utf_8(name: str) -> bool:
    """Whether a name from the file system is text; other bytes come as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be listed ({error.strerror}); check its permissions") from error
