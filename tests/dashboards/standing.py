"""When a page in a browser stands still, and what it says then."""

from __future__ import annotations

from playwright.sync_api import Page

DRAWN = """() => {
    const main = document.querySelector("[data-testid=stMain]"), app = document.querySelector("[data-testid=stApp]");
    const loading = ["stSkeleton", "stSpinner", "stStatusWidget"].map(id => `[data-testid=${id}]`);
    const seen = outer => [...main.querySelectorAll(outer)].filter(one => one.checkVisibility());
    const holds = (outer, inner) => seen(outer).every(one => one.querySelector(inner));
    return main?.querySelector("h1") && app.dataset.testScriptState === "notRunning"
        && document.fonts.status === "loaded" && !document.querySelector([...loading, "[data-stale=true]"])
        && holds("[data-testid=stPlotlyChart]", ".main-svg") && holds("[data-testid=stDataFrame]", "canvas");
}"""
SAID = """() => {
    const parts = "#cohort, h1, .rt-lead, .rt-tile, .rt-list, .rt-caption, .main-svg text";
    const main = document.querySelector("[data-testid=stMain]");
    return [...main.querySelectorAll(parts)].map(one => one.textContent.trim()).filter(text => text);
}"""


def wait_until_drawn(page: Page) -> None:
    """Wait until nothing is loading any more and every chart and table in sight is drawn."""
    page.wait_for_function(DRAWN, polling=100)


def said(page: Page) -> list[str]:
    """What a page says in sentences, tiles, lists and charts, as soon as it says the same twice."""
    before: list[str] = []
    while True:
        wait_until_drawn(page)
        now: list[str] = page.evaluate(SAID)
        if now == before:
            return now
        before = now
        page.wait_for_timeout(100)
