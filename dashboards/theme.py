"""The colours of both themes for the style sheet of the pages, and the name of the product."""

from __future__ import annotations

from dataclasses import fields

from mining.drawing.colours import Tokens, tokens


def css_variables() -> str:
    """Return the colours as CSS custom properties, ``--rt-text: light-dark(#17212b, #e6ecf1);`` and so on.

    Each element takes the one of its own colour scheme, so that text stays readable when the theme changes.
    """
    light, dark = tokens("light"), tokens("dark")
    names = [field.name for field in fields(Tokens) if field.type == "str"]
    pairs = {name: f"light-dark({getattr(light, name)}, {getattr(dark, name)})" for name in names}
    return " ".join(f"--rt-{name.replace('_', '-')}: {pair};" for name, pair in pairs.items())


def wordmark(mark: str, colour: str) -> str:
    """Return the product's name beside its mark, as SVG."""
    name = f'<text x="40" y="22" font-family="sans-serif" font-size="19" font-weight="600" fill="{colour}">'
    inner = f"{mark}{name}Retrace</text>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="124" height="32" viewBox="0 0 124 32">{inner}</svg>'
