"""An address that is pasted as the other side of a comparison: its filters are read, and what is none is said."""

from __future__ import annotations

from datetime import date

import pytest
from page_reading import open_page, text

from dashboards.process_map.pasted import scope_of_address
from dashboards.scope import Scope
from mining.cohort import Attribute, Cohort, State, TrimToPeriod
from pipeline.errors import UsageError

RULE = Attribute("channel", ("portal",))
CUT = Cohort((TrimToPeriod(start=date(2025, 3, 1)),)).to_url()
HERE = "returns.example:8501"


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        (f"http://{HERE}/process-map?entity=E1&from=2025-03-01", Scope(date(2025, 3, 1), None, ("E1",))),
        (f" http://{HERE}/ ", Scope()),
        (f"/rules?to=2025-03-01&cohort={Cohort((RULE,)).to_url()}", Scope(end=date(2025, 3, 1)).with_rules(RULE)),
        (f"https://other.example/returns?cohort={Cohort((RULE,)).to_url()}&clock=elapsed", Scope().with_rules(RULE)),
    ],
)
def test_filters_are_read_from_an_address(address: str, scope: Scope) -> None:
    assert scope_of_address(address, HERE, ["E1", "E2"]) == scope


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("the view of last week", "'the view of last week' is no address of a view"),
        ("http://[", "no address of a view"),
        ("javascript:alert(1)", "no address of a view"),
        ("https://elsewhere.example/?q=returns", "no address of a view"),
        ("/returns?entity=E9", "entity 'E9', which is none that you see here; expected E1 or E2"),
        ("/returns?from=soon", "from='soon'; expected a date"),
        ("/returns?from=2025-03-01&to=2025-02-01", "has no day in it"),
        ("/returns?cohort=abc", "cut or changed. Copy the whole address again"),
        (f"/returns?cohort={CUT}", "cuts returns down to a section"),
    ],
)
def test_what_is_no_view_is_said(address: str, message: str) -> None:
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        scope_of_address(address, HERE, ["E1", "E2"])


@pytest.mark.usefixtures("literals")
def test_the_map_stays_when_the_address_is_none() -> None:
    test = open_page("process_map", against="a pasted view", **{"against-view": "nonsense"})
    assert not test.exception
    [error] = test.error
    assert "no address of a view" in error.value.replace("\\", "")
    assert "Showing 6 of 6 steps" in text(test)


@pytest.mark.usefixtures("literals")
def test_a_pasted_view_is_named_with_its_rules_and_replay_says_where_it_is() -> None:
    address = f"/returns?entity=E1&cohort={Cohort((State(('open',)),)).to_url()}"
    test = open_page("process_map", against="a pasted view", replay="true", **{"against-view": address})
    assert not test.exception
    assert not test.error
    said = text(test)
    assert "There: the pasted view (" in said
    assert "all dates, that are open), n" in said
    assert "The replay shows one group of returns moving." in said
