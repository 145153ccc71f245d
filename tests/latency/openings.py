"""How long pages take to open: the first time on a server, and again in a browser that has not seen them."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Browser

from tests.latency.reader import reading
from tests.latency.server import Server

SCORECARD = ""
PAGES = {
    "Scorecard": SCORECARD,
    "Recovery": "recovery",
    "Exceptions": "exceptions",
    "Time": "time",
    "Process map": "process-map",
    "Paths": "paths",
    "Handoffs": "handoffs",
    "Rules": "rules",
    "Causes": "causes",
    "Returns": "returns",
    "Trust": "trust",
}


@dataclass(frozen=True)
class Opened:
    """A page: seconds to its answer, and server CPU seconds, the first time and each time after that."""

    page: str
    cold: tuple[float, float]
    warm: tuple[tuple[float, float], ...]


async def open_page(
    browser: Browser, server: Server, seen: set[str], errors: list[str], path: str
) -> tuple[float, float]:
    """Open a page in a browser that holds nothing of it; return wall and server CPU seconds."""
    used = server.cpu_seconds()
    async with reading(browser, server, seen) as reader:
        seconds = await reader.open(path)
        errors.extend(reader.errors)
    cpu = server.cpu_seconds() - used
    print(f"/{path}: {seconds:.2f} s, server CPU {cpu:.2f} s", flush=True)
    return seconds, cpu


async def open_pages(
    browser: Browser, server: Server, seen: set[str], errors: list[str], pages: dict[str, str], runs: int
) -> list[Opened]:
    """Open every page, then the scorecard as often as `runs` says and every other page once more."""
    cold = {page: await open_page(browser, server, seen, errors, path) for page, path in pages.items()}
    opened = []
    for page, path in pages.items():
        times = runs if path == SCORECARD else 1
        warm = tuple([await open_page(browser, server, seen, errors, path) for _ in range(times)])
        opened.append(Opened(page, cold[page], warm))
    return opened
