"""Benchmarks of whole builds; run with ``make bench``."""
