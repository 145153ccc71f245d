"""A build that goes on from the published one: only returns that new, changed and removed rows touch are made again."""

from pipeline.incremental.refresh import Start, go_on

__all__ = ["Start", "go_on"]
