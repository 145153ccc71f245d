"""Reference tables of the adversarial worlds."""

from __future__ import annotations

import random
from datetime import date, timedelta

ENTITIES = (
    ("0100", "East", "US", "America/New_York", "USD", "CAL-A"),
    ("0200", "Rhein", "DE", "Europe/Berlin", "EUR", "CAL-B"),
    ("0300", "Howe", "AU", "Australia/Lord_Howe", "AUD", "CAL-C"),
    ("0400", "Sur", "CL", "America/Santiago", "USD", "CAL-UNKNOWN"),
    ("100", "Kathmandu", "NP", "Asia/Kathmandu", "EUR", "CAL-A"),
)
SITES = (
    ("S1", "0100", "America/New_York"),
    ("S2", "0100", "Europe/London"),
    ("S3", "0200", "Europe/Berlin"),
    ("S4", "0200", "America/New_York"),
    ("S5", "0300", "Australia/Lord_Howe"),
    ("S6", "0400", "America/Santiago"),
    ("S7", "0900", "Asia/Kathmandu"),
    ("S8", "100", "Australia/Lord_Howe"),
)
CALENDARS = (
    *(("CAL-A", str(day), "08:00", "17:00") for day in range(1, 6)),
    ("CAL-A", "6", "09:00", "12:30"),
    *(("CAL-B", str(day), "07:30", "16:00") for day in (1, 2, 4, 5)),
    ("CAL-B", "3", "00:00", "24:00"),
    *(("CAL-C", str(day), "00:00", "24:00") for day in (2, 3, 4)),
    ("CAL-C", "6", "13:15", "24:00"),
    ("CAL-SPARE", "1", "08:00", "09:00"),
)
SUNDAYS = (("02:30", "03:00"), ("01:30", "02:30"), ("00:00", "24:00"), ("01:00", "01:30"), ("02:15", "23:59"))
CODES = (
    ("*", "reason", "DEF", "DEFECTIVE"),
    ("0100", "reason", "DEF", "NOT_NEEDED"),
    ("*", "reason", "W", "WARRANTY"),
    ("0200", "reason", "X", "NO_SUCH_STANDARD"),
    ("0300", "reason", "DMG", "DAMAGED"),
    ("*", "reason", "DMG", "DEFECTIVE"),
    ("*", "reason", "R\u00fcck", "WARRANTY"),
    ("*", "channel", "DEF", "WEB"),
    ("*", "channel", "web", "WEB"),
    ("0200", "channel", "web", "PORTAL"),
    ("0900", "channel", "edi", "EDI"),
    ("*", "disposition", "RS", "RESTOCK"),
    ("0300", "disposition", "RS", "KEEP"),
    ("*", "disposition", "SC", "SCRAP"),
    ("*", "disposition", "KEEP", "KEEP"),
    ("*", "disposition", "RTV", "RTV"),
    ("*", "disposition", "QQ", "NOT_IN_TABLE"),
    ("*", "condition", "A", "GOOD"),
)
REASONS = (
    ("DEFECTIVE", "supplier", "true"),
    ("WARRANTY", "supplier", "Y"),
    ("NOT_NEEDED", "customer", "0"),
    ("DAMAGED", "carrier", "f"),
)
DISPOSITIONS = (
    ("RESTOCK", "Restocked", "yes"),
    ("SCRAP", "Scrapped", "TRUE"),
    ("KEEP", "Donated", "no"),
    ("RTV", "Returned To Vendor", "1"),
)
POLICIES = (
    ("*", "receipt_posting_hours", ("4", "2", "0")),
    ("0200", "receipt_posting_hours", ("8", "0.5")),
    ("*", "status_sync_hours", ("24", "48")),
    ("0100", "status_sync_hours", ("24", "0")),
    ("*", "credit_approval_limit", ("500", "100")),
    ("0300", "credit_approval_limit", ("25", "0")),
    ("*", "stale_days", ("14", "7")),
    ("0200", "stale_days", ("2", "0.5")),
    ("*", "return_window_days", ("30",)),
)
SLA = (
    ("acknowledgement", "*", ("4", "2")),
    ("approval_notice", "*", ("8",)),
    ("receipt_confirmation", "*", ("8", "0")),
    ("credit_notice", "*", ("16", "1.5")),
    ("acknowledgement", "0200", ("1", "8.5")),
    ("credit_notice", "0300", ("24",)),
)
MONTHS = [f"{year}-{month:02d}-01" for year in (2024, 2025) for month in range(1, 13)]


def named(names: str, rows: list[tuple]) -> list[dict[str, str]]:
    return [dict(zip(names.split(), row, strict=True)) for row in rows]


def fx_rates(rng: random.Random) -> list[tuple[str, str, str]]:
    """Every month for USD and EUR but one; AUD with gaps; JPY never."""
    gap = rng.choice(("2025-02-01", "2025-10-01", "2024-06-01"))
    rates = [("USD", month, "1.0") for month in MONTHS]
    rates += [("EUR", month, rng.choice(("1.25", "1.0373", "1.111111111"))) for month in MONTHS if month != gap]
    rates += [("AUD", month, f"0.{rng.randrange(500000, 700000)}") for month in MONTHS if rng.random() < 0.8]
    return rates


def holidays(rng: random.Random) -> list[tuple[str, str, str]]:
    days = rng.sample(range(365), 25)
    calendars = ("CAL-A", "CAL-B", "CAL-C", "CAL-UNKNOWN")
    return [(rng.choice(calendars), (date(2025, 1, 1) + timedelta(days=day)).isoformat(), "") for day in days]


def calendars(rng: random.Random) -> list[tuple[str, ...]]:
    """The week of each calendar; Sundays, when clocks change, are open at odd hours or not at all."""
    sundays = [(calendar, "7", *rng.choice(SUNDAYS)) for calendar in ("CAL-A", "CAL-B", "CAL-C") if rng.random() < 0.6]
    return [*CALENDARS, *sundays]


def drawn(rng: random.Random, rows: tuple, keep: float) -> list[tuple[str, str, str]]:
    return [(key, name, rng.choice(values)) for key, name, values in rows if rng.random() < keep]


def reference_tables(rng: random.Random) -> dict[str, list[dict[str, str]]]:
    """All ten tables; policies and targets are sometimes not there for an entity, or not at all."""
    sla = [(obligation, hours, entity) for obligation, entity, hours in drawn(rng, SLA, 0.9)]
    return {
        "reference.entities": named("entity_id name country time_zone currency calendar_id", list(ENTITIES)),
        "reference.calendars": named("calendar_id weekday open_time close_time", calendars(rng)),
        "reference.holidays": named("calendar_id holiday_date name", holidays(rng)),
        "reference.fx_rates": named("currency month rate", fx_rates(rng)),
        "reference.code_map": named("entity_id domain source_code standard_code", list(CODES)),
        "reference.reasons": named("reason_code responsibility supplier_liable", list(REASONS)),
        "reference.dispositions": named("disposition_code executed_activity needs_receipt", list(DISPOSITIONS)),
        "reference.sla_targets": named("obligation business_hours entity_id", sla),
        "reference.policies": named("entity_id policy value", drawn(rng, POLICIES, 0.8)),
        "reference.kpi_targets": named("kpi entity_id target better", [("rework_rate", "*", "0.05", "lower")]),
    }
