"""Master data of an adversarial world, documents that meet no return, and the return that ends the log."""

from __future__ import annotations

from datetime import timedelta

from .reference import SITES
from .stories import LONG_AGO, add_case, add_memo, add_message, add_receipt, add_replacement
from .world import CURRENCIES, DAY, MICRO, PRICES, QUANTITIES, RMA_WORDS, SKUS, USERS, Row, World


def add_master_data(world: World) -> None:
    for site_id, entity_id, zone in SITES:
        world.add("wms.sites", site_id=site_id, entity_id=entity_id, time_zone=zone)
    for user in USERS:
        if user != "ghost":
            dept, automated = world.pick(("Sales", "Finance", "Warehouse", "IT")), user.startswith("bot")
            world.add("erp.users", user_id=user, department=dept, is_automation=str(automated), updated_at=LONG_AGO)
    for number, days in enumerate((0, 1, 2, 14, 30, -1)):
        row = {"supplier_id": f"V{number}", "name": "Supplier", "claim_window_days": str(days)}
        world.add(
            "erp.suppliers", **row, recovery_agreement=world.pick(("1", "yes", "f", "T")), updated_at="2024-05-01"
        )
    for sku in SKUS[:-1]:
        supplier, cost = world.pick(("V0", "V1", "V2", "V3", "V5", "V9", "")), world.pick(PRICES)
        row = {"sku": sku, "category": world.pick(("pumps", "valves")), "supplier_id": supplier, "unit_cost": cost}
        flags = {"hazardous": "n", "serialized": "N", "updated_at": world.pick(("", LONG_AGO, "2024-05-01"))}
        world.add("erp.products", **row, cost_currency=world.pick((*CURRENCIES, "USD", "EUR")), **flags)
    world.add("erp.customers", customer_id="K1", entity_id="0100", name="Customer", updated_at=LONG_AGO)
    for number in range(1, 6):
        for line_no in ("1", "01", "2"):
            ordered = world.utc(world.horizon - world.pick((90 * DAY, 60 * DAY, 2 * DAY)))
            row = {"order_id": f"O{number}", "line_no": line_no, "entity_id": "0100", "customer_id": "K1", "sku": "P1"}
            money = {"quantity": world.pick(QUANTITIES), "unit_price": "10", "currency": "USD"}
            world.add("erp.sales_order_lines", **row, **money, ordered_at=ordered, updated_at=LONG_AGO)


def add_strangers(world: World) -> None:
    """Documents that name nothing, something unknown, or nothing that is known yet."""
    nobody = {"id": "GONE", "entity": "0100", "currency": "USD", "start": world.horizon - 30 * DAY, "lines": ()}
    for _ in range(6):
        entity_id, at = world.pick(("0100", "0200", "0300", "0400")), world.near(nobody["start"])
        add_memo(world, world.pick(("", "GONE")), entity_id, at, world.pick(("10", "501", "77.7")), nobody)
        add_replacement(world, world.pick(("", "GONE")), entity_id, at)
        add_receipt(world, world.pick(("S1", "S3", "S5", "S7", "S99")), world.pick(RMA_WORDS), entity_id, at, ["P1"])
        add_case(world, world.pick(("0100", "0800")), world.pick(("", "---", "nothing")), at)
        add_message(world, world.pick(("", "0800", "0200")), world.pick(("", "---")), at)
        row = {"event_id": world.next_id("B"), "entity_id": "0800", "rma_number": "x", "event_type": "delivered"}
        world.add("tms.tracking_events", **row, occurred_at=world.offset(at))
    for table, row in late_strangers(world):
        world.add(table, **row)


def late_strangers(world: World) -> list[tuple[str, Row]]:
    """Unlinked documents after the end of the log: not there yet, whatever as-of is."""
    late = (world.horizon + 40 * DAY).isoformat().replace("+00:00", "Z")
    by = {"created_by": "u1", "created_at": late, "updated_at": late}
    memo = {"credit_memo_id": world.next_id("G"), "entity_id": "0100", "amount": "900", "currency": "USD", **by}
    order = {
        "replacement_id": world.next_id("N"),
        "entity_id": "0100",
        "customer_id": "K1",
        "sku": "P1",
        "quantity": "1",
    }
    receipt = {"receipt_id": world.next_id("W"), "site_id": "S1", "rma_number": "none", "sku": "P1", "quantity": "1"}
    return [
        ("erp.credit_memos", {**memo, "return_id": "GONE", "posted_at": late, "posted_by": "u2"}),
        ("erp.replacement_orders", {**order, **by}),
        ("wms.receipts", {**receipt, "lpn": "L", "received_at": late, "received_by": "u1", "updated_at": late}),
    ]


def add_last_event(world: World) -> None:
    """The return whose last event is the horizon, so that limits reckoned from there are hit exactly."""
    if not world.returns:
        return
    start = (world.horizon - 3 * DAY).isoformat().replace("+00:00", "Z")
    last = (world.horizon + world.pick((timedelta(0), timedelta(0), MICRO))).isoformat().replace("+00:00", "Z")
    row = {"return_id": "LAST", "entity_id": "0100", "rma_number": "LAST-1", "customer_id": "K1", "currency": "USD"}
    world.add("erp.returns", **row, created_at=start, created_by="u1", updated_at=start)
    change = {"change_id": "LAST", "return_id": "LAST", "to_status": "closed", "changed_at": last, "changed_by": "u1"}
    world.add("erp.return_status_changes", **change)
