"""The paths as a page: its numbers are those of the mining functions."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from page_reading import open_page, text

from dashboards.published import published_build
from dashboards.queries import paths, reference, returns
from dashboards.scope import Scope
from mining.variants import RETURNS, Variant, normalisation_of_returns, normalised_variants
from pipeline import formats
from pipeline.export.records import records_csv
from pipeline.publish import open_published


@pytest.mark.usefixtures("real_workspace")
def test_page_has_the_numbers_of_the_mining_functions() -> None:
    log = returns.returns_log(published_build(), Scope())
    mined = normalised_variants(log, normalisation_of_returns(log), RETURNS)
    test = open_page("paths")
    assert not test.exception
    said = text(test)
    assert f"{sum(one.cases for one in mined.variants)} returns, {mined.count} different paths" in said
    table = test.dataframe[0].value
    assert list(table["Returns"]) == [one.cases for one in mined.variants]
    assert list(table["Difference to the standard"]) == [one.difference for one in mined.variants]
    first = mined.variants[0]
    assert f"1 {formats.share(first.share)} {first.cases} return".replace("\xa0", " ") in said
    assert all(activity in said for activity in first.activities)


def test_raw_paths_are_those_of_the_whole_warehouse(real_workspace: Path) -> None:
    test = open_page("paths", **{"path-form": "raw"})
    with open_published(real_workspace) as published:
        counted = published.connection.execute("select cases from marts.variants order by cases desc").fetchall()
    assert sorted(test.dataframe[0].value["Returns"], reverse=True) == [cases for (cases,) in counted]
    assert f"{len(counted)} different paths" in text(test)
    assert "Raw: every recorded event is a step" in text(test)


@pytest.mark.usefixtures("real_workspace")
def test_switches_stand_in_the_url_and_change_the_page() -> None:
    test = open_page("paths")
    assert "Normalised: repeated steps count once" in text(test)
    test.button_group(key="path-form").set_value("raw").run()
    assert "Raw: every recorded event is a step" in text(test)
    before = text(test).count("With those above")
    test.button_group(key="path-rows").set_value("25").run()
    assert before == 10
    assert text(test).count("With those above") == 25


@pytest.mark.usefixtures("real_workspace")
def test_filters_narrow_the_paths() -> None:
    build = published_build()
    scope = Scope(entities=(next(iter(reference.entity_names(build))),))
    cohort = returns.cohort(build, scope)
    assert 0 < cohort.returns < cohort.of
    test = open_page("paths", entity=list(scope.entities or ()))
    assert f"{cohort.returns} returns" in text(test)
    assert sum(test.dataframe[0].value["Returns"]) == cohort.returns
    assert sum(one.cases for one in paths.variants(build, scope, "raw").variants) == cohort.returns


@pytest.mark.usefixtures("real_workspace")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    assert "The period filter empties this page" in open_page("paths", to="1999-01-01").info[0].value


def test_download_is_safe_for_a_spreadsheet() -> None:
    one = Variant("id", ("=A()", "B"), "+ B", 1, 1, 1.0, 1.0, None, None, 0.5, 0.5, None)
    [row] = csv.DictReader(io.StringIO(records_csv(Variant, [replace(one, value=2.5)])))
    assert (row["activities"], row["difference"], row["value"], row["recovery_rate"]) == (
        "'=A() | B",
        "'+ B",
        "2.5",
        "",
    )


@pytest.mark.usefixtures("real_workspace")
def test_the_table_is_made_up_when_it_is_opened() -> None:
    assert not open_page("paths", has_tables=False).dataframe
    assert len(open_page("paths").dataframe) == 1
