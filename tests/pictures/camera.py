"""Take the picture of a page when it stands still."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.dashboards.standing import wait_until_drawn

PATIENCE = 90_000
TALLEST = 2_900
COLOURS = 256
LOOKS = 20
WHOLE_SECTIONS = """([main, tallest]) => {
    if (main.scrollHeight <= tallest) return main.scrollHeight;
    const tops = [...main.querySelectorAll(".rt-section")].map(one => one.getBoundingClientRect().top - 12);
    return Math.floor(Math.max(...tops.filter(top => top <= tallest)));
}"""


@dataclass(frozen=True)
class Shot:
    """A picture to take: its name, the page's address behind the server's, the width in pixels, light or dark."""

    name: str
    address: str
    width: int = 1440
    scheme: str = "light"


def take(browser: Browser, server: str, shot: Shot, folder: Path) -> Path:
    """Write the picture of a page as PNG with few colours: all of it, or the sections that fit whole."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": 900},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server}/{shot.address}")
    wait_until_drawn(page)
    main = page.locator("[data-testid=stMain]").element_handle()
    height = int(page.evaluate(WHOLE_SECTIONS, [main, TALLEST]))
    page.set_viewport_size({"width": shot.width, "height": height})
    seen = _still(page)
    context.close()
    file = folder / f"{shot.name}.png"
    colours = Image.open(BytesIO(seen)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    colours.save(file, optimize=True)
    return file


def _still(page: Page) -> bytes:
    """Return the picture of a page as soon as two in a row are the same."""
    before = b""
    for _ in range(LOOKS):
        wait_until_drawn(page)
        now = page.screenshot(animations="disabled")
        if now == before:
            return now
        before = now
        page.wait_for_timeout(250)
    raise TimeoutError(f"{page.url} does not come to rest: {LOOKS} looks at it, no two in a row alike.")
