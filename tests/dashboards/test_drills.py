"""Numbers that stand for returns lead to them: the list holds as many as the page says, and keeping leaves them."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from page_reading import markup, open_page

from dashboards.attention.exceptions import Choice, Group
from dashboards.attention.table import groups_html
from dashboards.causes.html import rule_of
from dashboards.drills import Drill, Place, seen, ways_html
from dashboards.handoffs.drilling import NOT_FOLLOWED
from dashboards.published import published_build
from dashboards.queries import returns_list
from dashboards.scope import Scope
from mining.causes.conditions import OTHER, Condition
from mining.cohort import And, Attribute, BrokenRules, Cohort, Exceptions, Not, State, Variants

HERE = Place("paths", Scope(entities=("E1",)), {"path-form": "raw"})
LINK = re.compile(r'<a href="([^"]+)" target="_self" aria-label="[^"]*">(See|Keep|Drop)([^<]*)</a>')


def ways(html: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    """What each way on a page is called, the page it leads to, and what its address says."""
    found = []
    for address, word, rest in LINK.findall(html):
        parts = urlsplit(unescape(address))
        found.append((f"{word}{rest}", parts.path, parse_qs(parts.query)))
    return found


def kept(query: dict[str, list[str]]) -> Scope:
    """The filters of an address that names no entity and no period."""
    return Scope().of_rules(*Cohort.from_url(query["cohort"][0]).steps)


@pytest.mark.usefixtures("real_workspace")
@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("paths", {"path-form": "normalised"}),
        ("paths", {"path-form": "raw"}),
        ("rules", {}),
        ("handoffs", {"handoff-level": "department"}),
        ("handoffs", {"handoff-level": "system"}),
        ("attention", {}),
        ("attention", {"resolved": "true"}),
    ],
)
def test_the_list_holds_as_many_returns_as_the_page_says(page: str, query: dict[str, str]) -> None:
    build = published_build()
    everything = returns_list.totals(build, Scope()).returns
    told = ways(markup(open_page(page, **query)))
    assert {word.split()[0] for word, _, _ in told} == {"See", "Keep", "Drop"}
    for word, path, address in (*told[:15], *told[-15:]):
        scope = kept(address)
        returns = returns_list.totals(build.keeping(Cohort(scope.rules)), scope).returns
        if word.startswith("See"):
            assert path == "/returns"
            assert word == seen(Drill("", State(("open",)), returns))
            shown = returns
        else:
            assert returns == (shown if word == "Keep" else everything - shown)
            assert all(address.get(name, [value]) == [value] for name, value in query.items())


@pytest.mark.usefixtures("real_workspace")
@pytest.mark.parametrize("page", ["recovery", "time"])
def test_what_counts_no_returns_leads_to_some(page: str) -> None:
    build = published_build()
    told = [way for way in ways(markup(open_page(page))) if way[0] == "See returns"]
    assert told
    for _, _, address in told:
        scope = kept(address)
        assert returns_list.totals(build.keeping(Cohort(scope.rules)), scope).returns > 0


@pytest.mark.usefixtures("real_workspace")
def test_a_link_reproduces_the_list_and_says_what_it_keeps() -> None:
    rule = BrokenRules(("decided_in_time",))
    test = open_page("returns_list", cohort=Cohort((rule,)).to_url())
    assert not test.exception
    expected = returns_list.totals(published_build(), Scope().with_rules(rule)).returns
    assert f"{expected} return" in markup(test)
    assert "that break the rule “Lines are decided within 2 business days of their inspection”" in markup(test)


@pytest.mark.usefixtures("real_workspace")
def test_nobody_is_followed_from_person_to_person() -> None:
    html = markup(open_page("handoffs", **{"handoff-level": "resource"}))
    assert not ways(html)
    assert NOT_FOLLOWED in unescape(html)


def test_ways_keep_the_filters_and_what_the_page_keeps_in_its_url() -> None:
    rule = Variants(("ab",))
    see, keep, drop = ways(ways_html(Drill("path 1", rule, 1), HERE))
    assert (see[0], see[1]) == ("See 1 return", "/returns")
    assert see[2]["entity"] == keep[2]["entity"] == drop[2]["entity"] == ["E1"]
    assert keep[1] == drop[1] == "/paths"
    assert keep[2]["path-form"] == ["raw"]
    assert kept(keep[2]).rules == (rule,)
    assert kept(drop[2]).rules == (Not(rule),)


def test_filters_too_long_for_an_address_are_said() -> None:
    many = Variants(tuple(f"{number * 7919:032x}" for number in range(2000)))
    assert "undo one first" in ways_html(Drill("paths", many), HERE)


def test_a_condition_is_a_rule_where_the_log_has_its_column() -> None:
    category, site = ("category", "Tools"), ("site", "101")
    assert rule_of(Condition((category,))) == Attribute("category", ("Tools",))
    assert rule_of(Condition((category, site))) == And((Attribute("category", ("Tools",)), Attribute("site", ("101",))))
    assert rule_of(Condition((("month", "2025-03"),))) is None
    assert rule_of(Condition((("category", OTHER),))) is None


def test_exceptions_without_a_return_lead_nowhere_and_a_period_leaves_the_number_out() -> None:
    groups = [Group("unmatched_receipt", 3, 3, 9.0, 0, 0.0, 0), Group("excess_credit", 2, 2, 9.0, 0, 0.0, 2)]
    here = Place("exceptions", Scope(), {})
    html = groups_html(groups, "type", Choice(), here, {}, "USD")
    assert "none known" in html
    [see, *_] = ways(html)
    assert see[0] == "See 2 returns"
    assert kept(see[2]).rules == (Exceptions(types=("excess_credit",), only_open=True),)
