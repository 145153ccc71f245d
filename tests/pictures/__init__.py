"""Pictures of every page, for the documentation; taken with ``make pictures``."""
