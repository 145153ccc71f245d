"""What a build that goes on has to look at: rows that were made again; the others are as the build before held them.

The results are those of looking at everything. What held of every row before, and holds of those made again, holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from expectations.held import hold, open_relation
from expectations.result import ExpectationResult, rows_unexpected
from expectations.suite import Expectation, Suite
from pipeline.warehouse import Connection

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource

_OF_ROWS = {
    "expect_column_values_to_not_be_null",
    "expect_column_values_to_be_in_set",
    "expect_column_value_lengths_to_equal",
    "expect_column_values_to_be_between",
    "expect_column_pair_values_a_to_be_greater_than_b",
}


@dataclass(frozen=True)
class Renewed:
    """What changed since the published build, whose results are `before`, by suite and relation.

    The rows of the relations `again` that were made again are in the catalogue `catalogue` under the same names; no row
    of the relations `unchanged` came or went. `looked_at` takes how many rows of each relation were looked at.
    """

    catalogue: str
    again: frozenset[str]
    unchanged: frozenset[str]
    before: Mapping[tuple[str, str], Sequence[ExpectationResult]]
    looked_at: dict[str, int] = field(default_factory=dict)


def run_suite_on_changes(
    con: Connection, source: SQLDatasource, suite: Suite, renewed: Renewed, progress: Callable[[str], None]
) -> Iterator[ExpectationResult]:
    """Yield a result for each expectation of `suite`, as if the whole warehouse had been looked at."""
    for relation in suite.relations:
        progress(f"{suite.title}: {relation}")
        expectations = suite.of_relation(relation)
        before = renewed.before.get((suite.name, relation), ())
        known: dict[int, ExpectationResult] = {}
        if [one.kind for one in expectations] == [one.expectation for one in before]:
            if relation in renewed.unchanged:
                known = dict(enumerate(before))
                renewed.looked_at[relation] = 0
            elif relation in renewed.again:
                known = _hold_again(con, source, suite, relation, renewed)
        rest = [one for position, one in enumerate(expectations) if position not in known]
        whole = iter(hold(con, source, suite, rest) if rest else ())
        yield from (known.get(position) or next(whole) for position in range(len(expectations)))


def _hold_again(
    con: Connection, source: SQLDatasource, suite: Suite, relation: str, renewed: Renewed
) -> dict[int, ExpectationResult]:
    """Return by position the results of what is about rows, held before, and holds of the rows that were made again."""
    from expectations.engine import validate

    expectations, before = suite.of_relation(relation), renewed.before[suite.name, relation]
    whole = suite.derived.get(relation, f"from {relation}")
    made = whole.replace(f"from {relation}", f"from {renewed.catalogue}.{relation}")
    query = suite.again.get(relation, made).format(part=renewed.catalogue)
    held = [place for place, one in enumerate(before) if one.success and one.unexpected_count == 0]
    is_unique_asked = relation in suite.again
    asked = {place: expectations[place] for place in held if is_unique_asked or _is_of_rows(expectations[place])}
    if not asked:
        return {}
    view = f"{relation}__again".replace(".", "__")
    open_relation(con, "table" if is_unique_asked else "view", view, query)
    found = dict(zip(asked, validate(source, suite.name, view, list(asked.values())), strict=True))
    [(renewed.looked_at[relation],)] = con.execute(f"select count(*) from {view}").fetchall()  # noqa: S608
    # A unique key is held of keys that could be double, of which there are none as a rule.
    rows = 0 if is_unique_asked else con.execute(f"select count(*) from ({whole})").fetchall()[0][0]  # noqa: S608
    return {
        place: replace(one, element_count=rows, observed=rows_unexpected(0, rows))
        for place, one in found.items()
        if one.success and one.unexpected_count == 0
    }


def _is_of_rows(expectation: Expectation) -> bool:
    return expectation.kind in _OF_ROWS and "mostly" not in expectation.arguments
