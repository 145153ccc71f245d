"""Cohorts: one declarative object selects the cases of a log, and every result is asked of what it selects."""

from mining.cohort.case_rules import (
    Attribute,
    BrokenRules,
    Duration,
    EventCount,
    Exceptions,
    KpiItems,
    Period,
    Rework,
    State,
)
from mining.cohort.choosing import choose
from mining.cohort.cohort import Cohort
from mining.cohort.funnel import FunnelStep, funnel
from mining.cohort.names import Names
from mining.cohort.path_rules import Activities, Deviates, Endpoints, Follower, FrequentVariants, Handover, Variants
from mining.cohort.rules import And, Not, Or, Rule
from mining.cohort.trims import Trim, TrimToEndpoints, TrimToPeriod
from mining.cohort.words import sentence

__all__ = [
    "Activities",
    "And",
    "Attribute",
    "BrokenRules",
    "Cohort",
    "Deviates",
    "Duration",
    "Endpoints",
    "EventCount",
    "Exceptions",
    "Follower",
    "FrequentVariants",
    "FunnelStep",
    "Handover",
    "KpiItems",
    "Names",
    "Not",
    "Or",
    "Period",
    "Rework",
    "Rule",
    "State",
    "Trim",
    "TrimToEndpoints",
    "TrimToPeriod",
    "Variants",
    "choose",
    "funnel",
    "sentence",
]
