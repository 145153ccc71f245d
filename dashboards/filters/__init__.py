"""The filters of all pages: entities, period, rules and the clock, kept in the URL so that a link shows the same."""

from dashboards.filters.drawer import choose_clock, choose_scope
from dashboards.filters.empty import plain_text, say_empty
from dashboards.filters.state import CLOCK, ENTITY, FROM, KEPT, TO, add_rule, clear, in_address, remove_rule

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
    "in_address",
    "plain_text",
    "remove_rule",
    "say_empty",
]
