"""What can be exported: each table with its columns, its order and its formats."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import UsageError

TABULAR_FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class ExportTable:
    """A table to export: where it is, its columns (none = all), the columns that order its rows, its formats."""

    relation: str
    columns: tuple[str, ...]
    order: tuple[str, ...]
    formats: tuple[str, ...] = TABULAR_FORMATS


TABLES: dict[str, ExportTable] = {
    "events": ExportTable(
        "event_log.events",
        (
            *("event_id", "case_id", "activity", "event_at", "ts_precision", "activity_rank", "resource"),
            *("department", "is_automation", "entity_id", "source_system", "source_table", "source_key"),
            *("line_no", "receipt_id", "amount", "currency"),
        ),
        ("case_id", "case_position"),
        (*TABULAR_FORMATS, "xes", "ocel", "ocel-sqlite"),
    ),
    "cases": ExportTable("event_log.cases", (), ("case_id",)),
    "edges": ExportTable(
        "marts.edges",
        (
            *("activity", "next_activity", "frequency", "cases", "mean_seconds", "median_seconds"),
            *("mean_business_seconds", "median_business_seconds"),
        ),
        ("frequency desc", "activity", "next_activity"),
    ),
    "variants": ExportTable(
        "marts.variants",
        ("variant_id", "variant", "cases", "share", "median_seconds"),
        ("cases desc", "variant", "variant_id"),
    ),
    "handoffs": ExportTable(
        "marts.handoffs",
        ("level", "from_name", "to_name", "frequency", "cases"),
        ("level", "frequency desc", "from_name", "to_name"),
    ),
    "kpi_items": ExportTable("marts.kpi_items", (), ("kpi", "item_type", "item_id", "anchor_at")),
    "exceptions": ExportTable(
        "marts.exceptions",
        (
            *("exception_type", "object_type", "object_id", "case_id", "entity_id", "detected_at"),
            *("resolved_at", "value", "evidence"),
        ),
        ("exception_type", "object_type", "object_id", "detected_at"),
    ),
    "model": ExportTable("marts.models", (), (), ("bpmn",)),
    "map": ExportTable("marts.edges", (), (), ("svg", "png")),
}


def export_table(name: str, form: str) -> ExportTable:
    """Return the table called `name`, which can be written as `form`.

    Raises UsageError listing the tables or the formats that there are.
    """
    if name not in TABLES:
        raise UsageError(f"There is no table {name!r} to export; expected one of {', '.join(TABLES)}.")
    table = TABLES[name]
    if form not in table.formats:
        possible = "; ".join(f"{other}: {', '.join(entry.formats)}" for other, entry in TABLES.items())
        raise UsageError(f"{name} cannot be written as {form!r}. Possible are {possible}.")
    return table
