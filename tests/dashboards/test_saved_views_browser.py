"""A view saved in one browser and opened in another."""

from __future__ import annotations

import shutil
from pathlib import Path

from browsing import PATIENCE, Visit, serving_workspace
from playwright.sync_api import Browser, expect

NAME = "Where money waits, since February"


def test_a_view_saved_with_the_keyboard_opens_in_a_fresh_browser(
    browser: Browser, built_workspace: Path, tmp_path: Path
) -> None:
    workspace = shutil.copytree(built_workspace, tmp_path / "workspace")
    with serving_workspace(workspace) as address:
        saved = Visit(browser, f"{address}/time?from=2020-02-01&rank-by=money", 1440, 900)
        page = saved.page
        expect(page.locator(".rt-lead")).not_to_be_empty(timeout=PATIENCE)
        lead = page.locator(".rt-lead").inner_text()
        page.get_by_role("button", name="Views").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Save this view as").focus()
        page.keyboard.type(NAME)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=NAME)).to_be_visible(timeout=PATIENCE)
        asked = page.url
        page.close()
        fresh = Visit(browser, f"{address}/return", 390, 844)
        page = fresh.page
        page.get_by_role("button", name="Views").click()
        link = page.get_by_role("link", name=NAME)
        expect(link).to_be_visible(timeout=PATIENCE)
        assert fresh.overflow() <= 0
        link.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Where does time go?", timeout=PATIENCE)
        expect(page.locator(".rt-lead")).to_have_text(lead, timeout=PATIENCE)
        expect(page.get_by_role("radio", name="money")).to_be_checked()
        assert sorted(page.url.split("?")[1].split("&")) == sorted(asked.split("?")[1].split("&"))
        assert page.url.split("?")[0] == asked.split("?")[0]
        page.close()
    assert not saved.foreign + fresh.foreign
    assert not saved.errors + fresh.errors
