"""What names the content of a log, and rows that are marked as deleted instead of taken away."""

from __future__ import annotations

import duckdb

from pipeline.macros import render
from proof.baseline.causes import Then, lay_causes, rows_changed
from proof.baseline.ground import lay_measures
from tests.proof.literal_baselines import AS_OF, Row, World, warehouse


def digest(values: str) -> tuple[int, str]:
    """Count and hash the rows of `values`, with the columns a and b."""
    query = render("baseline_multiset", relation=f"(values {values}) as t(a, b)", columns=["a", "b"])
    [row] = duckdb.connect(":memory:").execute(query).fetchall()
    return row


def test_the_hash_of_a_log_knows_every_row_and_no_order():
    whole = digest("('x', 1), ('y', 2), ('y', 2)")
    assert whole == digest("('y', 2), ('x', 1), ('y', 2)")
    assert whole[0] == 3
    others = ["('x', 1), ('y', 2)", "('x', 1), ('y', 2), ('y', 3)", "('x', 1), ('x', 1), ('y', 2)", "('x', 1)"]
    assert len({whole, *(digest(other) for other in others)}) == 5
    assert digest("('x', null)") != digest("('x', '')")
    assert digest("('ab', 'c')") != digest("('a', 'bc')")


def test_a_row_that_is_marked_as_deleted_is_gone():
    row = Row("R1", "1", table="erp.returns")
    con = warehouse(World([], [row]), World([], [row]))
    con.execute("update baseline_rows set is_deleted = true, digest = 2")
    lay_measures(con)
    lay_causes(con, Then(AS_OF, AS_OF, False, True))
    assert [(one.kind, one.table, one.rows) for one in rows_changed(con)] == [("deleted", "erp.returns", 1)]
