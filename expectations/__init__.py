"""Great Expectations suites as code and their one runner."""

from expectations.renewed import Renewed
from expectations.result import ExpectationResult, store_results, stored_results
from expectations.runner import hold_expectations, run_expectations

__all__ = [
    "ExpectationResult",
    "Renewed",
    "hold_expectations",
    "run_expectations",
    "store_results",
    "stored_results",
]
