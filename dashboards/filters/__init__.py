"""The filters of all pages: entities, period, rules and the clock, kept in the URL so that a link shows the same."""

from dashboards.filters.drawer import choose_clock, choose_scope
from dashboards.filters.empty import plain_text, say_empty, say_left_out
from dashboards.filters.state import (
    CLOCK,
    ENTITY,
    FROM,
    KEPT,
    TO,
    add_rule,
    clear,
    entities_left_out,
    in_address,
    remove_rule,
    scope_in,
)

__all__ = [
    "CLOCK",
    "ENTITY",
    "FROM",
    "KEPT",
    "TO",
    "add_rule",
    "choose_clock",
    "choose_scope",
    "clear",
    "entities_left_out",
    "in_address",
    "plain_text",
    "remove_rule",
    "say_empty",
    "say_left_out",
    "scope_in",
]
