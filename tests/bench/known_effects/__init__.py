"""Worlds with a known effect, many seeds of each, and how often the comparison is right about them."""
