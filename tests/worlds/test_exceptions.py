"""Every exception rule: what it finds, and what lies just beside it."""

from __future__ import annotations

import pytest

from pipeline.warehouse import Connection
from tests.worlds import exception_worlds
from tests.worlds.rows import Extracts

# type and prefix of its world -> object -> (case, entity, detected, resolved, value)
Expected = dict[str, tuple[str | None, str | None, str, str | None, float | None]]
EXPECTED: dict[tuple[str, str], Expected] = {
    ("duplicate_return", "DUP"): {"DUP-3": ("DUP-3", "US", "2025-03-05 15:00:00", None, 7.5)},
    ("missing_reason", "REA"): {
        "REA-1-1": ("REA-1", "US", "2025-03-03 15:00:00", None, None),
        "REA-2-1": ("REA-2", "US", "2025-03-03 15:00:00", None, None),
        "REA-3-1": ("REA-3", "US", "2025-03-03 15:00:00", None, None),
    },
    ("unmatched_receipt", "UNM"): {
        "UNM-1": (None, "US", "2025-03-04 14:00:00", None, None),
        "UNM-2": (None, "US", "2025-03-04 14:00:00", None, None),
        "UNM-4": (None, "DE", "2025-03-04 08:00:00", None, None),
        "UNM-5": (None, None, "2025-03-04 09:00:00", None, None),
    },
    ("receipt_before_approval", "RBA"): {
        "RBA-1a": ("RBA-1", "US", "2025-03-05 14:59:00", "2025-03-05 15:00:00", None),
        "RBA-2a": ("RBA-2", "US", "2025-03-05 15:00:00", None, None),
    },
    ("late_receipt_posting", "LRP"): {
        "LRP-2": ("LRP", "US", "2025-03-10 13:00:00", "2025-03-10 17:00:01", None),
        "LRP-3": ("LRP", "US", "2025-03-10 13:00:00", None, None),
    },
    ("stock_status_mismatch", "SSM"): {
        "SSM-1": ("SSM", "US", "2025-03-10 14:00:00", None, 60.0),
        "SSM-3": ("SSM", "US", "2025-03-10 14:00:00", None, 20.0),
        "SSM-6": ("SSM", "US", "2025-06-29 11:59:59", None, 20.0),
    },
    ("premature_availability", "PRE"): {
        "PRE-1a": ("PRE-1", "US", "2025-03-10 14:00:00", "2025-03-10 15:00:00", 20.0),
        "PRE-3a": ("PRE-3", "US", "2025-03-10 14:00:00", None, 20.0),
        "PRE-4a": ("PRE-4", "US", "2025-03-10 14:00:00", None, 5.0),
    },
    ("credit_without_receipt", "CWR"): {
        "CWR-1m": ("CWR-1", "US", "2025-03-11 15:00:00", "2025-03-12 14:00:00", 10.0),
        "CWR-4m": ("CWR-4", "US", "2025-03-11 15:00:00", None, 10.0),
    },
    ("credit_without_gl", "CGL"): {
        "CGL-1m": ("CGL-1", "US", "2025-03-11 15:00:00", None, 10.0),
        "CGL-4m": (None, "US", "2025-03-11 15:00:00", None, 10.0),
    },
    ("unlinked_credit", "UNL"): {
        "UNL-1m": (None, "US", "2025-03-11 14:00:00", None, 10.0),
        "UNL-2m": (None, "DE", "2025-03-11 14:00:00", None, 11.0),
    },
    ("excess_credit", "EXC"): {
        "EXC-2": ("EXC-2", "US", "2025-03-12 15:00:00", None, 0.02),
        "EXC-3": ("EXC-3", "US", "2025-03-11 15:00:00", None, 1.0),
    },
    ("unapproved_credit", "UNA"): {
        "UNA-2m": ("UNA", "US", "2025-03-11 15:00:00", None, 500.01),
        "UNA-3m": ("UNA", "US", "2025-03-11 15:00:00", None, 600.0),
        "UNA-5m": ("UNA", "US", "2025-03-11 15:00:00", None, 506.0),
    },
    ("disconnected_replacement", "DIS"): {
        "DIS-1": (None, "US", "2025-03-11 14:00:00", None, None),
        "DIS-2": (None, "US", "2025-03-11 14:00:00", None, None),
    },
    ("missing_replacement", "MRE"): {"MRE-1": ("MRE-1", "US", "2025-03-20 15:00:00", None, None)},
    ("unclaimed_recovery", "UCR"): {
        "UCR-1-1": ("UCR-1", "US", "2025-04-09 14:00:00", None, 10.0),
        "UCR-3-1": ("UCR-3", "US", "2025-04-09 14:00:00", "2025-04-09 14:00:01", 10.0),
    },
    ("stale_return", "STA"): {"STA-2": ("STA-2", "US", "2025-06-30 11:59:59", None, None)},
    ("integration_failure", "INT"): {
        "INT-1": ("INT-R", "US", "2025-03-11 10:00:00", None, None),
        "INT-3": (None, None, "2025-03-11 09:00:00", None, None),
    },
    ("event_order_violation", "EOV"): {
        "EOV-1": ("EOV-1", "US", "2025-03-10 15:00:00", None, None),
        "EOV-2": ("EOV-2", "US", "2025-03-10 13:00:00", None, None),
        "EOV-5": ("EOV-5", "US", "2025-03-10 20:00:00", None, None),
    },
}


def fill(x: Extracts) -> None:
    """Add the worlds of all rules."""
    exception_worlds.fill(x)


@pytest.mark.parametrize(("exception_type", "prefix"), EXPECTED)
def test_a_rule_finds_its_hits_and_not_its_near_misses(worlds: Connection, exception_type: str, prefix: str) -> None:
    query = """
        select object_id, case_id, entity_id, detected_at::varchar, resolved_at::varchar, value::double
        from marts.exceptions
        where exception_type = ? and object_id like ? || '%'
    """
    found = {object_id: tuple(rest) for object_id, *rest in worlds.execute(query, [exception_type, prefix]).fetchall()}
    assert found == EXPECTED[exception_type, prefix]


def test_every_rule_of_the_product_has_a_world(worlds: Connection) -> None:
    query = "select part from staging.kpi_measures where kpi = 'open_exceptions' and part is not null"
    assert {part for (part,) in worlds.execute(query).fetchall()} == {rule for rule, _ in EXPECTED}


def test_evidence_is_json_that_names_what_was_found(worlds: Connection) -> None:
    query = (
        "select evidence ->> 'wms_status', evidence ->> 'erp_status' from marts.exceptions"
        " where object_id = 'SSM-1' and exception_type = 'stock_status_mismatch'"
    )
    assert worlds.execute(query).fetchall() == [("available", "quarantine")]
