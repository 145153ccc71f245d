"""Before and after: frozen baselines, and whether a change helped."""
