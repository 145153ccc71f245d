"""Great Expectations suites as code and their one runner."""

from expectations.result import ExpectationResult, store_results
from expectations.runner import hold_expectations, run_expectations

__all__ = ["ExpectationResult", "hold_expectations", "run_expectations", "store_results"]
