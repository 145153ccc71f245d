"""Text as XML 1.0 allows it."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.sax.saxutils import quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=65_536)
def attribute_value(text: str) -> str:
    """Return `text` quoted for an attribute; characters that no XML document may hold are left out."""
    return quoteattr(_NOT_XML.sub("", text))
