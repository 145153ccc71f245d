"""The page of handoffs, and what it is made of."""
