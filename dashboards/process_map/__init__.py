"""The page of the process map, and what it is made of."""
