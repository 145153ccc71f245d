"""What the address of another view says of its filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qs, urlsplit

from dashboards.filters import ENTITY, FROM, KEPT, TO, scope_in
from dashboards.scope import Scope
from pipeline.errors import UsageError


def scope_of_address(address: str, host: str, entities: Collection[str]) -> Scope:
    """Return the filters that an address of this product carries; `host` is where it runs, `entities` its entity_ids.

    Another host is taken for this product under another name only where filters are in the address. Raises UsageError
    for any other text, for an entity that there is not, and for filters that cannot be read.
    """
    found, asked = _parts(address.strip())
    if found is None or (found and found != host and not {ENTITY, FROM, TO, KEPT} & asked.keys()):
        raise UsageError(
            f"{_shown(address)} is no address of a view of this product; expected one such as "
            f"http://{host or 'host'}/process-map?from=2025-01-01. Copy it from the address bar of the other view."
        )
    if unknown := [entity for entity in asked.get(ENTITY, ()) if entity not in entities]:
        raise UsageError(
            f"The pasted address is of the entity {_shown(unknown[0])}, which is none that you see here; "
            f"expected {' or '.join(entities)}. Copy the address of another view."
        )
    _check_dates(asked)
    return scope_in(asked)


def _parts(address: str) -> tuple[str | None, Mapping[str, Sequence[str]]]:
    """Return the host of an address, empty where it names none, None for what is no address; and its query."""
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
    except ValueError:
        return None, {}
    if parts.scheme in ("http", "https") and parts.netloc:
        return parts.netloc, asked
    return ("" if not parts.scheme and address.startswith(("/", "?")) else None), asked


def _check_dates(asked: Mapping[str, Sequence[str]]) -> None:
    for key in (FROM, TO):
        for text in asked.get(key, ()):
            try:
                date.fromisoformat(text)
            except ValueError as error:
                raise UsageError(
                    f"The pasted address has {key}={_shown(text)}; expected a date such as 2025-03-01."
                ) from error


def _shown(text: str) -> str:
    shown = ascii(text)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
