"""A reader of the pages in a browser, who waits for the answer to all they do."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright
from playwright.async_api import Error as BrowserError

from tests.latency.server import Server

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PROBE = Path(__file__).with_name("probe.js")
PATIENCE, PATIENCE_TO_ACT = 240_000, 20_000
LOOK_EVERY = 50
WAITED = "before => window.latency?.waited(before)"
REFUSALS = "[data-testid=stException], [data-testid=stAlertContentError]"

Kind = Literal["filter", "page", "control"]
Act = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True)
class Waited:
    """An answer: to what, of which kind, whether its address is new to the server, wall and server CPU seconds."""

    what: str
    kind: Kind
    is_new: bool
    seconds: float
    server_seconds: float
    address: str


@dataclass
class Reader:
    """A reader with a page of their own; `seen` are the addresses that the server has shown to anyone."""

    page: Page
    server: Server
    seen: set[str]
    waited: list[Waited] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    pictures: Path | None = None

    async def open(self, path: str) -> float:
        """Load a page in this browser anew; return the seconds until it shows its answer."""
        await self.page.goto(f"{self.server.address}/{path}", wait_until="commit")
        seconds = await self._answer("")
        self.seen.add(self._place())
        return seconds

    async def do(self, what: str, kind: Kind, act: Act) -> bool:
        """Do something, wait for the answer and note how long it took; False, and an error, where none comes."""
        used = self.server.cpu_seconds()
        try:
            before = await self.page.evaluate("window.latency.answer()")
            await act(self.page)
            seconds = await self._answer(before)
        except BrowserError as error:
            self.errors.append(f"{what} at {self._place()}: {str(error).splitlines()[0]}")
            print(self.errors[-1], flush=True)
            return False
        place = self._place()
        cpu = self.server.cpu_seconds() - used
        self.waited.append(Waited(what, kind, place not in self.seen, seconds, cpu, place))
        self.seen.add(place)
        print(f"{what}: {seconds:.2f} s, server CPU {cpu:.2f} s", flush=True)
        if self.pictures:
            await self.page.screenshot(path=self.pictures / f"{len(self.waited):02d}.png")
        return True

    async def _answer(self, before: str) -> float:
        found = await self.page.wait_for_function(WAITED, arg=before, polling=LOOK_EVERY, timeout=PATIENCE)
        for refusal in await self.page.locator(REFUSALS).all_inner_texts():
            self.errors.append(f"{self._place()} says: {refusal}")
        return float(await found.json_value()) / 1000

    def _place(self) -> str:
        return self.page.url.removeprefix(self.server.address)

    def hear(self, message: ConsoleMessage) -> None:
        """Note an error of the console; Streamlit looks for its endpoints below the page's path first, by design."""
        if message.type == "error" and "_stcore" not in str(message.location.get("url")):
            self.errors.append(f"Console at {self._place()}: {message.text}")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless Chromium. Raises FileNotFoundError where there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        raise FileNotFoundError("There is no Chromium; `make browser` installs one, or set CHROMIUM to its path.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def reading(browser: Browser, server: Server, seen: set[str]) -> AsyncIterator[Reader]:
    """A reader whose browser holds nothing of the pages yet."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.add_init_script(path=PROBE)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_TO_ACT)
    reader = Reader(page, server, seen)
    page.on("console", reader.hear)
    page.on("pageerror", lambda error: reader.errors.append(str(error)))
    yield reader
    await context.close()
