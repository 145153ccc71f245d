"""The paths that leave a model in one way."""

from __future__ import annotations

from mining.conformance.deviations import Deviation
from mining.conformance.findings import judge
from mining.conformance.replaying import Budget, align_variants
from mining.conformance.scope import Scope
from mining.conformance.variants import Variant, projected_variants
from mining.log import EventLog
from mining.net import Net
from mining.net_states import states_of
from pipeline.errors import UsageError


def paths_having(
    log: EventLog, net: Net, scope: Scope, deviation: Deviation, budget_seconds: float
) -> tuple[Variant, ...]:
    """Return the log's paths with a deviation from `net`, whose states can be listed, as `conformance` finds them.

    What a path is said to deviate in depends on the path alone, so a part of the log has the same paths with it. Only
    paths that can have it are aligned. Raises UsageError when the budget does not suffice for all of them: a part of
    the answer would be another cohort each time.
    """
    possible = [one for one in projected_variants(log, scope.dropped(net)) if _is_possible(one, deviation)]
    aligned = align_variants(net, states_of(net), possible, Budget(budget_seconds))
    judged = judge(net, possible, aligned)
    if len(judged) < len(possible):
        raise UsageError(
            f"{len(judged):,} of {len(possible):,} distinct paths could be held against the target process in "
            f"{budget_seconds:.0f} seconds; expected all. Narrow the returns by a rule before this one, e.g. a period."
        )
    return tuple(one.variant for one in judged if deviation in one.deviations)


def _is_possible(variant: Variant, deviation: Deviation) -> bool:
    """Whether a path may have a deviation: all but a skipped step are steps that the path has."""
    return deviation.kind == "skipped" or deviation.activity in variant.path
