"""All that is measured of one published workspace."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser

from pipeline.publish import read_manifest
from pipeline.workspace import workspace_for_reading
from tests.latency.journeys import JOURNEYS, Journey
from tests.latency.openings import PAGES, Opened, open_pages
from tests.latency.server import Memory, serving
from tests.latency.tours import Toured, alone, together


@dataclass(frozen=True)
class Plan:
    """How much is measured: openings of the first page, the journeys of one reader, readers at once and seconds."""

    runs: int = 10
    pages: tuple[str, ...] = tuple(PAGES)
    journeys: tuple[Journey, ...] = JOURNEYS
    readers: int = 5
    seconds: float = 30.0
    seed: int = 1


@dataclass(frozen=True)
class Measured:
    """One workspace: events, openings, one reader alone, several at once, memory after each, load before and after."""

    events: int
    opened: tuple[Opened, ...]
    alone: Toured
    together: Toured | None
    memory: dict[str, Memory]
    errors: tuple[str, ...]
    load: tuple[float, float]


async def measure(browser: Browser, workspace: Path, plan: Plan, scratch: Path) -> Measured:
    """Serve a workspace and measure its pages; `scratch` takes the server's log and pictures of what was seen."""
    scratch.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    errors: list[str] = []
    memory: dict[str, Memory] = {}
    before = os.getloadavg()[0]
    with serving(workspace, scratch / "server.log") as server:
        memory["after the start"] = server.memory()
        pages = {page: PAGES[page] for page in plan.pages}
        opened = await open_pages(browser, server, seen, errors, pages, plan.runs)
        memory["after opening every page"] = server.memory()
        first = await alone(browser, server, seen, plan.seed, plan.journeys, scratch)
        memory["after the interactions of one reader"] = server.memory()
        crowd = await together(browser, server, seen, plan.readers, plan.seconds) if plan.readers else None
        if crowd:
            memory[f"after {plan.readers} readers at once"] = server.memory()
    errors += [*first.errors, *(crowd.errors if crowd else ()), *server.complaints()]
    return Measured(
        _events(workspace), tuple(opened), first, crowd, memory, tuple(errors), (before, os.getloadavg()[0])
    )


def _events(workspace: Path) -> int:
    found = workspace_for_reading(workspace)
    number = found.current()
    if number is None:
        raise FileNotFoundError(f"The workspace {workspace} has no published build; publish one with `retrace build`.")
    return read_manifest(found.build_folder(number)).events
