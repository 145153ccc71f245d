"""The page of recovery, and what it is made of."""
