"""The reference tables and master data that every world shares.

Open Monday to Friday 08:00-17:00, a standard day of nine hours; 17 March 2025, a Monday, is a holiday.
"""

from __future__ import annotations

from tests.worlds.rows import Extracts


def fill(x: Extracts) -> None:
    """Add calendars, rates, codes, targets, products, suppliers and users."""
    x.entity("US")
    x.entity("DE", time_zone="Europe/Berlin", currency="EUR")
    for weekday in range(1, 6):
        x.add("reference/calendars", calendar_id="CAL", weekday=weekday, open_time="08:00", close_time="17:00")
    x.add("reference/holidays", calendar_id="CAL", holiday_date="2025-03-17", name="Spring day")
    for month in range(1, 7):
        x.add("reference/fx_rates", currency="USD", month=f"2025-{month:02}-01", rate="1")
    x.add("reference/fx_rates", currency="EUR", month="2025-03-01", rate="1.1")
    x.add("reference/fx_rates", currency="EUR", month="2025-04-01", rate="1.2")
    _codes(x)
    for obligation, hours in (
        ("acknowledgement", 4),
        ("approval_notice", 8),
        ("receipt_confirmation", 8),
        ("credit_notice", 16),
    ):
        x.add("reference/sla_targets", obligation=obligation, business_hours=hours, entity_id="*")
    x.add("reference/policies", entity_id="*", policy="receipt_posting_hours", value="4")
    x.add("reference/policies", entity_id="DE", policy="receipt_posting_hours", value="6")
    _master_data(x)


def _codes(x: Extracts) -> None:
    for domain, source, standard in (
        ("reason", "DEF", "DEFECTIVE"),
        ("reason", "CHG", "NOT_NEEDED"),
        ("disposition", "REST", "RESTOCK"),
        ("disposition", "FS", "FIELD_SCRAP"),
        ("channel", "web", "PORTAL"),
    ):
        x.add("reference/code_map", entity_id="*", domain=domain, source_code=source, standard_code=standard)
    x.add("reference/reasons", reason_code="DEFECTIVE", responsibility="supplier", supplier_liable="yes")
    x.add("reference/reasons", reason_code="NOT_NEEDED", responsibility="customer", supplier_liable="no")
    x.add("reference/dispositions", disposition_code="RESTOCK", executed_activity="Restocked", needs_receipt="true")
    x.add("reference/dispositions", disposition_code="FIELD_SCRAP", executed_activity="Scrapped", needs_receipt="false")


def _master_data(x: Extracts) -> None:
    x.add("erp/customers", customer_id="C1", entity_id="US", name="<script>alert(1)</script>")
    x.add("erp/suppliers", supplier_id="SUP1", name="One", recovery_agreement="true", claim_window_days="30")
    x.add("erp/suppliers", supplier_id="SUP2", name="Two", recovery_agreement="false", claim_window_days="30")
    plain = {"cost_currency": "USD", "hazardous": "false", "serialized": "false"}
    x.add("erp/products", sku="S1", category="Pumps", supplier_id="SUP1", unit_cost="10", **plain)
    x.add("erp/products", sku="S2", category="Tools", unit_cost="20", **plain)
    x.add("erp/products", sku="S3", category="Pumps", supplier_id="SUP2", unit_cost="5", **plain)
    for user, department, automation in (
        ("cs1", "Customer Service", "no"),
        ("wh1", "Warehouse", "no"),
        ("qa1", "Quality", "no"),
        ("fi1", "Finance", "no"),
        ("fi2", "Finance", "no"),
        ("bot", "Integration", "yes"),
    ):
        x.add("erp/users", user_id=user, department=department, is_automation=automation)
