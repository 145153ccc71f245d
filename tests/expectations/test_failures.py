from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from expectations import ExpectationResult
from expectations.suite import Suite
from tests.expectations.cases import WRITTEN, Breaking, generated

BREAKINGS = [*WRITTEN, *generated()]


def key(result: ExpectationResult) -> tuple[str, str, str | None]:
    return result.relation, result.expectation, result.column_name


@pytest.mark.parametrize("breaking", BREAKINGS, ids=str)
def test_exactly_the_named_expectations_fail(
    breaking: Breaking, results_after: Callable[[Breaking], list[ExpectationResult]]
) -> None:
    results = results_after(breaking)
    assert {key(result) for result in results if not result.success} == breaking.fails


def test_every_expectation_has_a_case_that_makes_it_fail(suites: tuple[Suite, ...]) -> None:
    broken = {name for breaking in BREAKINGS for name in breaking.fails}
    expected = {(one.relation, one.kind, one.column_name) for suite in suites for one in suite.expectations}
    assert expected == broken


def test_an_expectation_is_known_by_relation_kind_and_column(suites: tuple[Suite, ...]) -> None:
    keys = Counter((one.relation, one.kind, one.column_name) for suite in suites for one in suite.expectations)
    assert [name for name, times in keys.items() if times > 1] == []
