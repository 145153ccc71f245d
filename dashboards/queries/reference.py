"""Names, definitions, targets and places that hold for a whole build."""

from __future__ import annotations

import csv

from dashboards.answers import Measure, Target
from dashboards.attention.words import type_name
from dashboards.published import Build, connection
from dashboards.queries.asking import once_a_build, rows
from mining.catalogue import lanes_of_returns
from mining.cohort import Names
from mining.lanes import LaneMap
from mining.log import EventLog
from pipeline import kpis
from pipeline.formats import code_in_words
from pipeline.settings import SEEDS


@once_a_build
def entity_names(build: Build) -> dict[str, str]:
    """Return the name of every entity_id, in the order of the ids."""
    sql = "select entity_id, coalesce(name, entity_id) from staging.stg_reference__entities order by entity_id"
    return dict(rows(build, sql))


@once_a_build
def all_returns(build: Build) -> int:
    """Return how many returns a build has."""
    return int(rows(build, "select count(*) from event_log.cases")[0][0])


@once_a_build
def reporting_currency(build: Build) -> str:
    """Return the currency whose rate is 1 in every month; empty when there is none or more than one."""
    return kpis.reporting_currency(connection(build))


@once_a_build
def measures(build: Build) -> list[Measure]:
    """Return all KPI measures in the order of the definitions."""
    sql = """
        select
            kpi_measures.measure, kpis.kpi, kpi_measures.part, kpi_measures.statistic, kpis.title, kpis.unit,
            kpis.population, kpis.definition, kpis.anchor
        from staging.kpi_measures
        inner join staging.kpis on kpis.kpi = kpi_measures.kpi
        order by kpi_measures.position
    """
    return [Measure(*row) for row in rows(build, sql)]


@once_a_build
def targets(build: Build) -> list[Target]:
    """Return the targets, of every entity and of all (`*`)."""
    sql = """
        select kpi, coalesce(entity_id, '*'), cast(target as double), better
        from staging.stg_reference__kpi_targets
        where target is not null
        order by kpi, entity_id
    """
    return [Target(*row) for row in rows(build, sql)]


@once_a_build
def lanes(build: Build) -> LaneMap:
    """Return where every step stands on the map."""
    return lanes_of_returns(EventLog(connection(build)))


@once_a_build
def steps(build: Build) -> tuple[str, ...]:
    """Return all steps that returns can take, in their order."""
    places = lanes(build).places.values()
    return tuple(place.step.activity for place in sorted(places, key=lambda one: (one.step.rank, one.step.activity)))


@once_a_build
def names(build: Build) -> Names:
    """Return how readers know the entities, sites, exceptions, KPIs, rules and codes of a build."""
    types = "select part from staging.kpi_measures where kpi = 'open_exceptions' and part is not null"
    exceptions = {str(row[0]): type_name(str(row[0])) for row in rows(build, types)}
    return Names(
        values={
            "entity_id": entity_names(build),
            "site": dict(rows(build, "select site_id, coalesce(name, site_id) from staging.stg_wms__sites")),
            "exception_type": exceptions,
            "kpi": {one.kpi: one.title for one in measures(build)},
            "kpi_part": exceptions,
            "rule_id": rule_titles(),
            "reason": _codes_in_words(build, "reason"),
            "channel": _codes_in_words(build, "channel"),
        }
    )


def _codes_in_words(build: Build, domain: str) -> dict[str, str]:
    """Return the codes of a domain as words, e.g. ``quality complaint`` for ``QUALITY_COMPLAINT``."""
    sql = "select standard_code from staging.stg_reference__code_map where domain = $domain group by standard_code"
    return {code: code_in_words(code) for (code,) in rows(build, sql, {"domain": domain})}


def rule_titles() -> dict[str, str]:
    """Return the title of every rule of the process; `mining.rules`, which checks them, takes long to load."""
    with (SEEDS / "process_rules.csv").open(encoding="utf-8", newline="") as handle:
        return {row["rule_id"]: row["title"] for row in csv.DictReader(handle)}
