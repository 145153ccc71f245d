"""A synthetic distributor with planted truth.

``simulate`` runs a discrete-event simulation of returns through departments with limited staff and writes contract
extracts, with every exception, near miss and defect in them on record. ``available_scenarios`` names the scenarios.
"""

from simulator.scenario import available_scenarios
from simulator.simulation import simulate
from simulator.truth import Truth

__all__ = ["Truth", "available_scenarios", "simulate"]
