"""The colours of the theme for the style sheet of the pages."""

from __future__ import annotations

from dataclasses import fields

from mining.drawing.colours import Tokens


def css_variables(theme: Tokens) -> str:
    """Return the colours as CSS custom properties, ``--rt-text: #17212b;`` and so on."""
    colours = {field.name: getattr(theme, field.name) for field in fields(theme) if field.name != "name"}
    return " ".join(
        f"--rt-{name.replace('_', '-')}: {value};" for name, value in colours.items() if isinstance(value, str)
    )
