"""Servers of the pages, and visits to them in a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, ClassVar, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from pipeline.settings import PROJECT, WORKSPACE_VARIABLE

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 60_000

expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(
    command: list[str], port: int, folder: Path, environment: dict[str, str] | None = None, log: IO[bytes] | None = None
) -> Iterator[str]:
    """The address of the pages that `command` serves at a port, from their first answer until the end."""
    env = {**os.environ, **(environment or {})}
    server = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/_stcore/health")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(url)


@contextmanager
def serving_workspace(workspace: Path) -> Iterator[str]:
    """The address of a server of a workspace's pages."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(PROJECT / "dashboards" / "app.py")),
        *(f"--server.port={port}", "--server.fileWatcherType=none"),
    ]
    with serving(command, port, PROJECT, {WORKSPACE_VARIABLE: str(workspace)}) as url:
        yield url


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; without one the tests fail."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("There is no Chromium; `make browser` installs one, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


class Visit:
    """A page opened in the browser, with what went wrong and where it reached out to.

    A page that a visit before has left is used again: to start another one takes longer than most of what is tested.
    """

    left: ClassVar[list[Page]] = []

    def __init__(
        self, browser: Browser, url: str, width: int, height: int, theme: Literal["light", "dark"] = "light"
    ) -> None:
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.home = url.split("/", 3)[2]
        self.page = self._page(browser)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion="no-preference")
        self.page.set_default_timeout(PATIENCE)
        self.heard = {"console": self._console, "pageerror": self._error, "request": self._request}
        for event, hear in self.heard.items():
            self.page.on(event, hear)  # type: ignore[call-overload]
        self.page.goto(url)

    @classmethod
    def _page(cls, browser: Browser) -> Page:
        for page in cls.left:
            if page.context.browser == browser and not page.is_closed():
                cls.left.remove(page)
                return page
        return browser.new_page()

    def close(self) -> None:
        """Leave the page to the next visit, with nothing kept in it."""
        for event, hear in self.heard.items():
            self.page.remove_listener(event, hear)
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.left.append(self.page)

    def _console(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its own endpoints below the page's path first; those answers are 404 by design.
        if message.type == "error" and "_stcore" not in str(message.location.get("url")):
            self.errors.append(message.text)

    def _error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _request(self, request: Request) -> None:
        if self.home not in request.url and not request.url.startswith(("data:", "blob:")):
            self.foreign.append(request.url)

    def overflow(self) -> int:
        """How many pixels the page is wider than the window, its main part included."""
        wider = "e => Math.max(e.scrollWidth - e.clientWidth, document.documentElement.scrollWidth - innerWidth)"
        return int(self.page.locator("[data-testid=stMain]").evaluate(wider))
