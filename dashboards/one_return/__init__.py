"""The page of one return, and what it is made of."""
