"""A new build is published while pages are open in a real browser."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
from browsing import PATIENCE, Visit, serving_workspace
from playwright.sync_api import Browser, expect
from standing import wait_until_drawn

from pipeline.publish import new_build_folder, open_published, publish


def publish_changed(root: Path) -> None:
    """Publish the next build as `retrace build` does, of the same marts with another cycle time."""
    with open_published(root) as published:
        workspace, manifest, source = published.workspace, published.manifest, published.folder
    following = new_build_folder(workspace)
    shutil.copy(source / following.warehouse.name, following.warehouse)
    with duckdb.connect(following.warehouse) as con:
        con.execute("update marts.kpi_items set value = 7 where kpi = 'cycle_time_days'")
    publish(workspace, following, replace(manifest, build=following.number))


def test_open_pages_go_on_through_the_swap_and_show_the_new_build(workspace_copy: Path, browser: Browser) -> None:
    with serving_workspace(workspace_copy) as address:
        watching = Visit(browser, f"{address}/?from=2025-01-20", 1440, 900)
        working = Visit(browser, f"{address}/returns", 1440, 900)
        tile = watching.page.locator(".rt-tile", has_text="Cycle time")
        expect(tile).to_be_visible(timeout=PATIENCE)
        expect(watching.page.locator("#cohort")).to_contain_text("Build 1,")
        wait_until_drawn(working.page)
        publish_changed(workspace_copy)
        with working.page.expect_download() as saved:
            working.page.get_by_role("button", name="Download CSV").click()
        assert Path(saved.value.path()).read_text(encoding="utf-8").count("\n") > 50
        working.page.get_by_role("radio", name="longest").click()
        expect(working.page.locator("#cohort")).to_contain_text("Build 2,", timeout=PATIENCE)
        expect(watching.page.locator("#cohort")).to_contain_text("Build 2,", timeout=PATIENCE)
        expect(tile).to_contain_text("7.0 business days")
        expect(watching.page.locator("#cohort")).to_contain_text("since 20 Jan 2025")
        for visit in (watching, working):
            wait_until_drawn(visit.page)
            expect(visit.page.locator("[data-testid=stException], [data-testid=stAlert]")).to_have_count(0)
            assert not visit.errors
            visit.page.close()
