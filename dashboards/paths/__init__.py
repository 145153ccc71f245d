"""The page of the paths, and what it is made of."""
