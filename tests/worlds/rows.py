"""Write literal extracts: each row says what matters to its world, the rest is plain."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from pipeline.contract import load_contract

LONG_AGO = "2024-01-01T00:00:00Z"
DEFAULTS: dict[str, dict[str, object]] = {
    "reference/entities": {"time_zone": "America/New_York", "currency": "USD", "calendar_id": "CAL"},
    "erp/sales_order_lines": {
        "entity_id": "US",
        "customer_id": "C1",
        "sku": "S1",
        "unit_price": "10.00",
        "currency": "USD",
        "ordered_at": "2025-01-02T10:00:00Z",
    },
    "erp/returns": {
        "entity_id": "US",
        "customer_id": "C1",
        "currency": "USD",
        "created_by": "cs1",
        "updated_at": LONG_AGO,
    },
    "erp/return_lines": {
        "line_no": "1",
        "sku": "S2",
        "quantity": "1",
        "unit_price": "10.00",
        "reason_code": "CHG",
        "updated_at": LONG_AGO,
    },
    "erp/return_status_changes": {"changed_by": "cs1"},
    "erp/dispositions": {
        "line_no": "1",
        "quantity": "1",
        "disposition_code": "REST",
        "decided_by": "qa1",
        "currency": "USD",
        "updated_at": LONG_AGO,
    },
    "erp/credit_memos": {
        "entity_id": "US",
        "amount": "10.00",
        "currency": "USD",
        "created_by": "fi1",
        "gl_document": "GL",
        "updated_at": LONG_AGO,
    },
    "erp/replacement_orders": {
        "entity_id": "US",
        "customer_id": "C1",
        "sku": "S2",
        "quantity": "1",
        "created_by": "cs1",
        "updated_at": LONG_AGO,
    },
    "erp/supplier_claims": {
        "line_no": "1",
        "supplier_id": "SUP1",
        "claimed_amount": "10.00",
        "currency": "USD",
        "created_by": "fi1",
        "updated_at": LONG_AGO,
    },
    "erp/stock_postings": {"entity_id": "US", "posted_by": "bot"},
    "wms/receipts": {"site_id": "W-US", "sku": "S2", "quantity": "1", "lpn": "L", "received_by": "wh1"},
    "wms/inspections": {"inspected_by": "qa1"},
    "wms/stock_moves": {"moved_by": "wh1"},
    "crm/cases": {"entity_id": "US", "customer_id": "C1", "updated_at": LONG_AGO},
    "crm/messages": {"direction": "outbound"},
    "tms/tracking_events": {"entity_id": "US"},
    "middleware/messages": {"interface": "CREDIT", "attempt": "1"},
}


class Extracts:
    """The rows of a landing folder, by table."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, object]]] = defaultdict(list)

    def add(self, table: str, **values: object) -> None:
        """Add a row to ``system/table``."""
        self._rows[table].append({**DEFAULTS.get(table, {}), **values})

    def entity(self, entity_id: str, **values: object) -> None:
        """Add an entity and its one site ``W-<entity>`` in the same zone."""
        self.add("reference/entities", entity_id=entity_id, name=entity_id, **values)
        zone = values.get("time_zone", DEFAULTS["reference/entities"]["time_zone"])
        self.add("wms/sites", site_id=f"W-{entity_id}", entity_id=entity_id, time_zone=zone)

    def a_return(self, return_id: str, created_at: str, lines: int = 1, **values: object) -> None:
        """Add a return whose RMA number is ``RMA-<return_id>``, with that many plain lines."""
        self.add(
            "erp/returns",
            **{"return_id": return_id, "rma_number": f"RMA-{return_id}", "created_at": created_at, **values},
        )
        for line in range(1, lines + 1):
            self.add("erp/return_lines", return_id=return_id, line_no=str(line))

    def status(self, return_id: str, *changes: tuple[str, str], by: str = "cs1") -> None:
        """Add status changes of a return: (to_status, changed_at)."""
        for to_status, changed_at in changes:
            key = f"{return_id}/{len(self._rows['erp/return_status_changes']):04}"
            self.add(
                "erp/return_status_changes",
                change_id=key,
                return_id=return_id,
                to_status=to_status,
                changed_at=changed_at,
                changed_by=by,
            )

    def receipt(
        self, receipt_id: str, return_id: str, received_at: str, entity_id: str = "US", **values: object
    ) -> None:
        """Add a receipt at the entity's site, scanned with the return's number."""
        site = {"site_id": f"W-{entity_id}", "rma_number": f"RMA-{return_id}"}
        self.add("wms/receipts", **{"receipt_id": receipt_id, "received_at": received_at, **site, **values})

    def write(self, folder: Path) -> None:
        """Write every table of the contract as CSV."""
        for table in load_contract().tables:
            path = folder / table.system / f"{table.name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", newline="", encoding="utf-8") as handle:
                writer = csv.DictWriter(handle, [column.name for column in table.columns])
                writer.writeheader()
                writer.writerows(self._rows[f"{table.system}/{table.name}"])
