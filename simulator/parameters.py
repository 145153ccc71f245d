"""Every parameter of a scenario, as frozen dataclasses; the YAML files under ``scenarios`` fill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
class Shift:
    """People of a team and when they work on returns: ISO weekdays and hours within the calendar of their entity."""

    people: int | None = None
    weekdays: tuple[int, ...] | None = None
    opens: str | None = None
    closes: str | None = None


@dataclass(frozen=True)
class Team:
    """A department's team, one in each entity or one in each site; ``at`` overrides the shift at single places."""

    department: str
    place: str
    prefix: str
    shift: Shift
    at: dict[str, Shift]


@dataclass(frozen=True)
class Behaviour:
    """Probabilities (0..1) of what people, systems, customers and suppliers do."""

    with_case: float
    second_case: float
    info_before_rma: float
    info_after_rma: float
    escalated: float
    reassigned: float
    automatic_approval: float
    declined: float
    cancelled: float
    never_ships: float
    field_scrap: float
    advance_credit: float
    partial_shipment: float
    tracked: float
    carrier_exception: float
    skips_inspection: float
    repeated_inspection: float
    split_disposition: float
    restocking_fee: float
    credit_per_line: float
    automatic_credit: float
    credit_cancelled: float
    reopened: float
    automatic_close: float
    claim_accepted: float
    notice_sent: float
    notice_automatic: float
    message_retried: float


@dataclass(frozen=True)
class Outside:
    """Mean hours that parties outside the distributor take; drawn, because no queue of ours causes them.

    ``customer_answers``, ``customer_ships`` and ``transit`` are open hours of the entity, the others clock hours.
    """

    customer_answers: float
    customer_ships: float
    transit: float
    interface: float
    supplier_decides: float
    supplier_credits: float
    expiry: float


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
    """A whole scenario. ``faults`` and ``decoys`` are rates per return by exception type."""

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
    policies: dict[str, dict[str, float]]
    faults: dict[str, float]
    decoys: dict[str, float]
    mess: Mess
