"""Handoffs and work that goes to and fro as tables, to sort and to download."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboards.handoffs.reading import HandoffReading
from dashboards.same_numbers import show_numbers
from mining.handoffs import Handoff, Level
from mining.rework import PingPong
from pipeline.export.records import records_csv

BOUNCED = "Bounced back"


def show_handoffs(found: Sequence[Handoff], level: Level, reading: HandoffReading) -> None:
    """Show all handoffs, with a download."""
    show_numbers(
        lambda: handoff_frame(found, reading), lambda: records_csv(Handoff, found), f"handoffs-{level}", [BOUNCED]
    )


def show_ping_pong(found: Sequence[PingPong], level: Level, reading: HandoffReading) -> None:
    """Show the pairs between which work goes to and fro, with a download."""
    show_numbers(lambda: ping_pong_frame(found, reading), lambda: records_csv(PingPong, found), f"ping-pong-{level}")


def handoff_frame(found: Sequence[Handoff], reading: HandoffReading) -> pd.DataFrame:
    """Return the handoffs with waits in days of the chosen clock, or in hours where days have no one length."""
    unit, size = _unit(reading)
    return pd.DataFrame(
        {
            "From": [one.from_name for one in found],
            "To": [one.to_name for one in found],
            "Handoffs": [one.frequency for one in found],
            "Returns": [one.cases for one in found],
            f"Median wait ({unit})": _rounded([reading.median(one) for one in found], size),
            BOUNCED: [100 * one.bounced_share for one in found],
            "Back at once": [one.ping_pong for one in found],
            f"Value waiting ({reading.currency or 'money'}-days)": _rounded([one.value_days for one in found], 1),
        }
    )


def ping_pong_frame(found: Sequence[PingPong], reading: HandoffReading) -> pd.DataFrame:
    """Return the pairs with the time away in the same unit."""
    unit, size = _unit(reading)
    medians = [
        one.cost.median_seconds if reading.clock == "elapsed" else one.cost.median_business_seconds for one in found
    ]
    return pd.DataFrame(
        {
            "To and fro": [f"{one.owner} → {one.other} → {one.owner}" for one in found],
            "Times": [one.cost.occurrences for one in found],
            "Returns": [one.cost.cases for one in found],
            f"Median time away ({unit})": _rounded(medians, size),
            f"Value waiting ({reading.currency or 'money'}-days)": _rounded([one.cost.value_days for one in found], 1),
        }
    )


def _unit(reading: HandoffReading) -> tuple[str, float]:
    """Return the name of the unit of waits and its seconds."""
    has_days = reading.day_seconds != float("inf")
    return f"{reading.clock} {'d' if has_days else 'h'}", reading.day_seconds if has_days else 3600.0


def _rounded(values: Sequence[float | None], size: float) -> list[float | None]:
    return [None if value is None else round(value / size, 2) for value in values]
