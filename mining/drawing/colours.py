"""The colours of pages, charts and pictures, read from the theme that Streamlit itself reads."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pipeline.settings import PROJECT

THEME_FILE = PROJECT / ".streamlit" / "config.toml"

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, each `#rrggbb`.

    `met` and `missed` stand for good and bad (blue and orange, which colour-blind eyes tell apart); neither is ever
    the only sign. `sequential` runs from little to much, `diverging` from orange over neutral to blue.
    """

    name: ThemeName
    ground: str
    surface: str
    text: str
    muted: str
    faint: str
    border: str
    accent: str
    met: str
    missed: str
    warning_ground: str
    categories: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


@cache
def tokens(name: ThemeName) -> Tokens:
    """Return the tokens of the light or the dark theme."""
    theme: dict[str, Any] = tomllib.loads(THEME_FILE.read_text(encoding="utf-8"))["theme"][name]
    return Tokens(
        name=name,
        ground=theme["backgroundColor"],
        surface=theme["secondaryBackgroundColor"],
        text=theme["textColor"],
        muted=theme["grayTextColor"],
        faint=theme["grayColor"],
        border=theme["borderColor"],
        accent=theme["primaryColor"],
        met=theme["blueTextColor"],
        missed=theme["orangeTextColor"],
        warning_ground=theme["orangeBackgroundColor"],
        categories=tuple(theme["chartCategoricalColors"]),
        sequential=tuple(theme["chartSequentialColors"]),
        diverging=tuple(theme["chartDivergingColors"]),
    )


def stops(theme: Tokens, is_diverging: bool) -> tuple[str, ...]:
    """Return the colours of a scale of lines, from its lowest level to its highest.

    Lines must stand out from the ground even where they are neutral: the middle of the diverging scale is a grey, blue
    lies below it and orange above.
    """
    if not is_diverging:
        return theme.sequential
    orange, blue = theme.diverging[:2], theme.diverging[-2:]
    return (*reversed(blue), theme.faint, *reversed(orange))
