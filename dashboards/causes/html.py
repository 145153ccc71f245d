"""Findings, what was not asked, and the tree of an outcome, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from dashboards.causes.answer import Association, CausesAnswer
from dashboards.causes.words import not_asked
from dashboards.drills import Drill, Place, ways_html
from mining.cohort import And, Attribute, Names, Rule
from mining.cohort.phrases import ATTRIBUTES
from pipeline.formats import count, share

if TYPE_CHECKING:
    from mining.causes import Node
    from mining.causes.conditions import Condition

COLUMNS = frozenset(ATTRIBUTES)


def findings_html(associations: Sequence[Association], here: Place) -> str:
    """Return findings as a list of sentences, each after its status, with the ways to the returns it is about."""
    items = "".join(
        f"<li><b>{escape(one.finding.status)}</b> {escape(one.row.sentence)} {_ways(one, here)}</li>"
        for one in associations
    )
    return f'<ul class="rt-findings">{items}</ul>'


def _ways(one: Association, here: Place) -> str:
    rule = rule_of(one.finding.condition)
    return ways_html(Drill(one.who, rule), here) if rule else ""


def rule_of(condition: Condition) -> Rule | None:
    """Return the rule that keeps the returns of a condition; None for what is worked out, such as a month."""
    if not condition.says_something or not COLUMNS.issuperset(condition.attributes):
        return None
    rules = tuple(Attribute(name, (value,)) for name, value in condition.parts)
    return rules[0] if len(rules) == 1 else And(rules)


def facts_html(facts: Sequence[tuple[str, str]]) -> str:
    """Return names with what is said of them, as an HTML list."""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    return f'<dl class="rt-facts">{items}</dl>'


def not_asked_html(answer: CausesAnswer) -> str:
    """Return what was tried, refused and left out."""
    return facts_html(not_asked(answer))


def tree_html(tree: Node, answer: CausesAnswer, names: Names) -> str:
    """Return the tree as rules in nested lists: each with its returns, its rate, and a bar as long as the rate."""
    return f'<ul class="rt-tree">{_node(tree, "All judged returns", answer, names)}</ul>'


def _node(node: Node, words: str, answer: CausesAnswer, names: Names) -> str:
    rate = f"{share(node.rate)} of {count(node.cases)}"
    bar = f'<i aria-hidden="true"><i style="width:{100 * node.rate:.1f}%"></i></i>'
    line = f"<div><span>{escape(words)}</span>{bar}<span>{escape(rate)}</span></div>"
    if node.split is None or node.matching is None or node.other is None:
        return f"<li>{line}</li>"
    name, value = node.split
    title, value = answer.titles.get(name, name), names.of(name, value)
    sides = (node.matching, f"{title} is {value}"), (node.other, f"{title} is not {value}")
    inner = "".join(_node(side, said, answer, names) for side, said in sides)
    return f"<li>{line}<ul>{inner}</ul></li>"
