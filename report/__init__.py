"""The executive pack: what the pages answer, on a few sheets of paper."""
