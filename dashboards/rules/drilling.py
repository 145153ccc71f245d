"""From a deviation to the returns that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dashboards.drills import Drill, Place, show_drills
from dashboards.rules.words import deviation_name
from mining.cohort import Deviates

if TYPE_CHECKING:
    from mining.conformance.deviations import DeviationKind
    from mining.conformance.result import Conformance, Finding

MOST = 20
NOT_COVERED = "How many they are is not said, for not every path could be checked in time; the list looks at all. "


def show_returns(found: Conformance, here: Place) -> None:
    """Offer the returns of the deviations of most returns, allowed ones last."""
    is_complete = not found.verdicts.not_covered
    drills = [drill(one, is_complete) for one in found.deviations[:MOST]]
    hidden = f"The first {MOST} of {len(found.deviations)}; allowed ones last." if len(found.deviations) > MOST else ""
    show_drills("The returns with each deviation", drills, here, f"{'' if is_complete else NOT_COVERED}{hidden}")


def drill(one: Finding, is_complete: bool) -> Drill:
    """Return what selects the returns with a deviation; their number only where all returns were checked."""
    name = deviation_name(one.kind, one.activity)
    rule = Deviates(cast("DeviationKind", one.kind), one.activity)
    return Drill(f"{name} (allowed)" if one.allowed_because else name, rule, one.cases if is_complete else None)
