"""Every page in a real browser: filtered in the drawer, passed on as a link, followed to one return and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, Page, expect
from standing import said

from pipeline.publish import open_published

ONE_RETURN = "One return, from request to close"
RETURNS = "Which returns are these?"
OF_THE_WHOLE_BUILD = "trust"
COMPARED = "compare?before-start=2025-01-01&before-end=2025-04-01&after-start=2025-04-01&after-end=2025-07-01"


@pytest.fixture(scope="module")
def largest(built_workspace: Path) -> tuple[str, str, int, int]:
    """The entity with most returns: its id, its name, how many returns it has, and how many there are."""
    sql = """
        select entity_id, any_value(entities.name), count(*), (select count(*) from event_log.cases)
        from event_log.cases
        join staging.stg_reference__entities as entities using (entity_id)
        group by entity_id order by count(*) desc, entity_id limit 1
    """
    with open_published(built_workspace) as published:
        [row] = published.connection.execute(sql).fetchall()
    return row


def choose_entity(page: Page, name: str) -> None:
    """Choose an entity in the drawer of the filters, and close it."""
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Entities").click()
    page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "path",
    [
        *("", "recovery", "exceptions", "time", "process-map", "paths", "handoffs", "rules", "causes", "returns"),
        *(COMPARED, "trust"),
    ],
)
def test_a_filter_of_the_drawer_changes_the_answer_and_its_link_gives_it_again(
    address: str, browser: Browser, largest: tuple[str, str, int, int], path: str
) -> None:
    entity, name, count, everything = largest
    visit = Visit(browser, f"{address}/{path}", 1440, 900)
    page = visit.page
    before = said(page)
    choose_entity(page, name)
    cohort = page.locator("#cohort")
    expect(cohort).to_contain_text(name, timeout=PATIENCE)
    after = said(page)
    assert f"entity={entity}" in page.url
    if path in ("time", "process-map", "paths", "handoffs", "rules", "causes", "returns", "trust"):
        assert f"{count} of {everything} returns" in cohort.inner_text()
    assert after != before
    assert path == OF_THE_WHOLE_BUILD or page.locator(".rt-lead").inner_text() not in before
    again = Visit(browser, page.url, 1440, 900)
    assert said(again.page) == after
    assert not visit.errors + again.errors
    assert not visit.foreign + again.foreign
    page.close()
    again.page.close()


@pytest.mark.parametrize("path", ["recovery", "exceptions", "time", "paths?path-form=raw", "handoffs", "rules"])
def test_a_number_leads_to_its_returns_to_one_of_them_and_back(
    address: str, browser: Browser, largest: tuple[str, str, int, int], path: str
) -> None:
    visit = Visit(browser, f"{address}/{path}{'&' if '?' in path else '?'}entity={largest[0]}", 1440, 900)
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
    page.close()
