"""Every page in a real browser, narrow and light, wide and dark: whole, at home, and accessible to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, Page, expect

from pipeline.publish import open_published

COMPARED = "compare?before-start=2025-01-01&before-end=2025-04-01&after-start=2025-04-01&after-end=2025-07-01"
QUESTIONS = {
    "scorecard": "How are returns doing?",
    "recovery": "What is recovered, and what is left on the table?",
    "exceptions": "What needs attention now?",
    "time": "Where does time go?",
    "process-map?replay=true": "How does the process really run?",
    "paths": "Which paths do returns take?",
    "handoffs": "Who hands over to whom?",
    "rules": "What breaks the rules?",
    "causes?outcome=late": "Why are returns late?",
    "returns": "Which returns are these?",
    "return": "One return, from request to close",
    "baseline": "What was it like before?",
    COMPARED: "Did it help?",
    "trust": "Can I trust this?",
}
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LEVELS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
STREAMLITS_OWN = {
    # Streamlit puts the groups of its navigation as divisions between the list and its items.
    ("list", "stSidebarNav"),
    ("listitem", "stSidebarNav"),
}
INSIDE = "([selector, frame]) => Boolean(document.querySelector(selector)?.closest(`[data-testid=${frame}]`))"


def barriers(page: Page) -> list[str]:
    """The serious and critical violations that axe finds, each with the element, apart from Streamlit's own."""
    return [
        f"{found['id']}: {element['html']} {element['failureSummary']}"
        for found in Axe().run(page, options=LEVELS).response["violations"]
        if found["impact"] in ("serious", "critical")
        for element in found["nodes"]
        if not is_streamlits_own(page, found["id"], element["target"][0])
    ]


def is_streamlits_own(page: Page, rule: str, selector: str) -> bool:
    frames = [frame for known, frame in STREAMLITS_OWN if known == rule]
    return any(page.evaluate(INSIDE, [selector, frame]) for frame in frames)


def looks(page: Page) -> Iterator[str]:
    """Show the page once it stands still: light and narrow, then opened anew dark and wide."""
    for theme, size, ground in (("light", NARROW, "rgb(255, 255, 255)"), ("dark", WIDE, "rgb(15, 21, 27)")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        if theme == "dark":
            page.reload()
            expect(page.locator(".rt-lead")).not_to_be_empty(timeout=PATIENCE)
        expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", ground, timeout=PATIENCE)
        stand_still(page)
        yield f"{theme}, {size['width']} wide"


def stand_still(page: Page) -> None:
    app = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(app).to_be_visible(timeout=PATIENCE)
    expect(app.locator("[data-testid=stSpinner], [data-testid=stSkeleton], [data-stale=true]")).to_have_count(
        0, timeout=PATIENCE
    )


def address_of(path: str, workspace: Path) -> str:
    if path != "return":
        return path
    with open_published(workspace) as published:
        [(case,)] = published.connection.execute("select max(case_id) from event_log.cases").fetchall()
    return f"{path}?return={case}"


@pytest.mark.parametrize("path", QUESTIONS)
def test_every_page(address: str, browser: Browser, built_workspace: Path, path: str) -> None:
    visit = Visit(browser, f"{address}/{address_of(path, built_workspace)}", **WIDE)
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[path], timeout=PATIENCE)
    expect(page.locator(".rt-lead")).not_to_be_empty(timeout=PATIENCE)
    for look in looks(page):
        assert not barriers(page), look
        assert visit.overflow() <= 0, look
    expect(page.locator("[data-testid=stException], [data-testid=stAlert]")).to_have_count(0)
    assert not visit.foreign
    assert not visit.errors
    page.close()


def test_the_drawers(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/scorecard?kpi=rework_rate", **WIDE)
    page = visit.page
    expect(page.get_by_role("dialog")).to_contain_text("Numerator", timeout=PATIENCE)
    for look in looks(page):
        assert not barriers(page), look
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("button", name="Filters")).to_have_attribute("aria-expanded", "true")
    page.wait_for_timeout(1_000)  # what lay over the page fades away, and its colours are nobody's then
    assert not barriers(page)
    assert not visit.foreign
    assert not visit.errors
    page.close()
