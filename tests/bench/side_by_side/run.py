"""Run the tools one after the other on the log of one published workspace and set their figures side by side."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline import warehouse
from pipeline.publish import open_published
from tests.bench.reading import seconds_to_read

TOOLS = ("retrace", "pm4py", "r4pm")
QUESTIONS = {
    "map": "map: frequency, cases, mean, median, p90, total",
    "variants": "variants",
    "handover": "handover of work",
    "rework": "rework per activity",
}
READ_BY = {
    "map": ("case_id", "activity", "event_at"),
    "variants": ("case_id", "activity"),
    "handover": ("case_id", "resource"),
    "rework": ("case_id", "activity"),
}
OF_LOG = ("case_id", "activity", "event_at", "resource")  # what any other question may read
PM4PY_MAP = ("directly-follows", "performance")  # pm4py and r4pm answer the map in pieces, without a p90
_LOG = """
    select case_id, activity, timezone('UTC', event_at) as event_at, resource
    from event_log.events
    order by case_id, case_position
"""


@dataclass(frozen=True)
class Answers:
    """What one tool said: median seconds of each question, numbers to compare, peak memory."""

    seconds: dict[str, float]
    answers: dict[str, int]
    peak_bytes: int

    def all_seconds(self) -> float:
        """Seconds for everything that was asked, opening and formatting the log included."""
        return sum(self.seconds.values())

    def map_seconds(self) -> float | None:
        """Seconds for the map, the pieces of it taken together; None when the tool has no waiting times."""
        if "map" in self.seconds:
            return self.seconds["map"]
        return sum(self.seconds[piece] for piece in PM4PY_MAP) if "performance" in self.seconds else None


@dataclass(frozen=True)
class Comparison:
    """All tools on one log."""

    events: int
    tools: dict[str, Answers]
    extra: dict[str, float]
    limits: dict[str, float]
    log_limit: float


def compare(workspace: Path, runs: int) -> Comparison:
    """Ask every tool, each in a process of its own; stop when they disagree."""
    with tempfile.TemporaryDirectory(prefix="retrace-bench-") as scratch, open_published(workspace) as published:
        log = Path(scratch) / "events.parquet"
        warehouse.copy_out(published.connection, _LOG, log, "format parquet, compression zstd")
        sources = {"retrace": str(workspace), "pm4py": str(log), "r4pm": str(log)}
        tools = {tool: _ask(tool, sources[tool], runs) for tool in TOOLS}
        limits = {question: seconds_to_read([log], runs, columns) for question, columns in READ_BY.items()}
        log_limit = seconds_to_read([log], runs, OF_LOG)
        events = published.manifest.events
    _check(tools)
    of_retrace = tools["retrace"].seconds
    extra = {name: of_retrace[name] for name in of_retrace if name not in QUESTIONS}
    return Comparison(events, tools, extra, limits, log_limit)


def _ask(tool: str, source: str, runs: int) -> Answers:
    command = [sys.executable, "-m", f"tests.bench.side_by_side.by_{tool}", source, str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stderr}")
    said = json.loads(done.stdout.splitlines()[-1])
    print(f"{tool}: {said['seconds']}, {said['peak_bytes'] / 2**30:.1f} GiB", flush=True)
    return Answers(said["seconds"], said["answers"], said["peak_bytes"])


def _check(tools: dict[str, Answers]) -> None:
    """Equal questions must have equal answers."""
    for question in ("directly-follows", *QUESTIONS):
        said = {tool: found.answers[question] for tool, found in tools.items() if question in found.answers}
        if len(set(said.values())) > 1:
            sys.exit(f"The tools disagree on {question}: {said}")


def section(comparisons: list[Comparison]) -> str:
    """Return what docs/benchmarks.md says about mining."""
    return f"""## Mining, side by side

The same log, one tool after the other, each in a process of its own. Retrace asks its published warehouse; pm4py and
r4pm hold the log in memory after loading it (their time to load and format stands beside). The answers are compared:
equal counts of directly following events, variants, handovers and rework, or the benchmark stops. pm4py's map is its
directly-follows graph and its performance graph together, on elapsed time, without a 90th percentile and cases per
edge. r4pm has no waiting times: its ratio beside the map is that of its counts alone to Retrace's whole map. Retrace
stores each case's variant when it builds, as it stores the next activity of each event. Retrace's peak memory is that
of all questions but conformance, which loads pm4py. A ratio is the other tool's figure over Retrace's: above 1,
Retrace takes less. The limit is decoding the question's columns of the log's Parquet file once, all of its columns
where other tools are not asked. Medians of the runs.

{chr(10).join(_table(one) for one in comparisons)}"""


def _table(one: Comparison) -> str:
    lines = [
        f"### {one.events:,} events",
        "",
        "| question | Retrace s | pm4py s | ratio | r4pm s | ratio | limit s |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(_row(title, *_figures(one, question), one.limits[question]) for question, title in QUESTIONS.items()),
        _row("open and format the log", *(_loading(one.tools[tool]) for tool in TOOLS), one.log_limit),
        _row("peak memory, GiB", *(one.tools[tool].peak_bytes / 2**30 for tool in TOOLS), None),
        *(_row(name, found, None, None, one.log_limit) for name, found in one.extra.items() if name != "open"),
    ]
    return "\n".join([*lines, ""])


def _figures(one: Comparison, question: str) -> tuple[float, float | None, float | None]:
    """Seconds of the three tools; r4pm counts the map's edges and no more."""
    retrace, pm4py, r4pm = (one.tools[tool] for tool in TOOLS)
    if question == "map":
        return retrace.seconds[question], pm4py.map_seconds(), r4pm.seconds.get("directly-follows")
    return retrace.seconds[question], pm4py.seconds.get(question), r4pm.seconds.get(question)


def _loading(tool: Answers) -> float:
    return sum(tool.seconds.get(step, 0) for step in ("open", "format", "project"))


def _row(title: str, ours: float, pm4py: float | None, r4pm: float | None, limit: float | None) -> str:
    cells = [ours, pm4py, pm4py and pm4py / ours, r4pm, r4pm and r4pm / ours, limit]
    return f"| {title} | " + " | ".join("" if cell is None else f"{cell:.2f}" for cell in cells) + " |"
