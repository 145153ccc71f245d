"""One world: the tables that a comparison reads, the question put to it, and its twin without the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pandas as pd

from pipeline.settings import SEEDS
from proof.question import Question
from tests.proof.literal_returns import SCHEMA, SEED_TABLES


@dataclass(frozen=True)
class Tables:
    """The returns of a world as frames: `cases`, `segments` and `items` have columns of the warehouse's tables."""

    cases: pd.DataFrame
    segments: pd.DataFrame
    items: pd.DataFrame
    as_of: datetime


@dataclass(frozen=True)
class World:
    """A world to compare: its tables, those of the same world without its change where they were made, the question."""

    seed: int
    tables: Tables
    twin: Tables | None
    question: Question


def connection(tables: Tables) -> duckdb.DuckDBPyConnection:
    """Return a warehouse in memory with these returns."""
    con = duckdb.connect(":memory:", config={"threads": 1})
    con.execute("set TimeZone = 'UTC'")
    con.execute(SCHEMA)
    for name in SEED_TABLES:
        con.execute(f"create table staging.{name} as from read_csv('{SEEDS / name}.csv', header = true)")
    con.execute("insert into returns.as_of values (?)", [tables.as_of])
    for name in ("event_log.cases", "event_log.segments", "marts.kpi_items"):
        frame = getattr(tables, name.partition(".")[2].replace("kpi_", ""))
        con.register("given", frame)
        con.execute(f"insert into {name} by name select * from given")
        con.unregister("given")
    return con
