"""The page of the exceptions, and what it is made of."""
