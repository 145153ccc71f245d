"""One landing folder built in two workspaces: the one goes on, the other is built anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from pipeline.build import BuildRequest, build
from pipeline.progress import PlainProgress
from pipeline.workspace import Workspace


@dataclass
class Said(PlainProgress):
    """Keeps the notes of a build."""

    notes: list[str] = field(default_factory=list)

    def stage(self, text: str) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Keep the note."""
        self.notes.append(text)


@dataclass(frozen=True)
class Workspaces:
    """The landing folder, and the folder that the workspaces are in."""

    landing: Path
    root: Path

    def go_on(self, as_of: datetime | None = None) -> list[str]:
        """Build in the workspace that goes on; return what the build says."""
        return self._build("on", as_of, full_refresh=False)

    def gone_on(self) -> Path:
        """The published warehouse of the workspace that goes on."""
        return self._warehouse("on")

    def anew(self, as_of: datetime | None = None) -> Path:
        """Build everything anew in the other workspace; return its warehouse."""
        self._build("anew", as_of, full_refresh=True)
        return self._warehouse("anew")

    def _build(self, name: str, as_of: datetime | None, full_refresh: bool) -> list[str]:
        said = Said()
        # What comes after the models reads whole tables, whichever way they were made.
        with patch("pipeline.build.validate_build"), patch("pipeline.build.store_model"):
            build(BuildRequest(self.landing, self.root / name, as_of, full_refresh=full_refresh), said)
        return [note for note in said.notes if "not part of the contract" not in note]

    def _warehouse(self, name: str) -> Path:
        workspace = Workspace(self.root / name)
        return workspace.build_folder(workspace.current() or 0) / "warehouse.duckdb"
