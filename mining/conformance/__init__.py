"""Check a log against a model: qualities, deviations, verdicts, within a time budget."""

from __future__ import annotations

from mining.bpmn_reader import read_bpmn
from mining.conformance.deviations import Deviation
from mining.conformance.findings import findings, judge, verdicts
from mining.conformance.quality import alignment_fitness, generalization, precision, token_fitness
from mining.conformance.replaying import ALIGNMENT_SHARE, Budget, align_variants, replay_variants
from mining.conformance.result import Conformance, conformance_json
from mining.conformance.scope import Scope
from mining.conformance.variants import projected_variants
from mining.log import EventLog
from mining.net import simplicity
from mining.net_states import states_of

__all__ = ["Conformance", "Deviation", "Scope", "conformance", "conformance_json"]

BUDGET_SECONDS = 20.0
EVERYTHING = Scope()


def conformance(
    log: EventLog,
    model: str,
    budget_seconds: float = BUDGET_SECONDS,
    scope: Scope = EVERYTHING,
    *,
    has_qualities: bool = True,
) -> Conformance:
    """Return how a log conforms to `model`, a BPMN 2.0 text.

    `scope` says which activities are no part of the process and which deviations are legal. Alignments get up to 60 %
    of the budget, token-based replay what they leave; whatever was not done in time is in the coverage of each figure,
    most frequent variants first. A budget of nothing covers nothing. Without `has_qualities` no tokens are replayed,
    which takes most of the time: `tokens` cover nothing then, and precision and generalization are None. Raises
    UsageError for a model that cannot be read.
    """
    budget = Budget(budget_seconds)
    net = read_bpmn(model)
    dropped = scope.dropped(net)
    variants = projected_variants(log, dropped)
    states = states_of(net)
    aligned = align_variants(net, states, variants, budget.share(ALIGNMENT_SHARE))
    replayed = replay_variants(net, variants, budget) if has_qualities else {}
    judged = judge(net, variants, aligned)
    covered = [one.variant for one in judged if not one.variant.is_open]
    by_alignment, by_tokens = alignment_fitness(variants, aligned), token_fitness(variants, replayed)
    return Conformance(
        verdicts(variants, judged, scope.allowed),
        by_alignment,
        by_tokens,
        precision(aligned.table, covered) if aligned.table and has_qualities else None,
        generalization(net, variants, replayed),
        simplicity(net),
        len(states.markings) if states else None,
        not (by_alignment.coverage.is_complete and (by_tokens.coverage.is_complete or not has_qualities)),
        dropped,
        findings(log, dropped, judged, scope.allowed),
    )
