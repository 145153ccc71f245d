from __future__ import annotations

from pathlib import Path

import duckdb

from tests.spark.compared import Compared, compare_warehouses

CASES = "(1, 0.1, '{\"hours\":2.0}'), (2, null, null)"


def warehouse(path: Path, rows: str, kind: str = "integer") -> Path:
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute(f"create table marts.cases (id {kind}, share double, evidence varchar)")
        con.execute(f"insert into marts.cases values {rows}")
    return path


def differences(folder: Path, rows: str, kind: str = "integer") -> tuple[str, ...]:
    one, other = warehouse(folder / "one.duckdb", CASES), warehouse(folder / "other.duckdb", rows, kind)
    [compared] = compare_warehouses(one, other)
    assert (compared.table, compared.rows) == ("marts.cases", 2)
    return compared.differences


def test_equal_tables_are_equal_in_any_order_and_to_the_tolerance(tmp_path: Path) -> None:
    assert differences(tmp_path, "(2, null, null), (1, 0.1000000000001, '{\"hours\":2}')") == ()


def test_a_float_beyond_the_tolerance_differs(tmp_path: Path) -> None:
    rows = "(1, 0.10000001, '{\"hours\":2.0}'), (2, null, null)"
    assert differences(tmp_path, rows) == ("1 rows: share: 0.1, 0.10000001",)


def test_a_null_is_no_number(tmp_path: Path) -> None:
    assert differences(tmp_path, "(1, 0.1, '{\"hours\":2.0}'), (2, 0, null)") == ("1 rows: share: None, 0.0",)


def test_other_evidence_differs(tmp_path: Path) -> None:
    [told] = differences(tmp_path, "(1, 0.1, '{\"hours\":3.0}'), (2, null, null)")
    assert told == "1 rows: evidence: ['hours=2.0'], ['hours=3.0']"


def test_a_row_too_many_differs(tmp_path: Path) -> None:
    [told] = differences(tmp_path, f"{CASES}, (3, 1, null)")
    assert told.startswith("1 rows: only in the other: {'id': 3")


def test_another_type_differs(tmp_path: Path) -> None:
    assert differences(tmp_path, CASES, "bigint") == ("id is INTEGER, BIGINT",)


def test_a_table_of_one_only_differs(tmp_path: Path) -> None:
    one = warehouse(tmp_path / "one.duckdb", CASES)
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    assert compare_warehouses(one, other) == [Compared("marts.cases", 0, ("it is in one of the two only",))]
