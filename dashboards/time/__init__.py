"""The page of where time goes, and what it is made of."""
