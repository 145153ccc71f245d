"""From what is typed to a question: dates, cohorts, the rollout and the goals, each checked against the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mining.cohort import Cohort
from pipeline.errors import UsageError
from pipeline.instants import parse_date
from pipeline.macros import Connection
from proof.measures import measures
from proof.question import DEFAULT_GOALS, Cluster, Question, RolloutStep, Side
from proof.rollout_file import read_rollout


@dataclass(frozen=True)
class Asked:
    """What a comparison was asked for: dates as text, files by path, None for what was not given."""

    start: str
    end: str
    before_start: str | None = None
    before_end: str | None = None
    cohort: Path | None = None
    against: Path | None = None
    rollout: Path | None = None
    cluster: Cluster = "customer"
    goals: tuple[str, ...] = ()


def question_of(con: Connection, asked: Asked, frozen: Side | None = None) -> Question:
    """Return the question; raises UsageError, saying what to do, for anything that cannot be asked.

    `frozen` is the side of a baseline: it is before, and its cohort is that of after too, unless another is given.
    """
    cohort = frozen.cohort if frozen and asked.cohort is None else _cohort(asked.cohort)
    after = Side(_date(asked.start, "--from"), _date(asked.end, "--to"), cohort)
    before = _before(asked, after) if frozen is None else _frozen(asked, frozen)
    if before.start < after.end and after.start < before.end and before.cohort == after.cohort:
        raise UsageError(
            f"Before ({before.start} up to {before.end}) and after ({after.start} up to {after.end}) overlap. "
            "Choose periods apart, or another cohort for before with --against."
        )
    steps = () if asked.rollout is None else of_known_units(con, read_rollout(asked.rollout))
    return Question(before, after, steps, asked.cluster, _goals(con, asked.goals))


def _frozen(asked: Asked, frozen: Side) -> Side:
    if asked.before_start is not None or asked.before_end is not None or asked.against is not None:
        raise UsageError(
            "A baseline brings its own dates and cohort of before; found --before-from, --before-to or --against "
            "beside --baseline. Leave them out."
        )
    return frozen


def _before(asked: Asked, after: Side) -> Side:
    if (asked.before_start is None) != (asked.before_end is None):
        raise UsageError("One end of before is missing; give both --before-from and --before-to.")
    if asked.before_start is None and asked.against is None:
        raise UsageError(
            "Nothing to compare with. Name a frozen baseline with --baseline, give the dates of before with "
            "--before-from and --before-to, or the cohort of before with --against."
        )
    start = after.start if asked.before_start is None else _date(asked.before_start, "--before-from")
    end = after.end if asked.before_end is None else _date(asked.before_end, "--before-to")
    return Side(start, end, after.cohort if asked.against is None else _cohort(asked.against))


def _date(text: str | None, option: str) -> date:
    found = parse_date(text, option)
    if found is None:
        raise UsageError(f"{option} is missing; expected a date such as 2025-05-01.")
    return found


def _cohort(path: Path | None) -> Cohort:
    if path is None:
        return Cohort()
    try:
        return Cohort.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The cohort {path} cannot be read ({error}); expected a JSON file in UTF-8.") from error


def of_known_units(con: Connection, steps: tuple[RolloutStep, ...]) -> tuple[RolloutStep, ...]:
    """Return the steps of a roll-out. Raises UsageError for an entity or site that no return has."""
    rows = con.execute("select distinct entity_id, site from event_log.cases").fetchall()
    units = {"entity": {entity for entity, _ in rows}, "site": {site for _, site in rows}}
    if unknown := next((step for step in steps if step.unit not in units[step.unit_kind]), None):
        named = ", ".join(sorted(units[unknown.unit_kind] - {None}))
        raise UsageError(
            f"The rollout names the {unknown.unit_kind} {unknown.unit!r}; no return has it. Found: {named}."
        )
    return steps


def _goals(con: Connection, goals: tuple[str, ...]) -> tuple[str, ...]:
    names = [measure.name for measure in measures(con) if measure.better]
    if unknown := next((goal for goal in goals if goal not in names), None):
        raise UsageError(f"There is no goal {unknown!r}; expected one of {', '.join(names)}.")
    return goals or DEFAULT_GOALS
