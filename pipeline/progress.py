"""Tell the user on standard error how far a long command is: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Where a long command reports."""

    def stage(self, text: str) -> None:
        """A new stage begins."""

    def detail(self, text: str) -> None:
        """Where inside the stage the command is; shown on terminals only."""

    def note(self, text: str) -> None:
        """Something to read that stays on the screen."""


class PlainProgress:
    """One line for each stage and note, nothing that moves."""

    def stage(self, text: str) -> None:
        """Print the stage."""
        print(text, file=sys.stderr, flush=True)

    def detail(self, text: str) -> None:
        """Print nothing: details are for terminals."""

    def note(self, text: str) -> None:
        """Print the note."""
        print(text, file=sys.stderr, flush=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """Yield the progress display that fits standard error."""
    if not sys.stderr.isatty():
        yield PlainProgress()
        return
    from pipeline.live_progress import LiveProgress

    with LiveProgress() as live:
        yield live
