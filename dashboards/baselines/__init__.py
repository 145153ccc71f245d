"""What was it like before? Frozen baselines, what has become of them, and freezing one."""
