"""The page that lists returns, and what it is made of."""
