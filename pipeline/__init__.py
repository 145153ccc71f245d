"""The way from extracts to a published warehouse, and the command line."""
