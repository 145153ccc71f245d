"""The measures that a comparison tells about, and how each is a figure of the returns of one side."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.macros import Connection

QUANTILES = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True)
class Measure:
    """A measure: its full `name`, KPI and `part`, `statistic`, title and unit for people.

    `role` is ``flow``, ``guardrail``, ``volume`` or ``instant``; `better` is ``lower``, ``higher`` or None;
    `ripens` says whether it is known at the ``close`` or with the suppliers' answers to ``claims``.
    """

    name: str
    kpi: str
    part: str
    statistic: str
    title: str
    unit: str
    role: str
    better: str | None
    ripens: str

    @property
    def is_per_return(self) -> bool:
        """Whether it is told per compared return: windows of different length have different counts and sums."""
        return self.statistic in ("count", "sum") and self.role != "instant"


def measures(con: Connection) -> tuple[Measure, ...]:
    """Return the measures of the warehouse that `con` reads, in the order in which a comparison tells of them."""
    rows = con.execute(
        """
        select
            compared.measure, named.kpi, coalesce(named.part, ''), named.statistic,
            kpis.title, kpis.unit, compared.role, compared.better, compared.ripens
        from staging.compared_measures as compared
        inner join staging.kpi_measures as named on named.measure = compared.measure
        inner join staging.kpis as kpis on kpis.kpi = named.kpi
        order by compared.position
        """
    ).fetchall()
    return tuple(Measure(*row) for row in rows)
