"""The data docs: what is expected of the warehouse and what was found, as HTML that needs nothing from the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from expectations.result import ExpectationResult
from expectations.suite import Expectation, Suite

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class RelationPage:
    """One relation on a suite's page: each expectation with its result, failures first.

    `looked_at` is how many rows were held against what is about rows, None for all of them.
    """

    name: str
    looked_at: int | None
    rows: tuple[tuple[Expectation, ExpectationResult], ...]

    @property
    def failures(self) -> int:
        """How many expectations failed."""
        return sum(not result.success for _, result in self.rows)


@dataclass(frozen=True)
class SuitePage:
    """One suite: its relations in order and its counts."""

    suite: Suite
    relations: tuple[RelationPage, ...]

    @property
    def results(self) -> tuple[ExpectationResult, ...]:
        """All results of the suite."""
        return tuple(result for relation in self.relations for _, result in relation.rows)

    @property
    def failed(self) -> tuple[tuple[Expectation, ExpectationResult], ...]:
        """What failed, errors first."""
        rows = [row for relation in self.relations for row in relation.rows if not row[1].success]
        return tuple(sorted(rows, key=lambda row: row[1].severity))

    def failures(self, severity: str) -> int:
        """How many expectations of `severity` failed."""
        return sum(result.severity == severity for _, result in self.failed)


def write_data_docs(
    folder: Path,
    suites: Sequence[Suite],
    results: Sequence[ExpectationResult],
    as_of: datetime | None,
    looked_at: Mapping[str, int],
) -> None:
    """Write `index.html` and a page for each suite into `folder`, which is made when it is not there.

    `results` are those of the suites' expectations, in order; `looked_at` tells of relations of which not every row was
    looked at. The same warehouse gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = _pages(suites, results, looked_at)
    as_of_text = "no events" if as_of is None else f"{as_of:%Y-%m-%d %H:%M:%S} UTC"
    _write(folder / "index.html", environment.get_template("index.html").render(pages=pages, as_of=as_of_text))
    for page in pages:
        text = environment.get_template("suite.html").render(page=page, as_of=as_of_text)
        _write(folder / f"{page.suite.name}.html", text)


def _pages(
    suites: Sequence[Suite], results: Sequence[ExpectationResult], looked_at: Mapping[str, int]
) -> tuple[SuitePage, ...]:
    rest = iter(results)
    rows = {
        suite.name: [
            (expectation, next(rest)) for relation in suite.relations for expectation in suite.of_relation(relation)
        ]
        for suite in suites
    }
    return tuple(
        SuitePage(suite, tuple(_relation_page(one, rows[suite.name], looked_at.get(one)) for one in suite.relations))
        for suite in suites
    )


def _relation_page(
    relation: str, rows: Sequence[tuple[Expectation, ExpectationResult]], looked_at: int | None
) -> RelationPage:
    own = [row for row in rows if row[0].relation == relation]
    return RelationPage(relation, looked_at, tuple(sorted(own, key=lambda row: row[1].success)))


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
