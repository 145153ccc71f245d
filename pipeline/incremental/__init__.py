"""A build that goes on from the published one: only returns that new, changed and removed rows touch are made again."""

from pipeline.incremental.catalogues import PART, has_part
from pipeline.incremental.refresh import NotOnError, Start, going_on

__all__ = ["PART", "NotOnError", "Start", "going_on", "has_part"]
