"""Hold mining against the simulator's planted truth over many seeds; `python -m tests.bench.planted --seeds 20`.

For each seed, returns are simulated as they are and in a scenario without the planted cause, loaded and transformed.
The planted cause must rank first for rework after adjustment. Without it nothing may be called a cause of
rework more often than the stated false-discovery rate; nor for any outcome when the attributes of the returns of an
entity are dealt out among them anew, which leaves nothing to find but the entity itself.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from mining.bottlenecks import bottlenecks
from mining.causes import Causes, Finding, Outcome, find_causes
from mining.log import EventLog
from pipeline import warehouse
from pipeline.load import load_extracts
from pipeline.settings import SEEDS
from pipeline.transform import transform
from simulator import simulate

WITHOUT_CAUSE = "based_on: baseline\ndescription: The baseline without its root cause\nroot_cause: null\n"
DEALT = ("site", "channel", "reason", "category", "supplier", "segment", "value_band", "requested_resolution")
CALLED = ("cause candidate", "associated with fewer")


@dataclass(frozen=True)
class Checked:
    """One seed: the ranks of the planted bottleneck and of the planted cause, and what was called where nothing is."""

    seed: int
    bottleneck_rank: int | None
    rework_rank: int | None
    late_rank: int | None
    risk_ratio: float | None
    called_without_cause: tuple[str, ...]
    called_when_dealt: tuple[str, ...]


def main() -> None:
    """Check the seeds one by one and print a row for each, then the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--returns", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="folder that keeps the warehouses for the next time")
    options = parser.parse_args()
    checked: list[Checked] = []
    print("seed  bottleneck  rework  late  adjusted ratio  called without a cause | called when dealt out")
    with tempfile.TemporaryDirectory(prefix="retrace-planted-") as scratch:
        folder = options.keep or Path(scratch)
        for seed in range(options.first, options.first + options.seeds):
            checked.append(check(folder, seed, options.returns))
            print(row(checked[-1]), flush=True)
    print(summary(checked))


def check(folder: Path, seed: int, returns: int) -> Checked:
    """Simulate, build and mine one seed, as it is and without the cause."""
    planted = build(folder / f"{returns}-{seed}-planted", "baseline", seed, returns)
    (folder / "without_cause.yml").write_text(WITHOUT_CAUSE)
    without = build(folder / f"{returns}-{seed}-without", folder / "without_cause.yml", seed, returns)
    truth = json.loads((planted.parent / "truth.json").read_text())
    root = truth["root_cause"]
    cause = {("supplier", root["supplier_id"]), ("category", root["category"]), ("reason", root["reason"])}
    with duckdb.connect(str(planted), read_only=True) as con:
        slowest = bottleneck_rank(EventLog(con), truth["bottleneck"])
        found = find_causes(EventLog(con), [Outcome.rework(), Outcome.late()])
        dealt = find_causes(EventLog(con, cases=dealt_out(con, seed)), every_outcome())
    with duckdb.connect(str(without), read_only=True) as con:
        quiet = find_causes(EventLog(con), [Outcome.rework()])
    rework, late = (ranked(found, number, cause) for number in (0, 1))
    return Checked(
        seed=seed,
        bottleneck_rank=slowest,
        rework_rank=rework[0],
        late_rank=late[0],
        risk_ratio=rework[1].adjusted.risk_ratio if rework[1] and rework[1].adjusted else None,
        called_without_cause=tuple(called(quiet)),
        called_when_dealt=tuple(one for one in called(dealt) if "entity_id" not in one or " and " in one),
    )


