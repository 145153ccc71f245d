"""The process map in a real browser: a click picks an edge, keeps its returns, and the link shows the same again."""

from __future__ import annotations

from pathlib import Path

from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, Page, expect

from mining.cohort import Cohort, Follower, choose
from mining.log import EventLog
from pipeline.publish import open_published

BEFORE, AFTER = "RMA Created", "Return Approved"
PLACE = """(chart, label) => {
    const trace = chart._fullData.find(trace => trace.name === "targets");
    const spots = trace.customdata.map((data, at) => [data[0], at]).filter(([name]) => name === label);
    const [, at] = spots[Math.floor(spots.length / 2)];
    const {xaxis, yaxis} = chart._fullLayout, box = chart.getBoundingClientRect();
    return [box.x + xaxis._offset + xaxis.d2p(trace.x[at]), box.y + yaxis._offset + yaxis.d2p(trace.y[at])];
}"""


def click_on(page: Page, label: str) -> None:
    """Click on the middle of an element of the map."""
    chart = page.locator(".st-key-map .js-plotly-plot")
    expect(chart).to_contain_text("start", timeout=PATIENCE)
    x, y = chart.evaluate(PLACE, label)
    page.mouse.click(x, y)


def test_a_click_keeps_the_returns_of_an_edge(address: str, browser: Browser, built_workspace: Path) -> None:
    rule = Follower((BEFORE,), (AFTER,), "directly")
    with open_published(built_workspace) as published:
        log = EventLog(published.connection)
        [(everything, _)] = log.rows("cohort_counts")
        [(count, _)] = choose(log, Cohort((rule,))).rows("cohort_counts")
    assert 0 < count < everything
    visit = Visit(browser, f"{address}/process-map?messages=true&sight=most+frequent&paths=200", 1440, 1100)
    page = visit.page
    click_on(page, f"Edge: {BEFORE} → {AFTER}")
    panel = page.locator(".st-key-map-panel")
    expect(panel).to_contain_text(f"Edge: {BEFORE} → {AFTER}", timeout=PATIENCE)
    expect(panel).to_contain_text(f"{count} of {everything} returns")
    assert "pick=" in page.url
    panel.get_by_role("button", name=f"Keep these {count} returns").click()
    said = page.locator("#cohort")
    expect(said).to_contain_text(f"{count} of {everything} returns", timeout=PATIENCE)
    expect(said).to_contain_text(f"in which {BEFORE} is directly followed by {AFTER}")
    assert "cohort=" in page.url
    again = Visit(browser, page.url, 390, 844)
    expect(again.page.locator("#cohort")).to_have_text(said.inner_text(), timeout=PATIENCE)
    expect(again.page.locator(".st-key-map-panel")).to_contain_text(f"{count} of {count} returns")
    assert again.overflow() <= 0
    assert not visit.errors + again.errors
    assert not visit.foreign + again.foreign
    visit.close()
    again.close()


def test_two_cohorts_on_one_map_by_link(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/process-map?to=2025-03-01&against=all+other+returns", 1440, 900)
    page = visit.page
    expect(page.locator(".rt-caption", has_text="No return is on both sides")).to_be_visible(timeout=PATIENCE)
    chart = page.locator(".st-key-map .js-plotly-plot")
    expect(chart).to_contain_text("Share of returns, here minus there", timeout=PATIENCE)
    page.get_by_role("radio", name="median wait").click()
    title = page.get_by_text("Median wait, here minus there, business time")
    expect(title).to_be_visible(timeout=PATIENCE)
    expect(chart).to_have_count(1)
    assert "difference=median" in page.url
    with page.expect_download() as saved:
        chart.locator("[data-title^='Download plot']").click(force=True)
    drawn = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "Median wait, here minus there" in drawn
    assert not visit.errors
    visit.close()
