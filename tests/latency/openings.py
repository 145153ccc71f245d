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
    """A page: seconds to its answer, and server CPU seconds.

    `cold` is the first time on the server; `fresh` each time after that in a browser that holds nothing of the pages,
    `warm` in one that has opened the page before.
    """

    page: str
    cold: tuple[float, float]
    fresh: tuple[tuple[float, float], ...]
    warm: tuple[tuple[float, float], ...]


async def open_page(
    browser: Browser, server: Server, seen: set[str], errors: list[str], path: str, times: int = 1
) -> list[tuple[float, float]]:
    """Open a page `times` in one browser, which holds nothing of it at first; return wall and server CPU seconds."""
    opened = []
    async with reading(browser, server, seen) as reader:
        for _ in range(times):
            await reader.page.goto("about:blank")
            used = server.cpu_seconds()
            seconds = await reader.open(path)
            opened.append((seconds, server.cpu_seconds() - used))
            print(f"/{path}: {seconds:.2f} s, server CPU {opened[-1][1]:.2f} s", flush=True)
        errors.extend(reader.errors)
    return opened


async def open_pages(
    browser: Browser, server: Server, seen: set[str], errors: list[str], pages: dict[str, str], runs: int
) -> list[Opened]:
    """Open every page, then the scorecard as often as `runs` says and every other page once more."""
    cold = {page: await open_page(browser, server, seen, errors, path) for page, path in pages.items()}
    opened = []
    for page, path in pages.items():
        times = runs if path == SCORECARD else 1
        fresh = [await open_page(browser, server, seen, errors, path) for _ in range(times)]
        _, *warm = await open_page(browser, server, seen, errors, path, times + 1)
        opened.append(Opened(page, cold[page][0], tuple(one for [one] in fresh), tuple(warm)))
    return opened
