"""A picture as PNG, the same pixels on every machine."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import resvg_py

_ZOOM = 2.0


def png_of(svg: str) -> bytes:
    """Draw an SVG at twice its size; letters come from the DejaVu fonts of matplotlib, never from the machine's."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, skip_system_fonts=True, font_dirs=[str(_font_folder())])
    )


def _font_folder() -> Path:
    """Where matplotlib keeps its fonts; matplotlib itself is not loaded."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib is not installed; run `make sync` or install retrace-returns again.")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
