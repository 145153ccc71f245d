"""Colours that carry text: what of a scale can be written on, and with which ink."""

from __future__ import annotations

from mining.drawing.colours import Tokens

LEAST = 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb` (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def written_scale(theme: Tokens) -> list[tuple[str, str]]:
    """Return the colours of the sequential scale that text can be read on, each with its ink, from little to much."""
    best = [
        (colour, max((theme.text, theme.ground), key=lambda ink: contrast(colour, ink))) for colour in theme.sequential
    ]
    return [(colour, ink) for colour, ink in best if contrast(colour, ink) >= LEAST]


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
