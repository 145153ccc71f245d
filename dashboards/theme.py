"""The colours of both themes for the style sheet of the pages."""

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
