"""The pack as a document: its figures, what it must not hold, and markup that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from dashboards.scorecard.tiles import HEADLINE
from mining.cohort import Attribute, BrokenRules, Cohort, Not, TrimToPeriod, choose
from mining.log import EventLog
from pipeline import formats
from pipeline.errors import UsageError
from pipeline.kpis import KpiRow, kpi_rows
from pipeline.publish import open_published
from report.run import Wish, command, document
from tests.proof.frozen import NAME

HOSTILE = '<img src="https://evil.example/x" onerror="alert(1)">'
VOID = {"meta", "img", "br"}


def text_of(markup: str) -> str:
    """What a reader sees, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", markup, flags=re.DOTALL))).strip()


def tiles_of(markup: str) -> list[str]:
    """What a reader sees of each tile."""
    return [text_of(part) for part in markup.split('<div class="rp-tile">')[1:]]


def shown_rows(rows: Sequence[KpiRow], kpi: str, tile: str) -> list[KpiRow]:
    """The measures of a KPI whose value and n stand on a tile."""
    found = []
    for row in rows:
        unit = {"cycle_time_days": "business days", "credit_lag_days": "business days"}.get(kpi, "share")
        figure = formats.plain(row.value, unit).replace(formats.SPACE, " ")
        if row.kpi.split(".")[0] == kpi and figure in tile and f"n {formats.count(row.n)} " in tile:
            found.append(row)
    return found


@pytest.mark.parametrize(("start", "end"), [(None, None), (date(2025, 4, 1), date(2025, 7, 1))])
def test_headline_figures_are_those_of_the_command(built_workspace: Path, start: date | None, end: date | None) -> None:
    with open_published(built_workspace) as published:
        rows = kpi_rows(published.connection, start, end)
    tiles = tiles_of(document(Wish(built_workspace, start, end)))
    assert len(tiles) == len(HEADLINE)
    for kpi, tile in zip(HEADLINE, tiles, strict=True):
        assert shown_rows(rows, kpi, tile), (kpi, tile)


def test_changes_since_the_newest_baseline_are_told(frozen_workspace: Path, pack: str) -> None:
    tiles = tiles_of(document(Wish(frozen_workspace)))
    assert all(f"since {NAME}" in tile for tile in tiles if "As of now" not in tile)
    assert f"since {NAME}" not in text_of(pack)


def test_an_entity_alone_has_its_own_figures(built_workspace: Path) -> None:
    with open_published(built_workspace) as published:
        [(entity,)] = published.connection.execute("select min(entity_id) from event_log.cases").fetchall()
        rows = {row.kpi: row for row in kpi_rows(published.connection, entities=[entity])}
    tiles = tiles_of(document(Wish(built_workspace, entities=(entity,))))
    assert f"n {formats.count(rows['rework_rate'].n)} " in tiles[HEADLINE.index("rework_rate")]


def test_the_same_wish_gives_the_same_bytes(pack: str, built_workspace: Path) -> None:
    assert document(Wish(built_workspace)) == pack


def test_it_asks_nothing_of_anybody_and_runs_nothing(pack: str) -> None:
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg\")", pack)
    assert not re.findall(r"<(script|link|iframe|object|form)\b", pack)
    assert not re.findall(r"url\(|@import", pack)
    assert all(source.startswith("data:") for source in re.findall(r'\b(?:src|href)="([^"]*)', pack))
    assert "default-src 'none'" in pack


def test_it_says_what_it_was_made_of_and_how_to_make_it_again(built_workspace: Path) -> None:
    wish = Wish(built_workspace, date(2025, 4, 1), date(2025, 7, 1))
    with open_published(built_workspace) as published:
        manifest = published.manifest
    told = text_of(document(wish))
    assert manifest.extracts_sha256 in told
    assert f"{manifest.cases:,} returns, {manifest.events:,} events" in told
    assert command(wish) in told
    assert command(wish) == "retrace report --workspace workspace --from 2025-04-01 --to 2025-07-01 --out report"


