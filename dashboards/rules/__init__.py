"""The page of rules, and what it is made of."""
