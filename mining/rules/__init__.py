"""Readable rules of the process, checked in SQL: one verdict for each case and rule."""

from mining.rules.checking import RuleResult, rule_results
from mining.rules.kept import keep_verdicts, kept_columns
from mining.rules.rule import Rule, read_rules

__all__ = ["Rule", "RuleResult", "keep_verdicts", "kept_columns", "read_rules", "rule_results"]
