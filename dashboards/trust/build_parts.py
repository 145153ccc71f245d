"""What holds for the whole build: the parts of the page about its load, expectations, sources and versions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboards import frame
from dashboards.answers import Measure
from dashboards.published import Build
from dashboards.tables import show_table
from dashboards.trust.build_tables import failures_table, has_places, loads_table, refusals_table, sources_table
from dashboards.trust.evidence import Source, Versions
from dashboards.trust.stamp_concerns import Concern
from expectations import ExpectationResult
from expectations.event_log import DAYS_TO_BE_FRESH
from pipeline import formats
from pipeline.export.records import records_csv
from pipeline.load_report import ExtraColumn, Refusal, TableLoad

LEVEL_WORDS = {"wrong": "Wrong", "care": "Read with care", "note": "Good to know"}
WHOLE_BUILD = "The whole build, whatever the filters say."
BEYOND_THE_LIMIT = "Counts of the whole build, also of entities that you may not see."
WITHIN_THE_LIMIT = "The entities that you may see, whatever the filters say."


def show_concerns(found: Sequence[Concern]) -> None:
    """List everything that speaks against the numbers."""
    frame.section("What should I keep in mind?")
    if not found:
        frame.caption("Nothing.")
        return
    _show_facts([(LEVEL_WORDS[one.level], f"{one.words[:1].upper()}{one.words[1:]}.") for one in found])
    frame.caption("Worst first: what makes numbers wrong, then what makes some uncertain, by the share it touches.")


def _counted(build: Build) -> str:
    """Say of what the load and the expectations count."""
    return WHOLE_BUILD if build.entities is None else BEYOND_THE_LIMIT


def show_load(
    build: Build, loads: Sequence[TableLoad], refused: Sequence[Refusal], extra: Sequence[ExtraColumn]
) -> None:
    """Show what became of every row, and why some were refused."""
    show_table("Is every row accounted for?", loads_table(loads), lambda: records_csv(TableLoad, loads), "load-report")
    frame.caption(f"{balance(loads)} Superseded rows have a later version of the same key. {_counted(build)}")
    if refused:
        show_table(
            "Why were rows refused?", refusals_table(refused), lambda: records_csv(Refusal, refused), "quarantine"
        )
        where = "Where to look: the file and the number of the row, up to three each. " if has_places(refused) else ""
        frame.caption(f"{where}What stands in the rows may be personal and is not shown.")
    if extra:
        frame.caption(f"Ignored, for the contract does not know them: the columns {formats.listed(_by_column(extra))}.")


def _by_column(extra: Sequence[ExtraColumn]) -> list[str]:
    """Name each unknown column with its tables, e.g. ``extract_run (crm/cases, erp/returns)``."""
    columns = sorted({one.column for one in extra})
    return [f"{name} ({', '.join(one.table for one in extra if one.column == name)})" for name in columns]


def balance(loads: Sequence[TableLoad]) -> str:
    """Say how the rows of all tables add up."""
    read, kept, superseded, quarantined = (
        sum(getattr(one, f"rows_{what}") for one in loads) for what in ("read", "kept", "superseded", "quarantined")
    )
    sign = "=" if read == kept + superseded + quarantined else "is not"
    return (
        f"{formats.count(read)} rows read {sign} {formats.count(kept)} kept + {formats.count(superseded)} superseded "
        f"+ {formats.count(quarantined)} quarantined, in {len(loads)} tables."
    )


def show_expectations(build: Build, results: Sequence[ExpectationResult]) -> None:
    """Show how many expectations hold in each room of the warehouse, and which do not."""
    failures = [one for one in results if not one.success]
    heading = "Does the warehouse hold what is expected of it?"
    if failures:
        show_table(heading, failures_table(failures), lambda: records_csv(ExpectationResult, failures), "expectations")
    else:
        frame.section(heading)
    frame.caption(f"{held_by_room(results)} A failure of severity error is never published. {_counted(build)}")


def held_by_room(results: Sequence[ExpectationResult]) -> str:
    """Say how many expectations hold in each room, e.g. ``9 of 10 hold in the marts and 4 of 4 in the event log.``."""
    rooms = []
    for suite in sorted({one.suite for one in results}):
        held = [one.success for one in results if one.suite == suite]
        rooms.append(f"{formats.count(sum(held))} of {formats.count(len(held))} in the {suite.replace('_', ' ')}")
    return f"Holding: {formats.listed(rooms)}." if rooms else "None was checked."


def show_sources(build: Build, sources: Sequence[Source]) -> None:
    """Show how current each source is."""
    show_table("How current is it?", sources_table(sources), lambda: records_csv(Source, sources), "sources")
    of = WHOLE_BUILD if build.entities is None else WITHIN_THE_LIMIT
    frame.caption(f"Fresh is at most {DAYS_TO_BE_FRESH} days before the as-of instant, in UTC. {of}")


def show_versions(build: Build, found: Versions, loads: Sequence[TableLoad]) -> None:
    """Show what the build was made with."""
    frame.section("What exactly is shown?")
    seen = "" if build.entities is None else ", of the entities that you may see"
    how = "as asked for" if found.is_as_of_given else "the last event of the extracts"
    _show_facts(
        [
            ("Build", f"{build.number}, made by Retrace {build.product_version}"),
            ("Extract contract", f"version {found.contract}"),
            ("Extracts", f"SHA-256 {build.extracts_sha256}"),
            ("As of", f"{formats.instant(build.as_of)}, {how}" if build.as_of else "no event yet"),
            ("Rows read", formats.count(sum(one.rows_read for one in loads))),
            ("Returns", f"{formats.count(found.cases)}{seen}"),
            ("Events", f"{formats.count(found.events)}{seen}"),
        ]
    )


def show_definitions(measures: Sequence[Measure]) -> None:
    """Show what each KPI means."""
    frame.section("What do the KPIs mean?")
    kpis = {one.kpi: one for one in measures}.values()
    _show_facts([(one.title, f"{one.definition}. {one.population}; {one.unit}; {_dated(one)}.") for one in kpis])


def _dated(measure: Measure) -> str:
    return "as of now" if measure.anchor == "None" else f"dated by {measure.anchor[:1].lower()}{measure.anchor[1:]}"


def _show_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Put names and what is to say of each; foreign words are escaped."""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    frame.html(f'<dl class="rt-facts rt-breaking">{items}</dl>')
