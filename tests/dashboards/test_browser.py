"""The pages of a real build in a real browser."""

from __future__ import annotations

from pathlib import Path

from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, expect

from pipeline.kpis import kpi_rows
from pipeline.publish import open_published

CHARTS_ARE_LOADED = "performance.getEntriesByType('resource').some(one => one.name.includes('/PlotlyChart.'))"


def test_scorecard(address: str, browser: Browser, built_workspace: Path) -> None:
    with open_published(built_workspace) as published:
        rows = {row.kpi: row for row in kpi_rows(published.connection)}
    visit = Visit(browser, address, 1440, 900)
    page = visit.page
    tile = page.locator(".rt-tile", has_text="Cycle time")
    expect(tile).to_contain_text(f"{rows['cycle_time_days.mean'].value:.1f} business days", timeout=PATIENCE)
    expect(tile).to_contain_text(f"n {rows['cycle_time_days.mean'].n}")
    expect(page.get_by_role("heading", level=1)).to_have_text("How are returns doing?")
    eighth = page.locator(".rt-tile").nth(7).bounding_box()
    assert eighth
    assert eighth["y"] + eighth["height"] <= 900, "eight tiles are in sight"
    page.wait_for_function(CHARTS_ARE_LOADED, timeout=PATIENCE)
    page.get_by_role("link", name="Open Rework rate").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Numerator")
    assert "kpi=rework_rate" in page.url
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    assert not visit.foreign
    assert not visit.errors
    page.set_viewport_size({"width": 390, "height": 844})
    expect(tile).to_be_visible()
    assert visit.overflow() <= 0
    visit.close()


def test_the_scorecard_opens_by_its_name_with_the_returns_behind_a_kpi(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/scorecard?kpi=communication_sla_rate&kpi-by=site&from=2020-02-01", 1440, 900)
    page = visit.page
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("Which returns are behind it?", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(drawer).to_have_count(1)
    expect(page.locator("#cohort")).to_contain_text("since 1 Feb 2020")
    expect(drawer.get_by_role("radio", name="site")).to_be_checked()
    before = drawer.locator(".rt-list a").first.text_content()
    drawer.get_by_role("button", name="Page 2", exact=True).click()
    expect(drawer.locator(".rt-list a").first).not_to_have_text(str(before))
    assert "kpi-page=2" in page.url
    page.evaluate("window.isLoadedOnce = true")
    drawer.locator(".rt-list a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One return, from request to close", timeout=PATIENCE)
    assert page.evaluate("window.isLoadedOnce"), "a link is followed inside the session"
    assert "from=2020-02-01" in page.url
    assert not visit.foreign
    assert not visit.errors
    visit.close()


def test_the_drawer_of_a_kpi_closes_from_its_second_page(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/scorecard?kpi=communication_sla_rate&kpi-page=2", 1440, 900)
    page = visit.page
    drawer = page.get_by_role("dialog")
    expect(drawer.locator(".rt-list a").first).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page).to_have_url(f"{address}/scorecard", timeout=PATIENCE)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    visit.close()


def test_process_map(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/process-map?from=2020-02-01&sight=most+frequent&paths=20", 390, 844)
    page = visit.page
    shown = page.locator(".rt-caption", has_text="edges hidden")
    expect(shown).to_be_visible(timeout=PATIENCE)
    drawing = page.locator(".js-plotly-plot")
    expect(drawing).to_contain_text("Goods", timeout=PATIENCE)
    expect(drawing).to_contain_text("Median wait, business time")
    assert visit.overflow() <= 0
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator("#cohort")).to_contain_text("since 1 Feb 2020")
    page.get_by_role("link", name="Scorecard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How are returns doing?")
    expect(page.locator("#cohort")).to_contain_text("since 1 Feb 2020")
    page.get_by_role("link", name="Process map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How does the process really run?")
    assert "from=2020-02-01" in page.url
    page.get_by_role("radio", name="most frequent").click()
    steps = page.get_by_role("slider", name="Steps")
    before = int(steps.input_value())
    steps.focus()
    page.keyboard.press("ArrowLeft")
    expect(shown).not_to_contain_text(f"Showing {before} of", timeout=PATIENCE)
    assert "steps=" in page.url
    expect(page.get_by_role("button", name="Download CSV")).to_be_visible()
    assert not visit.foreign
    assert not visit.errors
    visit.close()


def test_an_exception_leads_to_its_return_and_back(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/exceptions", 1440, 900)
    page = visit.page
    link = page.locator("a[href*='return?return=']").first
    expect(link).to_be_visible(timeout=PATIENCE)
    named = str(link.get_attribute("href")).split("return?return=")[1].split("&")[0]
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One return, from request to close", timeout=PATIENCE)
    assert f"return={named}" in page.url
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What needs attention now?", timeout=PATIENCE)
    assert not visit.foreign
    assert not visit.errors
    visit.close()
