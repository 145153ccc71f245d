"""Frozen baselines: what was known of a period, kept for good, and what has become of it since."""
