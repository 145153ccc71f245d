"""Read what a page shows under AppTest."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

_SCRIPT = """
from dashboards import frame
from dashboards.{page} import page
frame.run(page.page, frame.open_view())
"""


LEVELS = ("system", "department", "resource")
TABLES = (
    *("segments", "bottlenecks", "work-in-progress", "week", "ages-of-exceptions", "causes", "rules", "deviations"),
    *("process-map-differences", "paths-normalised", "paths-raw"),
    *(f"{table}-{level}" for table in ("handoffs", "ping-pong") for level in LEVELS),
    *("process-and-mix", "closed-by-day", "weeks", "comparison", "where-it-changed"),
)
"""The tables under figures, which are made up when they are opened."""


def open_page(page: str = "scorecard", has_tables: bool = True, **query: str | list[str]) -> AppTest:
    """Run a page of the app with a query in its URL, its tables under figures opened or as a reader finds them."""
    test = AppTest.from_string(_SCRIPT.format(page=page), default_timeout=30)
    for name in TABLES if has_tables else ():
        test.session_state[f"{name}-numbers"] = True
    for name, value in query.items():
        test.query_params[name.rstrip("_")] = value
    return test.run()


def markup(test: AppTest) -> str:
    """All HTML of a page as it was sent."""
    return "\n".join(element.proto.body for element in test.get("html"))


def sent(test: AppTest) -> bytes:
    """All that is sent to the browser, figures and tables included."""
    protos = (getattr(element, "proto", None) for element in test._tree)
    return b"\n".join(proto.SerializeToString() for proto in protos if proto is not None)


def text(test: AppTest) -> str:
    """What a reader sees of the HTML, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", markup(test)))).strip()


def tile(test: AppTest, title: str) -> str:
    """What a reader sees of one tile."""
    tiles = re.findall(r"<article .*?</article>", markup(test))
    [found] = [one for one in tiles if f"<h3>{title}" in one]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", found))).strip()
