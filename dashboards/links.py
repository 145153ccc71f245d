"""Addresses of pages that others lead to; they carry the filters, so that these stay."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboards.filters import ENTITY, FROM, TO
from dashboards.scope import Scope

RETURN = "return"


def return_address(case_id: str, scope: Scope) -> str:
    """Return the address of the page of one return, seen under the filters of a scope."""
    days = {FROM: scope.start, TO: scope.end}
    kept = {name: day.isoformat() for name, day in days.items() if day}
    return f"/{RETURN}?{urlencode({RETURN: case_id, ENTITY: scope.entities or (), **kept}, doseq=True)}"