def build(folder: Path, scenario: str | Path, seed: int, returns: int) -> Path:
    """Return the warehouse of a simulation, made now or the time before."""
    made = folder / "warehouse.duckdb"
    if made.exists():
        return made
    shutil.rmtree(folder, ignore_errors=True)
    simulate(folder / "extracts", returns=returns, seed=seed, scenario=scenario)
    shutil.copy(folder / "extracts" / "truth.json", folder / "truth.json")
    making = folder / "making.duckdb"
    with warehouse.writing(making) as con:
        load_extracts(con, folder / "extracts", SEEDS, lambda message: None)
        con.execute(
            "create table raw.build_settings as"
            " select 1 as contract_version, null::timestamp as as_of_at, '' as product_version"
        )
    transform(making, folder / "scratch", "duckdb", lambda message: None)
    shutil.rmtree(folder / "extracts")
    shutil.rmtree(folder / "scratch")
    return making.rename(made)


def dealt_out(con: duckdb.DuckDBPyConnection, seed: int) -> str:
    """Return the cases with the attributes of each entity's returns dealt out among them anew."""
    con.execute(
        f"""
        create temp table dealt as
        with places as (
            select
                case_id,
                entity_id,
                {", ".join(DEALT)},
                row_number() over (partition by entity_id order by case_id) as place,
                row_number() over (partition by entity_id order by md5(case_id || $seed), case_id) as taken
            from event_log.cases
        )
        select cases.* replace ({", ".join(f"taken.{name} as {name}" for name in DEALT)})
        from event_log.cases as cases
        inner join places on places.case_id = cases.case_id
        inner join places as taken on taken.entity_id = places.entity_id and taken.taken = places.place
        """,
        {"seed": str(seed)},
    )
    return "dealt"


def every_outcome() -> list[Outcome]:
    """Every outcome of returns."""
    return [Outcome.rework(), Outcome.late(), Outcome.exception(), Outcome.low_recovery(), Outcome.sla_miss()]


def ranked(causes: Causes, number: int, cause: set[tuple[str, str]]) -> tuple[int | None, Finding | None]:
    """Return the rank, from 1, of the finding that is exactly the planted cause, among the cause candidates."""
    for place, finding in enumerate(causes.outcomes[number].of_status("cause candidate"), 1):
        if set(finding.condition.parts + finding.implied.parts) == cause:
            return place, finding
    return None, None


def bottleneck_rank(log: EventLog, planted: dict[str, str]) -> int | None:
    """Return the rank, from 1, of the planted bottleneck among steps by department and site."""
    wanted = (planted["activity"], planted["department"], planted["site_id"])
    found = [(one.step, one.department, one.site) for one in bottlenecks(log)]
    return found.index(wanted) + 1 if wanted in found else None


def called(causes: Causes) -> Iterator[str]:
    """Every condition that is said to go with an outcome."""
    for of in causes.outcomes:
        yield from (f"{of.outcome.name}: {one.condition}" for one in of.findings if one.status in CALLED)


def row(one: Checked) -> str:
    """One seed as a line of the table; a rank of 0 is none."""
    ratio = f"{one.risk_ratio:14.1f}" if one.risk_ratio else f"{'':14}"
    ranks = f"{one.seed:4} {one.bottleneck_rank or 0:11} {one.rework_rank or 0:7} {one.late_rank or 0:5}"
    said = " | ".join(", ".join(names) or "nothing" for names in (one.called_without_cause, one.called_when_dealt))
    return f"{ranks}  {ratio}  {said}"


def summary(checked: list[Checked]) -> str:
    """How often each check held."""
    seeds = len(checked)
    return "\n".join(
        f"{title}: {count} of {seeds} seeds"
        for title, count in (
            ("planted bottleneck first", sum(one.bottleneck_rank == 1 for one in checked)),
            ("planted cause first for rework", sum(one.rework_rank == 1 for one in checked)),
            ("planted cause first for cycle time over target", sum(one.late_rank == 1 for one in checked)),
            ("something called for rework without a cause", sum(bool(one.called_without_cause) for one in checked)),
            ("something called when attributes are dealt out", sum(bool(one.called_when_dealt) for one in checked)),
        )
    )


if __name__ == "__main__":
    main()
