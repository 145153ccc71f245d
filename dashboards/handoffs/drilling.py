"""From a handoff to the returns in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboards import frame
from dashboards.drills import Drill, Place, show_drills
from mining.cohort import Handover
from mining.handoffs import Handoff, Level

MOST = 20
NOT_FOLLOWED = "Handoffs between persons don't lead to their returns, so that nobody is followed step by step."


def show_returns(found: Sequence[Handoff], level: Level, here: Place) -> None:
    """Offer the returns of the most frequent handoffs, unless they are between persons."""
    if level == "resource":
        frame.caption(NOT_FOLLOWED)
        return
    drills = [drill(one, level) for one in found[:MOST]]
    note = f"The {MOST} most frequent of {len(found)}." if len(found) > MOST else ""
    show_drills("The returns of each handoff", drills, here, note)


def drill(one: Handoff, level: Literal["department", "system"]) -> Drill:
    """Return what selects the returns of a handoff; the log has the names of systems in small letters."""
    giver, taker = one.from_name, one.to_name
    if level == "system":
        giver, taker = giver.lower(), taker.lower()
    return Drill(f"{one.from_name} → {one.to_name}", Handover(level, (giver,), (taker,)), one.cases)
