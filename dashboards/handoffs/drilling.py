"""From a handoff, or from work that goes to and fro, to the returns in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboards import frame
from dashboards.drills import Drill, Place, show_drills
from mining.cohort import Handover
from mining.handoffs import Handoff, Level
from mining.rework import PingPong

NamedLevel = Literal["department", "system"]
MOST = 20
NOT_FOLLOWED = "Handoffs between persons don't lead to their returns, so that nobody is followed step by step."


def show_returns(found: Sequence[Handoff], level: Level, here: Place) -> None:
    """Offer the returns of the most frequent handoffs, unless they are between persons."""
    if level == "resource":
        frame.caption(NOT_FOLLOWED)
        return
    drills = [drill(one, level) for one in found[:MOST]]
    show_drills("The returns of each handoff", drills, here, _note(found))


def show_returns_to_and_fro(found: Sequence[PingPong], level: NamedLevel, here: Place) -> None:
    """Offer the returns in which work most frequently goes to and fro."""
    drills = [drill_to_and_fro(one, level) for one in found[:MOST]]
    show_drills("The returns of each to and fro", drills, here, _note(found))


def drill(one: Handoff, level: NamedLevel) -> Drill:
    """Return what selects the returns of a handoff."""
    name = f"{one.from_name} → {one.to_name}"
    return Drill(name, Handover(level, _owner(one.from_name, level), _owner(one.to_name, level)), one.cases)


def drill_to_and_fro(one: PingPong, level: NamedLevel) -> Drill:
    """Return what selects the returns in which work goes from one to the other and at once back."""
    rule = Handover(level, _owner(one.owner, level), _owner(one.other, level), comes_back=True)
    return Drill(f"{one.owner} → {one.other} → {one.owner}", rule, one.cost.cases)


def _owner(name: str, level: NamedLevel) -> tuple[str]:
    """Return who gives or takes as the log has it: the names of systems in small letters."""
    return (name.lower() if level == "system" else name,)


def _note(found: Sequence[object]) -> str:
    return f"The {MOST} most frequent of {len(found)}." if len(found) > MOST else ""
