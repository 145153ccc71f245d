"""Reading a Parquet file: every value goes through the text that the contract's forms know."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.load.dialect import identifier
from pipeline.load.engine import file_name
from pipeline.load.landing import ExtractFile


def parquet_scan(file: ExtractFile, *options: str) -> str:
    """SQL of the scan of a Parquet file, every column as it is stored; text may lack its mark as text."""
    named = ", ".join([file_name(file.path), "binary_as_string = true", "hive_partitioning = false", *options])
    return f"read_parquet({named})"


def parquet_rows(file: ExtractFile, columns: Sequence[tuple[str, str]]) -> str:
    """SQL of the rows of the file as text, numbered as they stand in it; ``columns`` are (name, engine type)."""
    texts = ", ".join(f"{_text(*column)} as f{position}" for position, column in enumerate(columns))
    numbered = (
        "select file_row_number + 1 as _row_number, cast(null as varchar) as _problem, cast(null as varchar) as _line"
    )
    return f"{numbered}, {texts} from {parquet_scan(file, 'file_row_number = true')}"


def _text(name: str, kind: str) -> str:
    column = identifier(name)
    match kind:
        case "TIMESTAMP WITH TIME ZONE":
            return f"strftime(timezone('UTC', {column}), '%Y-%m-%dT%H:%M:%S.%fZ')"
        case "TIME":
            return f"regexp_replace(cast({column} as varchar), ':00$', '')"
        case _:
            return f"cast({column} as varchar)"
