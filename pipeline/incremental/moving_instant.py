"""What changes in untouched returns when the as-of instant moves: whatever waits for something, or has not begun.

Every model that reads `as_of` or `as_of_clocks` is thought of here (`READERS_OF_AS_OF`); a stamp between the two
instants is known at one of them only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import yaml

from pipeline.contract import load_contract
from pipeline.incremental.documents import DOCUMENTS, RETURNS, Document
from pipeline.incremental.touched import touch, touch_named, versions
from pipeline.settings import PROJECT
from pipeline.warehouse import Connection

# Canonical documents compare stamps of staging with the instant and nothing else.
READERS_OF_AS_OF = {
    "segments": "returns that are open",
    "exception_stale_return": "returns that are open",
    "exception_late_receipt_posting": "receipts without a posting",
    "exception_stock_status_mismatch": "receipts with another status in either system",
    "exception_unclaimed_recovery": "lines whose claim window ends between the two",
    "int_kpi_communication": "obligations without an answer",
}
_NOT_COUNTED = "updated_at"


@dataclass(frozen=True)
class Between:
    """The least and the greatest instant (naive UTC) that the as-of instant of both builds can be."""

    least: datetime
    greatest: datetime

    @property
    def is_moving(self) -> bool:
        """Whether the two builds can have another instant."""
        return self.least < self.greatest


def touch_last_return(con: Connection) -> datetime | None:
    """Touch the untouched return with the last event of all, so that a part has the instant of the whole; return when.

    None when no return with events is untouched. A return that will be deleted does not count for the instant.
    """
    rows = con.execute(
        f"""
        select cases.case_id, cases.ended_at from event_log.cases as cases
        anti join {RETURNS.touched} as touched on touched.id = cases.case_id
        anti join (select return_id from staging.stg_erp__returns where deleted_at is not null) as dated
            on dated.return_id = cases.case_id
        order by cases.ended_at desc, cases.case_id limit 1
        """
    ).fetchall()
    for case_id, ended_at in rows:
        con.execute(f"insert into {RETURNS.touched} values (?)", [case_id])
        return datetime.fromisoformat(str(ended_at))
    return None


def greatest_stamp(con: Connection) -> datetime | None:
    """Return an instant that no stamp of the touched documents lies after, whatever its zone; None without stamps.

    A day ends, and a wall clock reads, at most a day and some hours after what is written.
    """
    found = [
        f"select greatest({', '.join(latest)}) as stamp from ({versions(document)})"
        for document in DOCUMENTS
        if (latest := [one for stamp in _stamps(document) for one in _latest(document, stamp)])
    ]
    [(greatest,)] = con.execute(f"select max(stamp) from ({' union all '.join(found)})").fetchall()
    return None if greatest is None else datetime.fromisoformat(str(greatest))


def _latest(document: Document, stamp: str) -> list[str]:
    ways = [f"max({stamp})", f"max({stamp}_day) + interval 3 days"]
    return [*ways, f"max({stamp}_local) + interval 1 day"] if document.table.startswith("wms") else ways


def touch_stamps(con: Connection, between: Between) -> None:
    """Touch the documents with a stamp that is known at one of the two instants only, and what they name."""
    bounds = {"least": between.least, "greatest": between.greatest}
    con.execute(
        "create temp table bounds as select $least::timestamp as least, $greatest::timestamp as greatest", bounds
    )
    for document in DOCUMENTS:
        known = " or ".join(f"{stamp} between bounds.least and bounds.greatest" for stamp in _stamps(document))
        if known:
            rows = f"staging.stg_{document.table} as rows_ cross join bounds where {known}"
            touch(con, document, f"select rows_.{document.key} as id from {rows}")
    touch_named(con)


def find_waiting(con: Connection) -> None:
    """Find the returns that are not touched and can read otherwise at the one instant than at the other.

    They are in `part.waiting.returns` (column `id`). The two instants are those that `touch_stamps` was told.
    """
    con.execute(
        "create temp table sync_hours as select $hours::double as hours", {"hours": _default("status_sync_hours")}
    )
    found = " union ".join((_OPEN, _NOT_POSTED, _OTHER_STATUS, _WINDOW_ENDS, _NOT_DUE, _FAILED_LATELY, _AWAITED))
    con.execute(
        f"insert into part.waiting.returns select id from ({found}) as found anti join {RETURNS.touched} using (id)"
        " where id is not null"
    )


def _default(policy: str) -> float:
    """What holds where no policy is given, as the models have it."""
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return float(project["vars"]["policy_defaults"][policy])


def _stamps(document: Document) -> list[str]:
    system, name = document.table.split("__")
    columns = load_contract().table(system, name).timestamp_columns
    return [column.name for column in columns if column.name != _NOT_COUNTED]


_OPEN = "select case_id as id from event_log.cases where is_open"
_NOT_POSTED = "select return_id as id from returns.int_receipt_statuses where erp_status is null"
_OTHER_STATUS = """
    select statuses.return_id as id
    from returns.int_receipt_statuses as statuses
    cross join bounds
    cross join (
        select min(hours) as shortest, max(hours) as longest
        from (
            from sync_hours
            union all
            select value from staging.stg_reference__policies where policy = 'status_sync_hours'
        )
    ) as allowed
    where statuses.wms_status <> coalesce(statuses.erp_status, '')
        and statuses.wms_status_at between bounds.least - to_seconds(allowed.longest * 3600 + 1)
        and bounds.greatest - to_seconds(allowed.shortest * 3600 - 1)
"""
_WINDOW_ENDS = """
    select lines.return_id as id
    from returns.return_lines as lines
    inner join (
        select return_id, line_no, min(decided_at) as decided_at from returns.dispositions group by all
    ) as decided on decided.return_id = lines.return_id and decided.line_no = lines.line_no
    cross join bounds
    where lines.is_supplier_liable
        and decided.decided_at + to_seconds(cast(lines.claim_window_days as double) * 86400)
        between bounds.least - interval 1 second and bounds.greatest + interval 1 second
"""
_AWAITED = "select case_id as id from event_log.rule_verdicts where is_awaited"
_NOT_DUE = "select case_id as id from marts.kpi_items where left_out_reason = 'not due'"
# At an earlier instant an obligation that failed may not be due: no more had passed then than until the day before it.
_FAILED_LATELY = """
    select items.case_id as id
    from marts.kpi_items as items
    cross join bounds
    inner join returns.as_of_clocks as clocks on clocks.entity_id = items.entity_id
    inner join staging.business_days as triggered
        on triggered.entity_id = items.entity_id and triggered.local_date = items.anchor_date
    inner join staging.business_days as least
        on least.entity_id = items.entity_id
        and least.local_date = cast(bounds.least - interval 1 day as date)
    cross join (select max(business_hours) as hours from staging.stg_reference__sla_targets) as longest
    where bounds.least < clocks.as_of_at
        and items.kpi = 'communication_sla_rate'
        and items.numerator = 0
        and least.open_micros_before - triggered.open_micros_before - triggered.open_micros
        <= longest.hours * 3600000000
"""
