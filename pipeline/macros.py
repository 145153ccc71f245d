"""The SQL macros outside dbt: one text for the models of a build and for questions asked of what it published."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol, cast

from jinja2 import Environment, StrictUndefined

from pipeline.settings import PROJECT

ENGINE = "duckdb"


class Connection(Protocol):
    """What a question needs of a warehouse connection."""

    def execute(self, query: str, parameters: object = ...) -> Any:
        """Run a query with parameters; the answer has ``fetchall``."""


class _Adapter:
    """What the macros ask of dbt's adapter: the engine's own version of a macro."""

    def __init__(self) -> None:
        self.macros: dict[str, Any] = {}

    def dispatch(self, name: str) -> Callable[..., str]:
        """Return the macro `<engine>__<name>`."""
        return cast("Callable[..., str]", self.macros[f"{ENGINE}__{name}"])


@cache
def _macros() -> dict[str, Any]:
    """Every macro of the project by name.

    All files are one template, because Jinja gives a macro only the names that there are when its file is read.
    """
    adapter = _Adapter()
    environment = Environment(undefined=StrictUndefined, autoescape=False, extensions=["jinja2.ext.do"])
    environment.globals |= {"return": lambda value: value, "adapter": adapter}
    texts = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "macros").rglob("*.sql"))]
    module = environment.from_string("\n".join(texts)).module
    adapter.macros = {name: macro for name, macro in vars(module).items() if not name.startswith("_")}
    return adapter.macros


def render(macro: str, **arguments: object) -> str:
    """Return the SQL of a macro for this engine.

    Arguments are names and expressions of the program (relations, columns); what a user gives is bound as a parameter
    when the SQL runs. Raises KeyError for an unknown macro.
    """
    return str(_macros()[macro](**arguments))
