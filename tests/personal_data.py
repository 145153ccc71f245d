"""What the extracts of a build say of persons and customers, to be looked for in what leaves the build."""

from __future__ import annotations

from pathlib import Path

from pipeline.publish import open_published

_PERSONAL = """
    select user_id from raw.erp__users where not is_automation
    union select unnest([customer_id, name, email, phone]) from raw.erp__customers
    union select customer_note from raw.crm__cases
    union select notes from raw.wms__inspections
"""


def personal_data(workspace: Path) -> frozenset[str]:
    """Return user ids of persons, and what names, reaches or was written by or of customers."""
    with open_published(workspace) as published:
        rows = published.connection.execute(_PERSONAL).fetchall()
    return frozenset(value for (value,) in rows if value)


def told(personal: frozenset[str], content: bytes | str) -> list[str]:
    """Return the personal data that stand anywhere in a text or file."""
    written = content if isinstance(content, bytes) else content.encode()
    return sorted(one for one in personal if one.encode() in written)
