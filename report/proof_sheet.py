"""The last sheet: whether the numbers can be trusted, what they mean, and how the pack is made again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboards.answers import Measure
from dashboards.list_html import Column, plain
from dashboards.scorecard import words
from dashboards.scorecard.tiles import HEADLINE, Tile
from dashboards.trust.build_parts import LEVEL_WORDS, balance, held_by_room
from dashboards.trust.concerns import verdict
from dashboards.trust.page import QUESTION
from mining.cohort import Cohort, sentence
from pipeline import formats
from pipeline.load_report import TableLoad
from report import markup
from report.parts import Doing, Proof, Subject

MOST_CONCERNS = 6
WHOLE = (
    "Loads, checks and sources are those of the whole build, for they know no cohort; stamps and KPIs are the cohort's."
)
NAMED = ("recovery_rate", "unclaimed_supplier_value", "open_exceptions")


def proof_sheet(subject: Subject, doing: Doing, proof: Proof) -> str:
    """Return the sheet."""
    evidence = proof.evidence
    return markup.sheet(
        "proof",
        QUESTION,
        [
            markup.lead(verdict(evidence, proof.concerns)),
            markup.note(WHOLE if subject.scope.rules else ""),
            *_concerns(proof),
            markup.block([markup.heading("Is every row accounted for?"), loads_table(evidence.loads)]),
            markup.note(f"{balance(evidence.loads)} {held_by_room(evidence.results)} The whole build."),
            markup.block([markup.heading("What do the headline KPIs leave out?"), left_outs(doing.tiles)]),
            markup.heading("What do the KPIs mean?"),
            markup.facts([(one.title, meaning(one)) for one in meant(proof.measures, doing.tiles)], "rp-meanings"),
            markup.block([markup.heading("What exactly is shown?"), markup.facts(made_with(subject, proof))]),
        ],
    )


def _concerns(proof: Proof) -> list[str]:
    found = proof.concerns[:MOST_CONCERNS]
    if not found:
        return []
    told = [(LEVEL_WORDS[one.level], f"{one.words[:1].upper()}{one.words[1:]}.") for one in found]
    hidden = len(proof.concerns) - len(found)
    more = f"Worst first; {hidden} smaller ones are on the page Trust." if hidden else ""
    return [markup.block([markup.heading("What should I keep in mind?"), markup.facts(told)]), markup.note(more)]


def loads_table(loads: Sequence[TableLoad]) -> str:
    """Return what became of the rows of each system's tables."""
    by_system = [(system, list(found)) for system, found in groupby(loads, key=lambda one: one.system)]
    lines = [_load(system, found) for system, found in by_system]
    columns = [
        Column("System"), Column("Tables", True), Column("Read", True), Column("Kept", True),
        Column("Superseded", True), Column("Quarantined", True), Column("Adds up"),
    ]  # fmt: skip
    return markup.table("Rows read and what became of them", columns, [*lines, _load("all", loads)])


def _load(system: str, loads: Sequence[TableLoad]) -> list[str]:
    sums = [
        sum(getattr(one, f"rows_{what}") for one in loads) for what in ("read", "kept", "superseded", "quarantined")
    ]
    adds_up = "yes" if all(one.adds_up for one in loads) else "NO"
    return [
        plain(system),
        plain(formats.count(len(loads))),
        *(plain(formats.count(one)) for one in sums),
        plain(adds_up),
    ]


def left_outs(tiles: Sequence[Tile]) -> str:
    """Return which headline KPIs leave something out, how much, and why."""
    lines = [
        [
            plain(tile.measure.title),
            plain(formats.count(tile.row.n)),
            plain(formats.count(tile.row.left_out)),
            plain(formats.share(tile.row.coverage)),
            plain(words.left_out_reasons(tile)),
        ]
        for kpi in HEADLINE
        for tile in tiles
        if tile.measure.kpi == kpi and tile.row.left_out
    ]
    if not lines:
        return markup.note("Nothing: every item of theirs is counted.")
    columns = [
        Column("KPI"), Column("n", True), Column("Left out", True), Column("Coverage", True), Column("Why"),
    ]  # fmt: skip
    return markup.table("What the headline KPIs leave out", columns, lines) + markup.note(
        "The others leave out nothing."
    )


def meant(measures: Sequence[Measure], tiles: Sequence[Tile]) -> list[Measure]:
    """Return one measure of every KPI that the pack names: headline, with a target, of recovery or of exceptions."""
    named = {*HEADLINE, *NAMED, *(tile.measure.kpi for tile in tiles if tile.target)}
    return list({one.kpi: one for one in measures if one.kpi in named}.values())


def meaning(measure: Measure) -> str:
    """Say what a KPI is, of what, in which unit and by which date."""
    dated = "as of now" if measure.anchor == "None" else f"dated by {measure.anchor[:1].lower()}{measure.anchor[1:]}"
    return f"{measure.definition}. {measure.population}; {measure.unit}; {dated}."


def made_with(subject: Subject, proof: Proof) -> list[tuple[str, str]]:
    """Return what the build was made with, and the command that makes the pack again."""
    build, versions = subject.build, proof.versions
    how = "as asked for" if versions.is_as_of_given else "the last event of the extracts"
    return [
        ("Build", f"{build.number}, made by Retrace {build.product_version}, extract contract {versions.contract}"),
        ("As of", f"{formats.instant(build.as_of)}, {how}" if build.as_of else "no event yet"),
        ("Log", f"{formats.count(versions.cases)} returns, {formats.count(versions.events)} events in the whole build"),
        ("Extracts", f"SHA-256 {build.extracts_sha256}"),
        *_cohort(subject),
        ("Made by", subject.command),
    ]


def _cohort(subject: Subject) -> list[tuple[str, str]]:
    """Return which returns the cohort keeps, and the hash of its rules; nothing without a cohort."""
    if not subject.scope.rules:
        return []
    cohort = Cohort(subject.scope.rules)
    said = sentence(cohort, subject.names)
    return [("Cohort", f"{said} SHA-256 of its rules as canonical JSON {cohort.digest}")]
