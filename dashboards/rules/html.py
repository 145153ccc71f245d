"""The qualities of the process, and what is legal although it deviates, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from dashboards.rules.words import deviation_name, qualities
from pipeline.formats import count

if TYPE_CHECKING:
    from mining.conformance.result import Conformance
    from mining.rules import RuleResult

Allowed = tuple[str, str, str]


def qualities_html(found: Conformance) -> str:
    """Return how well the process and the log fit as an HTML list."""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in qualities(found))
    return f'<dl class="rt-facts">{items}</dl>'


def allow_list_html(allowed: Sequence[Allowed], found: Conformance, results: Sequence[RuleResult]) -> str:
    """Return the allow-list as an HTML table: what, why, and how many returns."""
    having = {(one.kind, one.activity): one.cases for one in found.deviations}
    lines = [
        (deviation_name(kind, activity), because, _returns(activity, having.get((kind, activity), 0), found))
        for kind, activity, because in allowed
    ]
    lines += [
        (f"Excused from: {one.rule.title}", _excuse(one), count(one.allowed))
        for one in results
        if one.rule.unless is not None
    ]
    body = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td>{escape(why)}</td><td>{escape(returns)}</td></tr>'
        for what, why, returns in lines
    )
    head = '<tr><th scope="col">What</th><th scope="col">Why</th><th scope="col">Returns</th></tr>'
    return f'<table class="rt-table rt-allowed"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _returns(activity: str, cases: int, found: Conformance) -> str:
    return "left out beforehand" if activity in found.dropped else count(cases)


def _excuse(result: RuleResult) -> str:
    """Say what excuses a return from a rule."""
    unless = result.rule.unless
    if unless is None:
        return ""
    if unless.kind == "activity":
        return f"The return has {' or '.join(unless.values)}."
    if unless.kind == "attribute":
        return f"Its {unless.column.replace('_', ' ')} is {unless.values[0]}."
    return "Nothing had to come back." if unless.column == "receipt_not_needed" else unless.column.replace("_", " ")
