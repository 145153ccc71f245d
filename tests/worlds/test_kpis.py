"""Every KPI, on a few returns of an entity of its own, with the answer worked out by hand.

Hours are business hours of the shared calendar: Monday to Friday 08:00-17:00 in New York, nine to the standard day;
from 10 March 2025 that is 12:00-21:00 UTC. 17 March is a holiday.
"""

from __future__ import annotations

import pytest

from pipeline.kpis import KpiRow, kpi_rows
from pipeline.warehouse import Connection
from tests.worlds import kpi_worlds
from tests.worlds.rows import Extracts

NINTH = 1 / 9

# entity -> measure -> (value, n, left out)
EXPECTED: dict[str, dict[str, tuple[float | None, int, int]]] = {
    # 11, 9 and 2 business hours; a fourth return is open again, others were declined or cancelled.
    "K-CYCLE": {
        "cycle_time_days.mean": (22 / 27, 3, 0),
        "cycle_time_days.median": (1.0, 3, 0),
        "cycle_time_days.p90": (1 + 0.8 * 2 * NINTH, 3, 0),
        "open_returns": (1, 1, 0),
        "rework_rate": (1 / 3, 3, 0),
    },
    # No row in reference/calendars: nothing to measure business time with.
    "K-NO-CALENDAR": {"cycle_time_days.mean": (None, 0, 1), "rework_rate": (0.0, 1, 0)},
    # 3 and 9 hours; one credited before, one without, one at the very moment of the receipt.
    "K-CREDIT": {
        "credit_lag_days.mean": (4 * NINTH, 3, 2),
        "credit_lag_days.median": (3 * NINTH, 3, 2),
        "advance_credits": (2, 2, 0),
        "decision_to_credit_days.mean": (1 * NINTH, 1, 4),
    },
    "K-REWORK": {"rework_rate": (3 / 5, 5, 0)},
    # 5 of 8 units agree; scrapped goods are not on hand; absent in both systems agrees.
    "K-STOCK": {"inventory_status_accuracy": (5 / 8, 3, 0)},
    # Costs 20, 10, 30; one claim credited 12 EUR in April at 1.2, one submitted, one line without a claim.
    "K-SUPPLIER": {
        "supplier_recovery_rate": (14.4 / 60, 3, 0),
        "supplier_claim_filing_rate": (2 / 3, 3, 0),
        "unclaimed_supplier_value": (30.0, 1, 0),
    },
    # One line: executed 2 of 3 at cost 20, recovered 5 + 3, supplier credit 4. Another line's cost is unknown.
    "K-RECOVERY": {"recovery_rate": (12 / 40, 1, 1)},
    # Four closed: one with an exception, one touched by people, one never approved, one straight through.
    "K-STRAIGHT": {"exception_rate": (1 / 4, 4, 0), "straight_through_rate": (1 / 4, 4, 0)},
    "K-TOUCH": {"touches_per_return": (5.0, 1, 0), "handoffs_per_return": (2.0, 1, 0)},
    # Answered in time, too late, before the trigger, never (overdue); and one not due yet.
    "K-TOLD": {
        "communication_sla_rate.acknowledgement": (2 / 4, 4, 1),
        "communication_sla_rate.approval_notice": (1.0, 1, 0),
        "communication_sla_rate.receipt_confirmation": (1.0, 1, 0),
        "communication_sla_rate.credit_notice": (0.0, 1, 0),
        "communication_sla_rate": (4 / 7, 7, 1),
    },
    # 3 x 66.11 USD in March and 2 x 10 EUR in April; May has no rate for EUR.
    "K-VALUE": {"value_returned": (198.33 + 24.0, 2, 1)},
}


def fill(x: Extracts) -> None:
    """Add the worlds of all KPIs."""
    kpi_worlds.fill(x)


@pytest.fixture(scope="module")
def measured(worlds: Connection) -> dict[tuple[str, str | None], KpiRow]:
    """Measures by name and entity."""
    return {(row.kpi, row.group): row for row in kpi_rows(worlds, by="entity")}


@pytest.mark.parametrize(("entity", "measure"), [(entity, kpi) for entity, kpis in EXPECTED.items() for kpi in kpis])
def test_a_kpi_equals_the_answer_by_hand(
    measured: dict[tuple[str, str | None], KpiRow], entity: str, measure: str
) -> None:
    row = measured[measure, entity]
    value, n, left_out = EXPECTED[entity][measure]
    assert (row.n, row.left_out) == (n, left_out)
    assert row.value == (value if value is None else pytest.approx(value, rel=1e-12))


def test_every_kpi_has_a_world(worlds: Connection) -> None:
    kpis = {kpi for (kpi,) in worlds.execute("select kpi from staging.kpis").fetchall()}
    covered = {measure.split(".")[0] for measures in EXPECTED.values() for measure in measures}
    assert kpis - {"open_exceptions"} == covered


def test_open_exceptions_count_those_without_resolution(worlds: Connection) -> None:
    [(unresolved,)] = worlds.execute("select count(*) from marts.exceptions where resolved_at is null").fetchall()
    rows = {row.kpi: row.value for row in kpi_rows(worlds)}
    types = [value for kpi, value in rows.items() if kpi.startswith("open_exceptions.")]
    assert rows["open_exceptions"] == unresolved == sum(value or 0 for value in types)


def test_coverage_falls_with_missing_data_only(measured: dict[tuple[str, str | None], KpiRow]) -> None:
    assert measured["credit_lag_days.mean", "K-CREDIT"].coverage == pytest.approx(4 / 5)
    assert measured["cycle_time_days.mean", "K-NO-CALENDAR"].coverage == 0
