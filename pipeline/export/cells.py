"""Cells that a spreadsheet shows as text and never runs as a formula."""

from __future__ import annotations

import re

_FORMULA_START = r"^[=+\-@\t\r\n]"
_PLAIN_NUMBER = r"^[+-]?[0-9]+(\.[0-9]+)?$"


def safe_cell(text: str | None) -> str | None:
    """Return `text` with a leading apostrophe when a spreadsheet would take it for a formula.

    Formulas begin with = + - @ tab or line break (OWASP, "CSV Injection"); plain numbers stay as they are.
    """
    if text is None or not re.search(_FORMULA_START, text) or re.search(_PLAIN_NUMBER, text):
        return text
    return f"'{text}"


def safe_cell_sql(column: str) -> str:
    """Return the SQL expression that does the same to a text column."""
    return (
        f"case when regexp_matches({column}, '{_FORMULA_START}') and not regexp_matches({column}, '{_PLAIN_NUMBER}') "
        f"then '''' || {column} else {column} end"
    )
