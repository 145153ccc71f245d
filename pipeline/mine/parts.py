"""What a mining run asks of any log, and what it asks of returns besides: one file for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mining import (
    batching,
    bottlenecks,
    flow,
    handoffs,
    log_quality,
    objects,
    queues,
    rework,
    segments,
    stamp_gaps,
    variants,
    week,
)
from mining import rules as process_rules
from mining.log import EventLog
from mining.totals import ActivityUse, activity_use
from pipeline.mine.cause_rows import CauseRow, causes_of_any_log, causes_of_returns
from pipeline.people import Record, retold

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True)
class Part:
    """A file of records: their kind and the function that answers with them."""

    file: str
    kind: type[DataclassInstance]
    answer: Callable[[EventLog], Sequence[DataclassInstance]]


@dataclass(frozen=True)
class QueueRow:
    """One place on one day; the whole process has no place."""

    place: str | None
    day: date
    arrivals: int
    departures: int
    in_progress: int


@dataclass(frozen=True)
class LevelHandover:
    """At a level, how often `to` directly follows `from_`, who may be the same."""

    level: str
    from_: str
    to: str
    frequency: int


LEVELS: tuple[handoffs.Level, ...] = ("department", "resource", "system")
Told = Mapping[str, str] | None  # resources as they may be told; None: all of them, by the ids of the extracts


def handovers(log: EventLog, told: Told = None) -> tuple[LevelHandover, ...]:
    """Return the handovers of work at every level of which events are known, by level, most frequent first."""
    fewest = _fewest(told)
    return tuple(
        LevelHandover(level, found.from_name, found.to_name, found.frequency)
        for level in LEVELS
        for found in _retold(
            handoffs.handover_of_work(log, level, fewest), told if level == "resource" else None, "from_name", "to_name"
        )
    )


def _fewest(told: Told) -> int:
    return 0 if told is None else handoffs.FEWEST_CASES


def _retold(records: Sequence[Record], told: Told, *fields: str) -> Sequence[Record]:
    return records if told is None else retold(records, told, *fields)


def _of_resources(told: Told) -> tuple[Part, ...]:
    """The files that tell resources by name."""

    def between_resources(log: EventLog) -> Sequence[handoffs.Handoff]:
        found = handoffs.handoffs(log, "resource", VALUE, _fewest(told))
        return _retold(found, told, "from_name", "to_name")

    return (
        Part("handoffs.csv", LevelHandover, lambda log: handovers(log, told)),
        Part("handoffs_resource.csv", handoffs.Handoff, between_resources),
        Part(
            "shared_logins.csv",
            log_quality.SharedLogin,
            lambda log: _retold(log_quality.shared_logins(log), told, "resource"),
        ),
    )


def parts_of_returns(told: Told) -> tuple[Part, ...]:
    """Return the files of a published build, in which resources stand as they may be told."""
    return (*_of_resources(told), *_RETURNS)


def _queue_rows(log: EventLog, relation: str | None) -> tuple[QueueRow, ...]:
    return tuple(
        QueueRow(queue.place, day.day, day.arrivals, day.departures, day.in_progress)
        for queue in queues.queues(log, relation)
        for day in queue.days
    )


def _waits_of_any_log(log: EventLog) -> Sequence[bottlenecks.Bottleneck]:
    return bottlenecks.bottlenecks(log, ("previous",), flow=flow.ANY_LOG)


def _rules(log: EventLog) -> Sequence[process_rules.RuleResult]:
    return process_rules.rule_results(log, process_rules.read_rules())


@dataclass(frozen=True)
class TouchPointRow:
    """How many cases have this many touch points: `visits` of systems, or different `systems`."""

    measure: str
    number: int
    cases: int


def _touch_points(log: EventLog) -> tuple[TouchPointRow, ...]:
    found = handoffs.touch_points(log)
    counts = {"visits": found.visits, "systems": found.systems}
    return tuple(TouchPointRow(measure, *count) for measure, rows in counts.items() for count in rows)


def _normalised(log: EventLog) -> tuple[variants.Variant, ...]:
    """Paths with repeats collapsed, without messages, and with what happens within a minute in one order."""
    return variants.normalised_variants(log, variants.normalisation_of_returns(log), variants.RETURNS).variants


VALUE = "return_value"
ANY_LOG = (
    Part("handoffs.csv", LevelHandover, handovers),
    Part("activities.csv", ActivityUse, activity_use),
    Part("repetitions.csv", rework.Repetition, rework.repetitions),
    Part(
        "bottlenecks.csv",
        bottlenecks.Bottleneck,
        _waits_of_any_log,
    ),
    Part("queues.csv", QueueRow, lambda log: _queue_rows(log, None)),
    Part("flow_balance.csv", queues.FlowBalance, lambda log: queues.flow_balance(log, segments=None)),
    Part("batches.csv", batching.BatchedActivity, batching.batched_activities),
    Part("stamp_quality.csv", log_quality.StampQuality, log_quality.stamp_quality),
    Part(
        "undecidable_pairs.csv",
        log_quality.UndecidablePair,
        lambda log: log_quality.undecidable_pairs(log, flow.ANY_LOG),
    ),
    Part("shared_logins.csv", log_quality.SharedLogin, lambda log: log_quality.shared_logins(log, flow.ANY_LOG)),
    Part("coverage.csv", log_quality.Coverage, log_quality.coverage),
    Part("causes.csv", CauseRow, causes_of_any_log),
)
_RETURNS = (
    Part("activities.csv", ActivityUse, activity_use),
    Part("segments.csv", segments.Segment, lambda log: segments.segments(log).segments),
    Part("bottlenecks.csv", bottlenecks.Bottleneck, bottlenecks.bottlenecks),
    Part("queues.csv", QueueRow, lambda log: _queue_rows(log, segments.SEGMENTS)),
    Part("flow_balance.csv", queues.FlowBalance, queues.flow_balance),
    Part("work_times.csv", queues.WorkTime, queues.work_times),
    Part("batches.csv", batching.BatchedActivity, batching.batched_activities),
    Part("week.csv", week.WeekHour, week.week_profile),
    Part("crowded_weekdays.csv", week.Concentration, lambda log: week.concentrations(log, "weekday")),
    Part("crowded_hours.csv", week.Concentration, lambda log: week.concentrations(log, "hour")),
    Part("handoffs_system.csv", handoffs.Handoff, lambda log: handoffs.handoffs(log, "system", VALUE)),
    Part("handoffs_department.csv", handoffs.Handoff, lambda log: handoffs.handoffs(log, "department", VALUE)),
    Part("normalised_variants.csv", variants.Variant, _normalised),
    Part("working_together.csv", handoffs.Together, lambda log: handoffs.working_together(log, "department")),
    Part("touch_points.csv", TouchPointRow, _touch_points),
    Part("rework.csv", rework.Rework, rework.returns_rework),
    Part("repetitions.csv", rework.Repetition, lambda log: rework.repetitions(log, rework.REPEATS, VALUE)),
    Part("ping_pong.csv", rework.PingPong, lambda log: rework.ping_pong(log, "department", VALUE)),
    Part("rules.csv", process_rules.RuleResult, _rules),
    Part("causes.csv", CauseRow, causes_of_returns),
    Part("missing_stamps.csv", stamp_gaps.MissingStamp, stamp_gaps.missing_stamps),
    Part("stamp_quality.csv", log_quality.StampQuality, log_quality.stamp_quality),
    Part("undecidable_pairs.csv", log_quality.UndecidablePair, log_quality.undecidable_pairs),
    Part("clock_skews.csv", log_quality.ClockSkew, log_quality.clock_skews),
    Part("coverage.csv", log_quality.Coverage, log_quality.coverage),
    Part("kpi_intervals.csv", stamp_gaps.KpiInterval, stamp_gaps.kpi_intervals),
    Part("object_edges.csv", objects.ObjectEdge, objects.object_edges),
    Part("convergence.csv", objects.Convergence, objects.convergence),
    Part("divergence.csv", objects.Divergence, objects.divergence),
)
