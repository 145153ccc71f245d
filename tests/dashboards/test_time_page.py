"""Where does time go: the page over a real build, held to what mining finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from page_reading import open_page, text
from streamlit.testing.v1 import AppTest

from dashboards.published import published_build
from dashboards.queries import time as queries
from dashboards.scope import Scope
from dashboards.time.bottlenecks import place_of, ranked_by
from dashboards.time.week import crowding_in_words
from mining.bottlenecks import bottlenecks
from mining.cohort import Attribute, Cohort, choose
from mining.log import EventLog
from mining.queues import flow_balance, queues
from mining.segments import segments
from mining.week import concentrations, week_profile
from pipeline import formats
from pipeline.publish import open_published


@pytest.fixture
def log(real_workspace: Path) -> Iterator[EventLog]:
    with open_published(real_workspace) as published:
        yield EventLog(published.connection)


def plain(words: str) -> str:
    return words.replace(formats.SPACE, " ")


TABLES = ("segments", "bottlenecks", "work-in-progress", "week")
OPENED = {"in-progress": "true", "week-hours": "true"}


def table(test: AppTest, name: str) -> pd.DataFrame:
    found = [str(test.download_button[place].key).removesuffix("-csv") for place in range(len(test.download_button))]
    assert found == [one for one in TABLES if one in found]
    return test.dataframe[found.index(name)].value


@pytest.mark.usefixtures("real_workspace")
def test_nothing_is_asked_of_the_week_and_of_what_is_in_progress_before_they_are_opened() -> None:
    test = open_page("time")
    assert [button.key for button in test.download_button] == ["segments-csv", "bottlenecks-csv"]
    assert not test.selectbox


def test_lead_says_the_whole_way_and_the_worst_bottleneck(log: EventLog) -> None:
    found, worst = segments(log), bottlenecks(log)[0]
    longest = max(found.segments, key=lambda one: one.business_micros)
    test = open_page("time")
    assert not test.exception
    shown = text(test)
    assert f"from request to close on average ({found.returns} closed)" in shown
    assert plain(f"{longest.title} is the longest part with {formats.share(longest.business_share)}.") in shown
    assert f"waiting for {worst.step} ({place_of(worst)}): {plain(formats.share(worst.excess_share))} of all" in shown


def test_segments_are_those_of_mining_and_add_up_by_the_clock_in_the_url(log: EventLog) -> None:
    found = segments(log)
    test = open_page("time", **{"clock": "elapsed"})
    shown = table(test, "segments")
    days = found.elapsed_micros / 1e6 / 86400 / found.returns
    assert shown["Mean per closed return (elapsed days)"].sum() == pytest.approx(days, abs=0.005)
    assert list(shown["Returns that have it"]) == [one.returns for one in found.segments]
    assert f"A return takes {formats.measured(days, 'elapsed days')}".replace(formats.SPACE, " ") in text(test)


def test_ranking_is_that_of_mining_by_hours_and_by_money(log: EventLog) -> None:
    by_hours, by_money = bottlenecks(log), bottlenecks(log, order="money")
    assert ranked_by(by_hours, "money") == list(by_money)
    test = open_page("time")
    assert list(table(test, "bottlenecks")["Step"]) == [one.step for one in by_hours]
    test.button_group(key="rank-by").set_value("money").run()
    shown = table(test, "bottlenecks")
    assert list(shown["Step"]) == [one.step for one in by_money]
    assert shown.filter(like="Money that waits").iloc[0, 0] == round(by_money[0].value_days)
    inside = formats.count(sum(one.inside for one in by_hours))
    assert f"Left out: {inside} waits within a department" in text(test)


def test_queue_of_the_process_and_of_a_segment(log: EventLog) -> None:
    found = {queue.place: queue.days for queue in queues(log)}
    balance = {one.place: one for one in flow_balance(log)}
    test = open_page("time", **OPENED)
    shown = table(test, "work-in-progress")["In progress when the day ends"]
    assert list(shown) == [day.in_progress for day in reversed(found[None])]
    assert plain(f"Little's law: {balance[None].arrivals_per_day:.1f} a day arrive") in text(test)
    place = segments(log).segments[0].segment
    test.selectbox(key="queue").set_value(place).run()
    shown = table(test, "work-in-progress")["In progress when the day ends"]
    assert list(shown) == [day.in_progress for day in reversed(found[place])]


def test_week_of_a_step(log: EventLog) -> None:
    assert plain(crowding_in_words(concentrations(log, "weekday"))) in text(open_page("time", **OPENED))
    test = open_page("time", **OPENED, **{"week-step": "Goods Received"})
    events = [one.events for one in week_profile(log) if one.activity == "Goods Received"]
    assert list(table(test, "week")["Events"]) == events
    assert f"n {sum(events)}" in text(test)


def test_a_link_shows_the_same(log: EventLog) -> None:
    segment = segments(log).segments[3]
    link = {"clock": "elapsed", "rank-by": "money", "queue": segment.title, "week-step": "Goods Received"}
    test = open_page("time", **OPENED, **link)
    days = next(queue.days for queue in queues(log) if queue.place == segment.segment)
    assert list(table(test, "work-in-progress")["Arrivals"]) == [day.arrivals for day in reversed(days)]
    assert "Cells: events of Goods Received" in text(test)
    assert "Money that waits is each return's value times" in text(test)
    assert "elapsed days from request to close" in text(test)


def test_filters_narrow_every_part(log: EventLog) -> None:
    [(entity,)] = log.connection.execute("select min(entity_id) from event_log.cases").fetchall()
    cut = choose(log, Cohort((Attribute("entity_id", (entity,)),)))
    build, scope = published_build(), Scope(entities=(entity,))
    assert queries.decomposition(build, scope) == segments(cut)
    assert queries.ranking(build, scope) == bottlenecks(cut)
    assert queries.work_in_progress(build, scope) == queues(cut)
    assert f"({segments(cut).returns} closed)" in text(open_page("time", entity=[entity]))


def test_a_day_without_a_closed_return_is_said(log: EventLog) -> None:
    sql = """
        select cast(timezone(time_zone, timezone('UTC', started_at)) as date) as day
        from event_log.cases
        group by day
        having not bool_or(is_closed)
        order by day desc
    """
    [(day,), *_] = log.connection.execute(sql).fetchall()
    test = open_page("time", from_=str(day), to=str(day + timedelta(days=1)))
    assert not test.exception
    assert "No return is closed here." in text(test)
    assert "so there is no time to cut into segments yet." in text(test)


def test_returns_without_a_calendar_are_left_out_of_business_time(real_workspace: Path) -> None:
    build = published_build()
    with open_published(real_workspace) as published:
        count = "select count(*) filter (where closed_micros is not null) from event_log.cases where is_closed"
        [(clocked,)] = published.connection.execute(count).fetchall()
    assert queries.returns_on_the_clock(build, Scope()) == clocked > 0


@pytest.mark.usefixtures("literals")
def test_a_filter_that_leaves_no_return_is_named() -> None:
    test = open_page("time", from_="2031-01-01")
    assert "The period filter empties this page" in test.info[0].value


def test_a_log_without_events_is_said(workspace: Path) -> None:
    with duckdb.connect(workspace / "builds" / "000001" / "warehouse.duckdb") as con:
        con.execute("delete from event_log.cases; delete from event_log.events")
    assert "holds no returns yet" in open_page("time").info[0].value
