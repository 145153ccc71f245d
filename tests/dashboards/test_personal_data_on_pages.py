"""No page, and nothing that a page offers for download, tells a person's id, a customer's name or an address."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from page_reading import open_page, sent

from dashboards.published import published_build
from dashboards.queries import claim_packets, handoffs, recovery
from dashboards.recovery.packet_file import packet_file
from dashboards.scope import Scope
from mining.handoffs import Handoff
from pipeline.export.records import records_csv
from pipeline.publish import open_published
from tests.personal_data import personal_data, told

WITH_ROWS = ("trust", "recovery", "attention")
"""The pages that show rows of extracts or documents; test_limited_pages goes through all of them."""


@pytest.fixture(scope="module")
def personal(built_workspace: Path) -> frozenset[str]:
    return personal_data(built_workspace)


@pytest.mark.usefixtures("real_workspace")
@pytest.mark.parametrize("page", WITH_ROWS)
def test_a_page_tells_nobody(page: str, personal: frozenset[str]) -> None:
    test = open_page(page)
    assert not test.exception
    assert not told(personal, sent(test))


def test_handoffs_between_resources_tell_nobody(real_workspace: Path, personal: frozenset[str]) -> None:
    test = open_page("handoffs", **{"handoff-level": "resource"})
    everything = sent(test)
    assert b"Person " in everything
    assert not told(personal, everything)
    table = test.dataframe[0].value
    assert any(", Warehouse" in name for name in table["From"])
    found = handoffs.handoffs(published_build(), Scope(), "resource")
    assert not told(personal, records_csv(Handoff, found))
    assert [one.from_name for one in found] == list(table["From"])


def test_one_return_tells_nobody(real_workspace: Path, personal: frozenset[str]) -> None:
    with open_published(real_workspace) as published:
        sql = "select case_id from event_log.events group by case_id order by count(distinct resource) desc limit 1"
        [(case_id,)] = published.connection.execute(sql).fetchall()
    test = open_page("one_return", return_=case_id)
    everything = sent(test)
    assert b"a person" in everything
    assert not told(personal, everything)


def test_a_claim_packet_tells_nobody(real_workspace: Path, personal: frozenset[str], tmp_path: Path) -> None:
    build, scope = published_build(), Scope()
    assert build.as_of
    for funnel in recovery.funnel_by_supplier(build, scope):
        packet = claim_packets.packet(build, scope, funnel.supplier)
        documents = claim_packets.evidence(build, scope, funnel.supplier)
        path = tmp_path / "packet.xlsx"
        path.write_bytes(packet_file(funnel, packet, documents, build.as_of, "all returns"))
        written = [
            str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row
        ]
        assert not told(personal, "\n".join(written))
