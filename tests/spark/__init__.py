"""The same builds on both engines, held against each other row by row."""
