"""The moving progress line of terminals."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.status import Status


class LiveProgress:
    """A spinner with stage and detail; every finished stage stays as a line."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._status = Status("", console=self._console)
        self._stage = ""

    def __enter__(self) -> LiveProgress:
        """Show the line."""
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if error is None:
            self._finish_stage()
        self._status.stop()

    def stage(self, text: str) -> None:
        """Finish the stage before and show the new one."""
        self._finish_stage()
        self._stage = text
        self._status.update(escape(text))

    def detail(self, text: str) -> None:
        """Show where inside the stage the command is."""
        self._status.update(f"{escape(self._stage)}  [dim]{escape(text)}[/dim]")

    def note(self, text: str) -> None:
        """Print a line above the moving one."""
        self._console.print(escape(text))

    def _finish_stage(self) -> None:
        if self._stage:
            self._console.print(f"[green]done[/green] {escape(self._stage)}")
            self._stage = ""
