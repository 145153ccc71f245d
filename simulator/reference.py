"""The reference tables of a simulated distributor: the default seeds, with a scenario's policies laid over them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from simulator.clock import Week, minutes_of

TABLES = (
    "entities", "calendars", "holidays", "fx_rates", "code_map", "reasons", "dispositions", "sla_targets",
    "policies", "kpi_targets",
)  # fmt: skip
ANY = "*"

Row = dict[str, str]


@dataclass(frozen=True)
class Reference:
    """The ten reference tables as rows of text, and the look-ups that the simulation needs."""

    tables: Mapping[str, list[Row]]
    standard_codes: Mapping[tuple[str, str, str], str]
    source_codes: Mapping[tuple[str, str, str], str]
    rates: Mapping[tuple[str, str], Decimal]
    policies: Mapping[tuple[str, str], Decimal]
    liable_reasons: frozenset[str]
    receiptless: frozenset[str]

    def standard(self, entity_id: str, domain: str, source_code: str | None) -> str | None:
        """Return the standard code of a source code; None when it is null or unmapped."""
        if source_code is None:
            return None
        own = self.standard_codes.get((entity_id, domain, source_code))
        return own if own is not None else self.standard_codes.get((ANY, domain, source_code))

    def source(self, entity_id: str, domain: str, standard_code: str) -> str:
        """Return the entity's own code of a standard code, or the standard code itself."""
        return self.source_codes.get((entity_id, domain, standard_code), standard_code)

    def rate(self, currency: str, day: date) -> Decimal:
        """Return the rate into the reporting currency in the month of a date."""
        return self.rates[currency, f"{day:%Y-%m}-01"]

    def policy(self, entity_id: str, name: str) -> Decimal:
        """Return a policy's value, the entity's own one first."""
        own = self.policies.get((entity_id, name))
        return own if own is not None else self.policies[ANY, name]

    def week(self, calendar_id: str) -> Week:
        """Return a calendar's opening hours and holidays."""
        hours = {
            int(row["weekday"]): (minutes_of(row["open_time"]), minutes_of(row["close_time"]))
            for row in self.tables["calendars"]
            if row["calendar_id"] == calendar_id
        }
        days = [row["holiday_date"] for row in self.tables["holidays"] if row["calendar_id"] == calendar_id]
        return Week(hours, frozenset(map(date.fromisoformat, days)))


def load_reference(seeds: Path, policies: Mapping[str, Mapping[str, float]]) -> Reference:
    """Read the seeds (``<table>.csv``) and lay policies (by entity, then name) over them."""
    tables = {name: _rows(seeds / f"{name}.csv") for name in TABLES}
    tables["policies"] = _with_policies(tables["policies"], policies)
    codes = tables["code_map"]
    return Reference(
        tables=tables,
        standard_codes={(r["entity_id"], r["domain"], r["source_code"]): r["standard_code"] for r in codes},
        source_codes={(r["entity_id"], r["domain"], r["standard_code"]): r["source_code"] for r in codes},
        rates={(r["currency"], r["month"]): Decimal(r["rate"]) for r in tables["fx_rates"]},
        policies={(r["entity_id"], r["policy"]): Decimal(r["value"]) for r in tables["policies"]},
        liable_reasons=frozenset(r["reason_code"] for r in tables["reasons"] if r["supplier_liable"] == "true"),
        receiptless=frozenset(r["disposition_code"] for r in tables["dispositions"] if r["needs_receipt"] == "false"),
    )


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return [dict(row) for row in csv.DictReader(file)]


def _with_policies(rows: list[Row], policies: Mapping[str, Mapping[str, float]]) -> list[Row]:
    merged = {(row["entity_id"], row["policy"]): row for row in rows}
    for entity_id, values in policies.items():
        for name, value in values.items():
            merged[entity_id, name] = {"entity_id": entity_id, "policy": name, "value": f"{value:g}"}
    return list(merged.values())
