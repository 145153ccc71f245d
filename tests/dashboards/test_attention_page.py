"""The exceptions as a page: what is open, since when, what is at stake, and where each leads."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from page_reading import markup, open_page, text

from dashboards.attention.exceptions import AGES, Choice, Flagged
from dashboards.attention.words import MEANINGS, type_name
from dashboards.published import published_build
from dashboards.queries import attention
from dashboards.queries.asking import rows
from dashboards.scope import Scope
from pipeline import formats
from pipeline.export.records import records_csv
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published

EVERYTHING = Choice(with_resolved=True)


def test_page_counts_what_the_kpis_count(real_workspace: Path) -> None:
    with open_published(real_workspace) as published:
        kpis = {row.kpi: row.value for row in kpi_rows(published.connection)}
    build = published_build()
    totals = attention.totals(build, Scope(), Choice())
    assert totals.exceptions == totals.still_open == kpis["open_exceptions"]
    assert totals.exceptions
    found = {group.name: group.exceptions for group in attention.groups(build, Scope(), Choice(), "type")}
    assert found == {
        kind: kpis[f"open_exceptions.{kind}"] for kind in attention.types(build) if kpis[f"open_exceptions.{kind}"]
    }
    test = open_page("attention")
    assert not test.exception
    assert f"{formats.count(totals.exceptions)} exceptions are open on" in text(test)
    assert formats.money(totals.value, "USD").replace("\N{NO-BREAK SPACE}", " ") in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_groups_and_ages_add_up_to_the_whole() -> None:
    build = published_build()
    for choice in (Choice(), EVERYTHING):
        totals = attention.totals(build, Scope(), choice)
        by_entity = attention.groups(build, Scope(), choice, "entity")
        ages = attention.ages(build, Scope(), choice)
        assert sum(group.exceptions for group in by_entity) == totals.exceptions
        assert sum(group.value for group in by_entity) == pytest.approx(totals.value)
        assert [one.name for one in ages] == list(AGES)
        assert sum(one.still_open for one in ages) == totals.still_open
        assert sum(one.still_open + one.resolved for one in ages) == totals.exceptions
    assert (
        attention.totals(build, Scope(), EVERYTHING).exceptions
        == rows(build, "select count(*) from marts.exceptions")[0][0]
    )


@pytest.mark.usefixtures("real_workspace")
def test_table_has_the_numbers_of_the_chart() -> None:
    ages = attention.ages(published_build(), Scope(), EVERYTHING)
    table = open_page("attention", resolved="true").dataframe[0].value
    assert list(table["Age"]) == list(AGES)
    assert list(table["Open"]) == [one.still_open for one in ages]
    assert list(table["Resolved"]) == [one.resolved for one in ages]
    assert list(table["Value (USD)"]) == [round(one.value, 2) for one in ages]


@pytest.mark.usefixtures("real_workspace")
def test_the_oldest_or_the_dearest_come_first_and_pages_leave_none_out() -> None:
    build = published_build()
    oldest = attention.whole_queue(build, Scope(), EVERYTHING, "oldest")
    dearest = attention.whole_queue(build, Scope(), EVERYTHING, "dearest")
    assert [one.age_days for one in oldest] == sorted((one.age_days for one in oldest), reverse=True)
    values = [-1.0 if one.value is None else one.value for one in dearest]
    assert values == sorted(values, reverse=True)
    pages = -(-len(oldest) // attention.PAGE_ROWS)
    paged = [one for page in range(1, pages + 1) for one in attention.queue(build, Scope(), EVERYTHING, "oldest", page)]
    assert paged == oldest
    assert set(dearest) == set(oldest)


@pytest.mark.usefixtures("real_workspace")
def test_every_row_leads_to_its_return_under_the_same_filters() -> None:
    shown = attention.queue(published_build(), Scope(), Choice(), "oldest", 1)
    page = markup(open_page("attention"))
    for one in shown:
        if one.case_id:
            assert f'href="/return?return={one.case_id}"' in page
    entity = next(one.entity_id for one in shown if one.entity_id)
    narrowed = markup(open_page("attention", entity=[entity], from_="2000-01-01"))
    assert f"&amp;entity={entity}&amp;from=2000-01-01" in narrowed


@pytest.mark.usefixtures("real_workspace")
def test_the_url_brings_back_resolved_ones_a_type_and_the_order() -> None:
    build = published_build()
    every = attention.totals(build, Scope(), EVERYTHING)
    assert every.exceptions > every.still_open
    test = open_page("attention", resolved="true")
    assert (
        f"{formats.count(every.exceptions)} exceptions, {formats.count(every.still_open)} of them still open,"
        in text(test)
    )
    assert "Resolved (UTC)" in text(test)
    kind = attention.groups(build, Scope(), Choice(), "type")[0].name
    assert kind is not None
    of_type = attention.totals(build, Scope(), Choice(kind))
    test = open_page("attention", **{"exception-type": type_name(kind), "queue-order": "dearest"})
    assert f"{formats.count(of_type.exceptions)} exception" in text(test)
    assert test.button_group(key="queue-order").value == "dearest"


@pytest.mark.usefixtures("real_workspace")
def test_the_filters_are_the_entity_and_the_local_day_of_detection() -> None:
    build = published_build()
    zones = dict(rows(build, "select entity_id, time_zone from staging.entity_clocks"))
    everything = attention.whole_queue(build, Scope(), EVERYTHING, "oldest")

    def local_day(one: Flagged) -> date:
        zone = ZoneInfo(zones.get(one.entity_id) or "UTC")
        return one.detected_at.replace(tzinfo=UTC).astimezone(zone).date()

    one = next(one for one in everything if one.entity_id)
    day = local_day(one)
    scope = Scope(day, day + timedelta(days=1), (str(one.entity_id),))
    expected = [other for other in everything if local_day(other) == day and other.entity_id == one.entity_id]
    assert attention.whole_queue(build, scope, EVERYTHING, "oldest") == expected
    assert attention.remaining_exceptions(build, scope).both == len(expected)


@pytest.mark.usefixtures("real_workspace")
def test_a_filter_that_leaves_nothing_is_named_and_undone() -> None:
    test = open_page("attention", from_="2099-01-01")
    assert "The period filter empties this page" in test.info[0].value
    test.button(key="undo-period").click().run()
    assert "open on" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_a_type_of_which_none_is_open_says_so_and_offers_more() -> None:
    build = published_build()
    open_types = {group.name for group in attention.groups(build, Scope(), Choice(), "type")}
    kind = next(kind for kind in attention.types(build) if kind not in open_types)
    test = open_page("attention", **{"exception-type": type_name(kind)})
    assert "No exception of the type" in test.info[0].value
    test.button(key="show-all-types").click().run()
    assert "are open on" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_download_has_every_exception_with_its_numbers_in_full() -> None:
    everything = attention.whole_queue(published_build(), Scope(), Choice(), "dearest")
    written = list(csv.DictReader(io.StringIO(records_csv(Flagged, everything))))
    assert len(written) == len(everything)
    assert {bool(line["value"]) for line in written} == {True, False}
    assert all(line["currency"] == ("USD" if line["value"] else "") for line in written)
    assert float(written[0]["value"]) == everything[0].value
    assert [line["object_id"] for line in written] == [one.object_id for one in everything]


@pytest.mark.usefixtures("real_workspace")
def test_every_type_that_a_build_knows_is_explained() -> None:
    assert set(attention.types(published_build())) == set(MEANINGS)
