"""Process trees: the block-structured models that discovery returns and BPMN is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OperatorKind = Literal["sequence", "choice", "parallel", "loop"]


@dataclass(frozen=True)
class Activity:
    """A step of the process; `name` is the activity of the event log."""

    name: str


@dataclass(frozen=True)
class Silent:
    """Nothing happens: the branch that skips, or repeats without a step between."""


@dataclass(frozen=True)
class Operator:
    """How the children relate. A loop has two: the body, done once or more, and what lies between two rounds."""

    kind: OperatorKind
    children: tuple[Node, ...]


Node = Activity | Silent | Operator


def canonical(node: Node) -> Node:
    """Return the same process in its one form: nested equals folded, silent steps that say nothing left out,
    the branches of choices and parallels sorted, so that equal models are written equally.
    """
    if not isinstance(node, Operator):
        return node
    children = tuple(canonical(child) for child in node.children)
    if node.kind == "loop":
        return Operator("loop", children)
    children = tuple(part for child in children for part in _same_kind(child, node.kind))
    if node.kind == "choice":
        children = tuple(sorted(set(children), key=notation))
    else:
        children = tuple(child for child in children if not isinstance(child, Silent))
        children = tuple(sorted(children, key=notation)) if node.kind == "parallel" else children
    if not children:
        return Silent()
    return children[0] if len(children) == 1 else Operator(node.kind, children)


def _same_kind(child: Node, kind: OperatorKind) -> tuple[Node, ...]:
    return child.children if isinstance(child, Operator) and child.kind == kind else (child,)


def notation(node: Node) -> str:
    """Return the tree as text, e.g. ``sequence('A', choice('B', silent))``."""
    match node:
        case Activity(name):
            return repr(name)
        case Silent():
            return "silent"
        case Operator(kind, children):
            return f"{kind}({', '.join(notation(child) for child in children)})"