def test_a_cohort_has_its_own_figures_and_says_which_it_is(built_workspace: Path) -> None:
    rules = (Attribute("channel", ("portal", "email")), Not(BrokenRules(("decided_in_time",))))
    cohort = Cohort(rules)
    wish = Wish(built_workspace, cohort=cohort, cohort_file="late returns.json")
    with open_published(built_workspace) as published:
        con = published.connection
        chosen = choose(EventLog(con), cohort).cases
        [(kept,)] = con.execute(f"select count(*) from {chosen} as cases").fetchall()
        [(n,)] = con.execute(
            f"select count(*) from marts.kpi_items where kpi = 'rework_rate' and left_out_reason is null "
            f"and case_id in (select case_id from {chosen} as cases)"
        ).fetchall()
        everything = published.manifest.cases
    found = document(wish)
    told = text_of(found)
    said = (
        "All entities, all dates, through channel email or portal, except those that break the rule "
        "“Lines are decided within 2 business days of their inspection” (each KPI by its own date): "
    )
    assert 0 < kept < everything
    assert f"{said}{kept} of {everything} returns" in told
    assert f"Returns of the cohort of all dates: {kept} of {everything} returns" in told
    assert f"n {n} " in tiles_of(found)[HEADLINE.index("rework_rate")]
    assert cohort.digest in told
    assert f"{everything} returns, " in told.split("What exactly is shown?")[1]
    assert "are those of the whole build" in told
    assert command(wish) == ("retrace report --workspace workspace --cohort 'late returns.json' --out report")
    assert command(wish) in told


def test_no_cohort_no_word_of_it(pack: str) -> None:
    assert "cohort" not in text_of(pack).lower()


def test_a_cohort_that_cuts_returns_down_is_refused(built_workspace: Path) -> None:
    cut = Cohort((Attribute("channel", ("portal",)), TrimToPeriod(start=date(2025, 3, 1))))
    with pytest.raises(UsageError, match=r"Step 2 of the cohort \(trim_to_period\) .* Take the step out"):
        document(Wish(built_workspace, cohort=cut))


def test_foreign_names_are_text(workspace_copy: Path) -> None:
    with duckdb.connect(workspace_copy / "builds" / "000001" / "warehouse.duckdb") as con:
        con.execute("update staging.stg_reference__entities set name = ?", [HOSTILE])
        con.execute("update event_log.cases set rma_number = ?", [HOSTILE])
        entities = tuple(row[0] for row in con.execute("from event_log.cases select distinct entity_id").fetchall())
    found = document(Wish(workspace_copy, entities=entities))
    assert HOSTILE not in found
    assert HOSTILE in unescape(found)


def test_a_period_without_returns_is_said(built_workspace: Path) -> None:
    told = text_of(document(Wish(built_workspace, date(2001, 1, 1), date(2001, 2, 1))))
    assert "No return is closed here." in told
    assert "No return in this selection, so there is nothing to draw." in told
    assert "No exception was found in this selection." in told


def test_an_unknown_entity_is_refused_with_those_there_are(built_workspace: Path) -> None:
    with pytest.raises(UsageError, match=r"no entity 'moon'; expected one of \w+"):
        document(Wish(built_workspace, entities=("moon",)))


class Outline(HTMLParser):
    """The parts of a document that a screen reader goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note headings, and what lacks a name."""
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        lacking = {"img": "alt", "th": "scope", "html": "lang"}.get(tag)
        if (lacking and not given.get(lacking)) or (given.get("tabindex") and not given.get("aria-label")):
            self.wrong.append(str(self.get_starttag_text()))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """What opens last closes first."""
        if self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def test_it_can_be_read_aloud(pack: str) -> None:
    outline = Outline()
    outline.feed(pack)
    assert not outline.wrong
    assert not outline.open
    assert outline.levels.count(1) == 1
    steps = zip(outline.levels, outline.levels[1:], strict=False)
    assert outline.levels[0] == 1
    assert all(after <= before + 1 for before, after in steps)


def test_every_kind_of_part_has_a_style(pack: str) -> None:
    style, body = pack.split("</style>", 1)
    kinds = {kind for named in re.findall(r'class="([^"]*)"', body) for kind in named.split()}
    assert {kind for kind in kinds if f".{kind}" not in style} <= {"rp-doing", "rp-time"}
