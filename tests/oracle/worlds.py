"""Small adversarial worlds: extracts dense in everything that the contract allows and nobody hopes for."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .columns import TABLES
from .landing import write_table
from .reference import reference_tables
from .stories import add_return
from .strangers import add_last_event, add_master_data, add_strangers
from .world import DAY, MICRO, World

HORIZONS = ("2025-04-10T14:00:00", "2025-11-12T15:00:00", "2025-03-30T10:00:00", "2025-11-02T18:00:00")
EMPTIED = (
    "tms.tracking_events", "middleware.messages", "crm.case_events", "erp.users", "erp.suppliers", "wms.stock_moves",
    "reference.holidays", "reference.policies", "reference.sla_targets", "erp.return_lines", "wms.sites",
)  # fmt: skip


def make_world(seed: int, returns: int = 45) -> World:
    rng = random.Random(seed)
    horizon = datetime.fromisoformat(HORIZONS[seed % len(HORIZONS)]).replace(tzinfo=UTC)
    return_count = 0 if seed % 17 == 16 else returns
    world = World(seed, rng, horizon, rng.choice((0.05, 0.2, 0.45)), rng.choice((0.0, 0.0, 0.01)))
    for table, rows in reference_tables(rng).items():
        world.rows[table] = rows
    add_master_data(world)
    for _ in range(return_count):
        add_return(world)
    add_strangers(world)
    add_last_event(world)
    for table in rng.sample(EMPTIED, rng.choice((0, 0, 0, 1, 2))):
        world.rows.pop(table, None)
    return world


def write_world(seed: int, extracts: Path, returns: int = 45) -> datetime:
    """Write the extracts of a seed; returns an instant in their middle that is worth being as-of."""
    world = make_world(seed, returns)
    for name, table in TABLES.items():
        rows = world.rows.get(name, [])
        if rows or not table.optional:
            write_table(world.rng, extracts, name, rows)
    if world.chance(0.1):
        return world.horizon + world.pick((400 * DAY, -400 * DAY))
    return world.horizon - world.pick((timedelta(0), DAY, 3 * DAY, 7 * DAY, 7 * DAY + MICRO, 14 * DAY))
