"""What a build keeps for the pages to count answers as the events themselves do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mining.handoffs import handoffs
from mining.log import EventLog
from mining.process_map import process_map, without_messages
from mining.rework import ping_pong
from mining.rules import read_rules, rule_results
from mining.variants import RETURNS, normalisation_of_returns, normalised_variants, variant_counts
from pipeline.publish import open_published

QUESTIONS: dict[str, tuple[str, Callable[[EventLog], object]]] = {
    "map": ("work_events", lambda log: process_map(without_messages(log))),
    "ways": ("work_paths", lambda log: variant_counts(without_messages(log), 1000)),
    "paths": ("compared_paths", lambda log: normalised_variants(log, normalisation_of_returns(log), RETURNS)),
    "departments": ("owner_changes", lambda log: handoffs(log, "department", "return_value")),
    "systems": ("owner_changes", lambda log: handoffs(log, "system", "return_value")),
    "rules": ("rule_verdicts", lambda log: rule_results(log, read_rules())),
    "ping-pong": ("owner_changes", lambda log: ping_pong(log, "department", "return_value")),
}


@pytest.fixture
def log(real_workspace: Path) -> Iterator[EventLog]:
    with open_published(real_workspace) as published:
        yield EventLog(published.connection)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_built_answers_as_the_events_do(log: EventLog, question: str) -> None:
    table, answer = QUESTIONS[question]
    asked_anew = EventLog(log.connection, "(from event_log.events)", "(from event_log.cases)")
    assert log.built(table)
    assert asked_anew.built(table) is None
    assert answer(log) == answer(asked_anew)
