"""The page of the scorecard, and what it is made of."""
