"""What a reader does on a page, by what is read there, so that it works on every build."""

from __future__ import annotations

from datetime import date

from playwright.async_api import Locator, Page

from tests.latency.reader import Act

TABS_OUT_OF_DATE = 3
MAIN = "[data-testid=stMain]"
PLACES = """chart => {
    const trace = chart._fullData.find(trace => trace.name === "targets");
    const edges = [...new Set(trace.customdata.map(data => data[0]))].filter(name => name.startsWith("Edge"));
    const {xaxis, yaxis} = chart._fullLayout, box = chart.getBoundingClientRect();
    return edges.map(edge => {
        const spots = trace.customdata.map((data, at) => [data[0], at]).filter(([name]) => name === edge);
        const [, at] = spots[Math.floor(spots.length / 2)];
        return [box.x + xaxis._offset + xaxis.d2p(trace.x[at]), box.y + yaxis._offset + yaxis.d2p(trace.y[at])];
    });
}"""


def button(name: str) -> Act:
    """Press the first button with a name, or whose name begins so."""

    async def act(page: Page) -> None:
        await _fold(page)
        await page.get_by_role("button", name=name).first.click()

    return act


def option(name: str) -> Act:
    """Choose among words that stand side by side."""

    async def act(page: Page) -> None:
        await page.get_by_role("radio", name=name, exact=True).last.click()

    return act


def switch(name: str) -> Act:
    """Turn a switch on or off."""

    async def act(page: Page) -> None:
        await page.get_by_role("switch", name=name).first.focus()
        await page.keyboard.press("Space")

    return act


def listed(label: str, number: int) -> Act:
    """Choose from a list by number; it begins again where it ends, and what stands for all of it is passed over."""

    async def act(page: Page) -> None:
        await _fold(page)
        await page.get_by_label(label, exact=True).first.click()
        options = page.get_by_role("option")
        await options.first.wait_for()
        first = 1 if await options.first.inner_text() == "Select all" else 0
        await options.nth(first + number % (await options.count() - first)).click()

    return act


def named(label: str, name: str) -> Act:
    """Choose from a list by name."""

    async def act(page: Page) -> None:
        await page.get_by_label(label, exact=True).first.click()
        await page.get_by_role("option", name=name, exact=True).click()

    return act


def typed_date(label: str, day: date) -> Act:
    """Type a date and leave the field, which is when the date holds."""

    async def act(page: Page) -> None:
        await _fold(page)
        field = page.get_by_role("group", name=label, exact=True)
        await field.get_by_role("spinbutton").first.click()
        await page.keyboard.type(day.strftime("%Y%m%d"))
        for _ in range(TABS_OUT_OF_DATE):
            await page.keyboard.press("Tab")

    return act


def moved(label: str, key: str, times: int) -> Act:
    """Move a slider by keys."""

    async def act(page: Page) -> None:
        await page.get_by_role("slider", name=label).focus()
        for _ in range(times):
            await page.keyboard.press(key)

    return act


def to_page(name: str) -> Act:
    """Go to another page by the navigation."""

    async def act(page: Page) -> None:
        await page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()

    return act


def followed(word: str, number: int) -> Act:
    """Follow one of the links of a page by how its name begins, opening what it lies in."""

    async def act(page: Page) -> None:
        links = page.locator(f"{MAIN} a[aria-label^='{word}']")
        await links.first.wait_for(state="attached")
        link = links.nth(number % await links.count())
        await _unfold(link)
        await link.click()

    return act


async def _unfold(link: Locator) -> None:
    fold = link.locator("xpath=ancestor::details[not(@open)]")
    if await fold.count():
        await fold.locator("summary").first.click()


async def _fold(page: Page) -> None:
    """Close a list that stays open because more of it may be chosen."""
    if await page.get_by_role("listbox").count():
        await page.keyboard.press("Escape")
        await page.get_by_role("listbox").wait_for(state="detached")


def on_map(number: int) -> Act:
    """Click on the middle of an edge of the map."""

    async def act(page: Page) -> None:
        spots = await page.locator(".st-key-map .js-plotly-plot").evaluate(PLACES)
        x, y = spots[number % len(spots)]
        await page.mouse.click(x, y)

    return act


def close() -> Act:
    """Close what lies over the page."""

    async def act(page: Page) -> None:
        await _fold(page)
        await page.keyboard.press("Escape")

    return act


async def back(page: Page) -> None:
    """Go back to the page before."""
    await page.evaluate("window.latency.start(); history.back()")
