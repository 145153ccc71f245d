"""Every parameter of a scenario, as frozen dataclasses; the YAML files under ``scenarios`` fill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simulator.behaviour import Behaviour, Outside
from simulator.demand import Drift, SlowCustomers
from simulator.planted_change import Change
from simulator.staffing import Team


@dataclass(frozen=True)
class Horizon:
    """When returns are requested: ``days`` from ``start``; few returns take fewer days, at least ``shortest_days``."""

    start: date
    days: int
    shortest_days: int


@dataclass(frozen=True)
class Volume:
    """How load and staff grow with the number of returns.

    One lane is one complete set of teams and handles ``lane_returns`` over the full horizon. More returns mean more
    lanes, so queues are the same at any size. With fewer returns each team gives only a share of its time
    (not less than ``slowest_pace``), which keeps it as busy.
    """

    lane_returns: int
    slowest_pace: float
    skus: int
    suppliers: int
    returns_per_customer: int
    lines: tuple[float, ...]
    largest_quantity: int


@dataclass(frozen=True)
class Site:
    """One warehouse; ``share`` is its share of the whole distributor's returns."""

    entity_id: str
    time_zone: str
    name: str
    share: float
    manual_posting: bool = False


@dataclass(frozen=True)
class RootCause:
    """The planted root cause: goods of one supplier, category and reason take longer and are inspected again."""

    supplier_id: str
    category: str
    reason: str
    share: float
    inspection_factor: float
    repeated_inspection: float


@dataclass(frozen=True)
class Bottleneck:
    """The planted bottleneck: where work waits longest before which activity, and how it was planted."""

    team: str
    site_id: str
    activity: str
    how: str


@dataclass(frozen=True)
class Mess:
    """Shares of rows (of returns, for ``deleted``) that the extracts spoil; ``part_rows``: rows of a part file."""

    superseded: float
    repeated: float
    bad_rows: float
    deleted: float
    odd_rma_spelling: float
    loose_values: float
    day_precision: float
    unmapped_codes: float
    stray_cases: float
    extra_columns: bool
    part_rows: int


@dataclass(frozen=True)
class Scenario:
    """A whole scenario. ``faults`` and ``decoys`` are rates per return by exception type.

    ``season`` is the volume of each month (1 to 12) as a multiple of that of months not named.
    """

    description: str
    file_format: str
    horizon: Horizon
    volume: Volume
    sites: dict[str, Site]
    channels: dict[str, float]
    reasons: dict[str, float]
    resolutions: dict[str, float]
    teams: dict[str, Team]
    work_minutes: dict[str, float]
    behaviour: Behaviour
    outside: Outside
    bottleneck: Bottleneck | None
    root_cause: RootCause | None
    change: Change | None
    drift: Drift | None
    slow_customers: SlowCustomers | None
    season: dict[str, float]
    policies: dict[str, dict[str, float]]
    faults: dict[str, float]
    decoys: dict[str, float]
    mess: Mess
