"""A number of a page in a real browser: followed to its returns, to one of them, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, expect
from standing import said

from pipeline.publish import open_published

ONE_RETURN = "One return, from request to close"
RETURNS = "Which returns are these?"


@pytest.fixture(scope="module")
def largest(built_workspace: Path) -> str:
    """The entity with most returns."""
    sql = "select entity_id from event_log.cases group by entity_id order by count(*) desc, entity_id limit 1"
    with open_published(built_workspace) as published:
        [(entity,)] = published.connection.execute(sql).fetchall()
    return str(entity)


@pytest.mark.parametrize("path", ["recovery", "exceptions", "time", "paths?path-form=raw", "handoffs", "rules"])
def test_a_number_leads_to_its_returns_to_one_of_them_and_back(
    address: str, browser: Browser, largest: str, path: str
) -> None:
    visit = Visit(browser, f"{address}/{path}{'&' if '?' in path else '?'}entity={largest}", 1440, 900)
    page = visit.page
    here, question = said(page), page.get_by_role("heading", level=1).inner_text()
    see = page.locator("a[aria-label^='See']").first
    if not see.is_visible():
        page.locator("details", has=page.locator("a[aria-label^='See']")).first.locator("summary").click()
    told = see.inner_text().removeprefix("See ")
    see.click()
    heading, lead = page.get_by_role("heading", level=1), page.locator(".rt-lead")
    expect(heading).to_have_text(RETURNS, timeout=PATIENCE)
    if told != "returns":
        expect(lead).to_contain_text(f"{told}, ", timeout=PATIENCE)
    listed = said(page)
    first = page.locator("a[href*='return?return=']").first
    number = first.inner_text()
    first.click()
    expect(heading).to_have_text(ONE_RETURN, timeout=PATIENCE)
    expect(lead).to_contain_text(number, timeout=PATIENCE)
    page.go_back()
    expect(heading).to_have_text(RETURNS, timeout=PATIENCE)
    assert said(page) == listed
    page.go_back()
    expect(heading).to_have_text(question, timeout=PATIENCE)
    assert said(page) == here
    assert not visit.errors
    assert not visit.foreign
    visit.close()
