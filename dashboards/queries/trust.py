"""What can be held against a build: its load, expectations, sources and versions, and the stamps of a scope."""

from __future__ import annotations

import streamlit as st

from dashboards.published import Build, connection
from dashboards.queries.asking import rows
from dashboards.queries.returns import returns_log
from dashboards.scope import Scope
from dashboards.trust.evidence import Source, Stamps, Versions
from expectations import ExpectationResult
from mining.log_quality import clock_skews, coverage, shared_logins, stamp_quality, undecidable_pairs
from mining.stamp_gaps import kpi_intervals, missing_stamps
from pipeline import load_report
from pipeline.contract import load_contract
from pipeline.load_report import ExtraColumn, Refusal, TableLoad


@st.cache_data(show_spinner="Reading the load report …", max_entries=4)
def table_loads(build: Build) -> tuple[TableLoad, ...]:
    """Return what became of the rows of each table of the contract."""
    return load_report.table_loads(connection(build))


@st.cache_data(show_spinner="Reading the quarantine …", max_entries=4)
def refusals(build: Build) -> tuple[Refusal, ...]:
    """Return why rows are in the quarantine, the most frequent reasons first; never a row or a value of it."""
    return load_report.refusals(connection(build))


@st.cache_data(show_spinner=False, max_entries=4)
def extra_columns(build: Build) -> tuple[ExtraColumn, ...]:
    """Return the columns of the files that the contract does not know."""
    return load_report.extra_columns(connection(build))


@st.cache_data(show_spinner=False, max_entries=4)
def expectation_results(build: Build) -> tuple[ExpectationResult, ...]:
    """Return what became of the expectations of a build, failures first, errors before warnings."""
    sql = """
        select suite, relation, expectation, column_name, severity, success, observed, unexpected_count, element_count
        from quality.expectation_results
        order by success, severity, suite, relation, column_name nulls first, expectation, observed
    """
    return tuple(ExpectationResult(*row) for row in rows(build, sql))


@st.cache_data(show_spinner=False, max_entries=4)
def sources(build: Build) -> tuple[Source, ...]:
    """Return how current each source system of the contract is, in contract order."""
    sql = "select source_system, count(*), max(event_at) from event_log.events group by source_system"
    found = {system: (count, last) for system, count, last in rows(build, sql)}
    contract = load_contract()
    needed = {table.system for table in contract.tables if not table.optional}
    told = []
    for system in contract.systems:
        count, last = found.get(system, (0, None))
        behind = (build.as_of - last).total_seconds() / 86400 if build.as_of and last else None
        told.append(Source(system, system in needed, count, last, behind))
    return tuple(one for one in told if one.system != "reference")


@st.cache_data(show_spinner=False, max_entries=4)
def versions(build: Build) -> Versions:
    """Return what a build was made with."""
    sql = """
        select
            (select max(contract_version) from raw.build_settings),
            (select bool_or(is_given) from returns.as_of),
            (select count(*) from event_log.cases),
            (select count(*) from event_log.events)
    """
    return Versions(*rows(build, sql)[0])


@st.cache_data(show_spinner="Checking the stamps of the chosen returns …", max_entries=16)
def stamps(build: Build, scope: Scope) -> Stamps:
    """Return how far the stamps of the returns of a scope can be trusted."""
    log = returns_log(build, scope)
    return Stamps(
        quality=stamp_quality(log),
        doubts=undecidable_pairs(log),
        skews=clock_skews(log),
        shared_logins=len(shared_logins(log)),
        coverage=coverage(log),
        missing=missing_stamps(log),
        intervals=kpi_intervals(log),
    )
