"""Which version of a row is kept, and what instant each of its stamps is; then the view as of an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .clock import Clock, Row, to_utc
from .columns import TABLES, Table
from .reading import Landed, Landing, Stamp

Tables = dict[str, list[Row]]
OWNERS_FIRST = ("wms.sites", "wms.receipts", "erp.returns", "crm.cases")
NEVER = datetime.min.replace(tzinfo=UTC)


class Owners:
    """Finds the site and the entity of a row among the tables kept so far."""

    def __init__(self, kept: Tables, clock: Clock) -> None:
        self.kept, self.clock = kept, clock
        self.indexes: dict[str, dict[str, Row]] = {}

    def find(self, table: str, key: str, value: str | None) -> Row:
        if table not in self.indexes and table in self.kept:
            self.indexes[table] = {row[key]: row for row in self.kept[table]}
        return self.indexes.get(table, {}).get(value, {})

    def site(self, values: Row) -> Row:
        receipt = self.find("wms.receipts", "receipt_id", values.get("receipt_id"))
        site_id = values["site_id"] if "site_id" in values else receipt.get("site_id")
        return self.find("wms.sites", "site_id", site_id)

    def entity_id(self, values: Row) -> str | None:
        owners = (
            values,
            self.site(values),
            self.find("erp.returns", "return_id", values.get("return_id")),
            self.find("crm.cases", "case_id", values.get("case_id")),
        )
        known = (owner.get("entity_id") for owner in owners)
        return next((entity_id for entity_id in known if entity_id in self.clock.entities), None)

    def instant(self, stamp: Stamp, values: Row) -> datetime:
        if stamp.day:
            return self.clock.day_end(stamp.day, self.entity_id(values))
        if stamp.wall:
            return to_utc(stamp.wall, ZoneInfo(self.site(values).get("time_zone", "UTC")))
        return stamp.instant

    def resolve(self, landed: Landed, table: Table) -> Row:
        """The row with instants for stamps, `<stamp>.precision` beside them, and its key as written."""
        row: dict[str, Any] = dict(landed.values)
        for name in table.stamps:
            if row[name] is not None:
                row[f"{name}.precision"] = "day" if row[name].day else "second"
                row[name] = self.instant(row[name], landed.values)
        row["source_key"] = "-".join(str(landed.written[name]) for name in table.key)
        row["version"] = (row.get("updated_at") or NEVER, landed.file, landed.number)
        return row


def keep_table(table: Table, landing: Landing, owners: Owners) -> list[Row]:
    """One row per key: the greatest `updated_at`, then the last by file and row number."""
    kept: dict[tuple, Row] = {}
    for landed in landing.rows[table.full_name]:
        row = owners.resolve(landed, table)
        key = tuple(row[name] for name in table.key)
        if key not in kept or row["version"] > kept[key]["version"]:
            kept[key] = row
    return list(kept.values())


def keep(landing: Landing) -> tuple[Tables, Clock]:
    kept: Tables = {}
    owners = Owners(kept, clock=None)
    names = sorted(TABLES, key=lambda name: not name.startswith("reference."))
    for name in [n for n in names if n.startswith("reference.")]:
        kept[name] = keep_table(TABLES[name], landing, owners)
    owners.clock = Clock(kept)
    for name in (*OWNERS_FIRST, *(n for n in names if n not in kept and n not in OWNERS_FIRST)):
        kept[name] = keep_table(TABLES[name], landing, owners)
    return kept, owners.clock


def first_stamp(table: Table) -> str | None:
    required = (c.name for c in table.columns if c.type == "timestamp" and c.required and c.name != "updated_at")
    return next(required, None)


def as_of_view(kept: Tables, as_of: datetime | None) -> Tables:
    """The tables as they stood: later stamps null, later rows not there. None sees everything."""
    return {name: [row for row in map(_seen(TABLES[name], as_of), rows) if row] for name, rows in kept.items()}


def _seen(table: Table, as_of: datetime | None):
    stamps, first = [name for name in table.stamps if name != "updated_at"], first_stamp(table)

    def seen(row: Row) -> Row | None:
        if as_of is None:
            return row
        later = {name: None for name in stamps if row[name] is not None and row[name] > as_of}
        return None if first in later else {**row, **later}

    return seen


def load_report(landing: Landing, kept: Tables) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Rows read, kept, superseded, quarantined by system and table."""
    report = {}
    for name, table in TABLES.items():
        read, good = landing.read[name], len(landing.rows[name])
        report[table.system, table.name] = (read, len(kept[name]), good - len(kept[name]), read - good)
    return report
