"""Every page in a real browser, narrow and light, wide and dark: whole, at home, and accessible to everybody.

Each is filtered in the drawer and passed on as a link, which gives the same answer in the dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, Page, expect
from standing import said

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
UNFILTERED = ("return", "baseline")
COUNTING = ("time", "process-map", "paths", "handoffs", "rules", "causes", "returns", "trust")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 21, 27)"}
LEVELS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
STREAMLITS_OWN = {
    # Streamlit puts the groups of its navigation as divisions between the list and its items.
    ("list", "stSidebarNav"),
    ("listitem", "stSidebarNav"),
}
INK = """() => [
    getComputedStyle(document.querySelector("[data-testid=stMain] .rt-lead")).color,
    getComputedStyle(document.querySelector("[data-testid=stMain] .main-svg text")).fill,
]"""
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


def stand_still(page: Page) -> None:
    app = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(app).to_be_visible(timeout=PATIENCE)
    expect(app.locator("[data-testid=stSpinner], [data-testid=stSkeleton], [data-stale=true]")).to_have_count(
        0, timeout=PATIENCE
    )


def hold(visit: Visit, question: str, theme: str, size: dict[str, int]) -> None:
    """Look at a page once it stands still: its question and its answer are there, in sight of everybody."""
    page = visit.page
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(reduced_motion="reduce")
    expect(page.get_by_role("heading", level=1)).to_have_text(question, timeout=PATIENCE)
    expect(page.locator(".rt-lead")).not_to_be_empty(timeout=PATIENCE)
    expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", GROUNDS[theme], timeout=PATIENCE)
    stand_still(page)
    assert not barriers(page)
    assert visit.overflow() <= 0
    expect(page.locator("[data-testid=stException], [data-testid=stAlert]")).to_have_count(0)


@dataclass(frozen=True)
class Largest:
    """The entity with most returns, how many it has, how many there are, and one return."""

    id: str
    name: str
    returns: int
    everything: int
    one: str


@pytest.fixture(scope="module")
def largest(built_workspace: Path) -> Largest:
    sql = """
        select
            entity_id, any_value(entities.name), count(*), (select count(*) from event_log.cases),
            (select max(case_id) from event_log.cases)
        from event_log.cases
        join staging.stg_reference__entities as entities using (entity_id)
        group by entity_id order by count(*) desc, entity_id limit 1
    """
    with open_published(built_workspace) as published:
        [row] = published.connection.execute(sql).fetchall()
    return Largest(*row)


def choose_entity(page: Page, name: str) -> None:
    """Choose an entity in the drawer of the filters, and close it."""
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Entities").click()
    page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#cohort")).to_contain_text(name, timeout=PATIENCE)


@pytest.mark.parametrize("path", QUESTIONS)
def test_every_page(address: str, browser: Browser, largest: Largest, path: str) -> None:
    named = f"{path}?return={largest.one}" if path == "return" else path
    visit = Visit(browser, f"{address}/{named}", **NARROW)
    hold(visit, QUESTIONS[path], "light", NARROW)
    page = visit.page
    page.set_viewport_size(WIDE)
    before = after = said(page)
    if path not in UNFILTERED:
        choose_entity(page, largest.name)
        after = said(page)
        assert f"entity={largest.id}" in page.url
        assert after != before
        assert path == "trust" or page.locator(".rt-lead").inner_text() not in before
        if path.split("?")[0] in COUNTING:
            assert f"{largest.returns} of {largest.everything} returns" in page.locator("#cohort").inner_text()
    again = Visit(browser, page.url, **WIDE, theme="dark")
    hold(again, page.get_by_role("heading", level=1).inner_text(), "dark", WIDE)
    assert said(again.page) == after
    assert not visit.errors + again.errors
    assert not visit.foreign + again.foreign
    again.close()
    visit.close()


def test_the_drawers(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/scorecard?kpi=rework_rate", **WIDE, theme="dark")
    page = visit.page
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Numerator", timeout=PATIENCE)
    stand_still(page)
    assert not barriers(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    expect(page.locator("[data-testid=stApp]")).to_have_css("background-color", GROUNDS["light"], timeout=PATIENCE)
    stand_still(page)
    page.wait_for_timeout(1_000)  # colours go over into one another
    assert not barriers(page)
    page.set_viewport_size(WIDE)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("button", name="Filters")).to_have_attribute("aria-expanded", "true")
    page.wait_for_timeout(1_000)  # what lay over the page fades away, and its colours are nobody's then
    assert not barriers(page)
    assert not visit.foreign
    assert not visit.errors
    visit.close()


def test_text_and_figures_of_an_open_page_follow_the_theme(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/time", **WIDE)
    page = visit.page
    in_the_light = said(page)
    light = page.evaluate(INK)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"before => ({INK})().every((ink, at) => ink !== before[at])", arg=light)
    assert said(page) == in_the_light
    assert not visit.errors
    visit.close()
