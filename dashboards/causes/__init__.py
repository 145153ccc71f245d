"""The page of causes, and what it is made of."""
