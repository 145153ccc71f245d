"""The replay in a real browser: what moves, what stands, what is said."""

from __future__ import annotations

import pytest
from browsing import PATIENCE, Visit
from playwright.sync_api import Browser, Locator, Page, expect

from pipeline.settings import PROJECT

REPLAY = "process-map?replay=true&replay-window=all+time&sight=most+frequent"
PLACES = PROJECT / "dashboards" / "process_map" / "replay_places.js"
PICTURE = """canvas => {
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3]) sum = (sum * 31 + at + data[at]) % 1000000007;
    return sum;
}"""


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part={name}]")


def picture(page: Page) -> int:
    """What the canvas shows, as a number; 0 when it is empty."""
    return int(part(page, "tokens").evaluate(PICTURE))


def scrub(page: Page, share: float) -> None:
    part(page, "scrub").evaluate(
        "(e, share) => { e.value = Math.round(e.max * share / 60) * 60; e.dispatchEvent(new Event('input')); }", share
    )


def test_play_moves_pause_stops_and_the_scrubber_sets_the_date(address: str, browser: Browser) -> None:
    visit = Visit(browser, f"{address}/{REPLAY}", 1440, 900)
    page = visit.page
    play, date = part(page, "play"), part(page, "date")
    expect(play).to_have_text("Play", timeout=PATIENCE)
    first = date.inner_text()
    scrub(page, 0.3)
    expect(date).not_to_have_text(first)
    still, there = picture(page), date.inner_text()
    assert still, "tokens are drawn"
    assert there in str(part(page, "tokens").get_attribute("aria-label"))
    play.focus()
    page.keyboard.press("Enter")
    expect(play).to_have_text("Pause")
    expect(date).not_to_have_text(there)
    assert picture(page) != still
    shown = page.locator(".rt-caption", has_text="Showing").first
    hidden = shown.inner_text()
    page.get_by_role("slider", name="Paths").press("ArrowLeft")
    expect(shown).not_to_have_text(hidden)
    expect(play).to_have_text("Pause")
    play.focus()
    page.keyboard.press("Enter")
    expect(play).to_have_text("Play")
    stopped, then = picture(page), date.inner_text()
    page.wait_for_timeout(400)
    assert (picture(page), date.inner_text()) == (stopped, then)
    part(page, "forward").click()
    expect(date).to_contain_text(", 00:00")
    assert not visit.foreign
    assert not visit.errors
    page.set_viewport_size({"width": 390, "height": 844})
    expect(part(page, "frame")).to_be_visible()
    assert visit.overflow() <= 0
    visit.close()


def test_whoever_asks_for_less_motion_steps_from_day_to_day(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{REPLAY}")
    expect(part(page, "still")).to_be_visible(timeout=PATIENCE)
    expect(part(page, "play")).to_be_hidden()
    scrub(page, 0.3)
    still, there = picture(page), part(page, "date").inner_text()
    page.wait_for_timeout(400)
    assert (picture(page), part(page, "date").inner_text()) == (still, there)
    part(page, "forward").press("Enter")
    expect(part(page, "date")).not_to_have_text(there)
    expect(part(page, "date")).to_contain_text(", 00:00")
    expect(part(page, "said")).to_contain_text("returns in progress")
    context.close()


VISITS, EDGES = [0, 0, 1, 3000, 2, 100], [[0, 1]]


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (-1, None),
        (0, {"kind": "move", "edge": 0, "part": 0}),
        (360, {"kind": "move", "edge": 0, "part": 0.5}),
        (720, {"kind": "wait", "edge": 0, "target": 1}),
        (2879, {"kind": "wait", "edge": 0, "target": 1}),
        (2940, {"kind": "move", "edge": 0, "part": 0.5}),
        (3000, {"kind": "step", "step": 1}),
        (3075, {"kind": "jump", "step": 1, "target": 2, "part": 0.5}),
        (3100, {"kind": "step", "step": 2, "alpha": 1}),
        (3380, {"kind": "step", "step": 2, "alpha": 0.5}),
        (3560, None),
    ],
)
def test_a_token_travels_waits_enters_and_leaves(
    browser: Browser, minute: int, expected: dict[str, object] | None
) -> None:
    page = browser.new_page()
    found = page.evaluate(
        """async ([source, visits, edges, minute]) => {
            const places = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
            const [token] = places.unpack([[0, 3200, visits, []]]);
            return places.placeOf(token, minute, places.edgeNumbers(edges));
        }""",
        [PLACES.read_text(encoding="utf-8"), VISITS, EDGES, minute],
    )
    page.close()
    assert found is expected if expected is None else found.items() >= expected.items()


def test_the_calendar_is_local_and_days_begin_at_its_midnights(browser: Browser) -> None:
    page = browser.new_page()
    found = page.evaluate(
        """async source => {
            const places = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
            const data = {start: 1741392000, minutes: 7200, shifts: [[0, -360], [1920, -300]]};  // 8 March 2025, UTC
            const days = [0];
            while (days.at(-1) < 7200) days.push(places.midnight(data, days.at(-1), 1));
            const said = days.slice(0, 4).map(minute => places.calendarText(data, minute));
            return {days, said, back: places.midnight(data, 3180, -1)};
        }""",
        PLACES.read_text(encoding="utf-8"),
    )
    page.close()
    assert found["days"] == [0, 360, 1800, 3180, 4620, 6060, 7200]
    assert found["said"] == [
        "Fri 7 Mar 2025, 18:00",
        "Sat 8 Mar 2025, 00:00",
        "Sun 9 Mar 2025, 00:00",
        "Mon 10 Mar 2025, 00:00",
    ]
    assert found["back"] == 1800
