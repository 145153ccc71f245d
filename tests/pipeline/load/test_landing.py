"""What lies in a landing folder: found, missed, ignored or refused, and everything wrong told at once."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import UsageError
from tests.pipeline.load.conftest import Landing

SUPPLIER = "supplier_id,name,recovery_agreement,claim_window_days\n"


def refusal(landing: Landing) -> str:
    with pytest.raises(UsageError) as caught:
        landing.load()
    assert landing.ask("select count(*) from information_schema.schemata where schema_name = 'raw'") == [(0,)]
    return str(caught.value)


def suppliers(landing: Landing) -> list[tuple[str, str, int]]:
    return landing.ask("select supplier_id, _file, _row_number from raw.erp__suppliers order by _file, _row_number")


def test_a_missing_folder(tmp_path: Path, landing: Landing) -> None:
    landing.extracts = tmp_path / "nowhere"
    assert "nowhere: no such folder; expected a landing folder" in refusal(landing)


def test_everything_missing_is_told_at_once(landing: Landing) -> None:
    landing.remove("erp/returns.csv")
    landing.remove("crm/cases.csv")
    landing.write("wms/sites.csv", "site_id,name\n")
    landing.write("erp/suppliers.csv", SUPPLIER.replace("claim_window_days", "Claim_Window_Days"))
    assert refusal(landing).splitlines() == [
        "The extracts break the extract contract, version 1:",
        "- erp/returns is missing, expected erp/returns.csv, erp/returns.parquet or part files in erp/returns/",
        "- crm/cases is missing, expected crm/cases.csv, crm/cases.parquet or part files in crm/cases/",
        "- erp/suppliers.csv: required column claim_window_days is missing, "
        "found the columns supplier_id, name, recovery_agreement, Claim_Window_Days",
        "- wms/sites.csv: required column entity_id, time_zone is missing, found the columns site_id, name",
        "Mend the extracts and build again; nothing was changed.",
    ]


def test_a_required_column_missing_in_one_part_file_only(landing: Landing) -> None:
    landing.write("erp/suppliers/part-1.csv", SUPPLIER)
    landing.write("erp/suppliers/part-2.csv", "supplier_id,name,recovery_agreement\n")
    assert "erp/suppliers/part-2.csv: required column claim_window_days is missing" in refusal(landing)


def test_a_required_column_missing_in_an_optional_table(landing: Landing) -> None:
    landing.write("tms/tracking_events.csv", "event_id,entity_id,rma_number,event_type\n")
    assert "tms/tracking_events.csv: required column occurred_at is missing" in refusal(landing)


def test_a_column_twice(landing: Landing) -> None:
    landing.write("erp/suppliers.csv", SUPPLIER.strip() + ", name\n")
    assert "erp/suppliers.csv: two columns have the name 'name', expected each name once" in refusal(landing)


def test_optional_tables_are_empty_when_they_are_missing(landing: Landing) -> None:
    landing.load()
    assert landing.ask("select count(*) from raw.tms__tracking_events") == [(0,)]
    types = dict(
        landing.ask("select column_name, data_type from duckdb_columns() where table_name = 'middleware__messages'")
    )
    assert (types["attempt"], types["occurred_at"], types["occurred_at_day"]) == ("BIGINT", "TIMESTAMP", "DATE")


def test_single_files_and_part_files_of_both_formats_are_one_table_in_name_order(landing: Landing) -> None:
    row = "'{}' as supplier_id, 'x' as name, true as recovery_agreement, 30 as claim_window_days"
    landing.write("erp/suppliers.csv", SUPPLIER + "A,x,y,30\nB,x,y,30\n")
    landing.write("erp/suppliers/part-2.csv", SUPPLIER + "C,x,y,30\n")
    folder = landing.extracts / "erp"
    for name, supplier in [("suppliers/part-10.parquet", "D"), ("suppliers.parquet", "E")]:
        duckdb.execute(f"copy (select {row.format(supplier)}) to '{folder / name}' (format parquet)")
    landing.load()
    assert suppliers(landing) == [
        ("A", "erp/suppliers.csv", 1),
        ("B", "erp/suppliers.csv", 2),
        ("E", "erp/suppliers.parquet", 1),
        ("D", "erp/suppliers/part-10.parquet", 1),
        ("C", "erp/suppliers/part-2.csv", 1),
    ]
    files = landing.ask("select file, format from raw.load_files where table_name = 'suppliers' order by rowid")
    assert [name for name, _ in files] == sorted(name for name, _ in files)
    assert dict(files)["erp/suppliers.parquet"] == "parquet"


def test_unknown_files_are_ignored_but_told(landing: Landing) -> None:
    landing.write("readme.txt", "")
    landing.write("sap/returns.csv", "")
    landing.write("erp/invoices.csv", "a\n")
    landing.write("erp/suppliers/_SUCCESS", "")
    landing.write("erp/suppliers/.part-1.csv", "broken")
    landing.write("erp/suppliers/part-2.CSV", SUPPLIER)
    landing.write("erp/suppliers/old/part-1.csv", SUPPLIER)
    unknown = landing.load().unknown_files
    assert unknown == (
        "erp/invoices.csv",
        "erp/suppliers/.part-1.csv",
        "erp/suppliers/_SUCCESS",
        "erp/suppliers/old",
        "erp/suppliers/part-2.CSV",
        "readme.txt",
        "sap",
    )
    assert [text for text in landing.said if "ignored" in text] == [
        f"{name}: not part of the contract, ignored" for name in unknown
    ]


def test_an_empty_part_folder_is_a_missing_table(landing: Landing) -> None:
    landing.remove("erp/suppliers.csv")
    landing.write("erp/suppliers/_SUCCESS", "")
    assert "erp/suppliers is missing" in refusal(landing)


@pytest.mark.parametrize("name", ["suppliers.CSV", "Suppliers.csv", "suppliers.csv.gz"])
def test_a_missing_table_names_the_file_that_looks_like_it(landing: Landing, name: str) -> None:
    landing.remove("erp/suppliers.csv")
    landing.write(f"erp/{name}", SUPPLIER)
    assert f"erp/suppliers is missing, expected erp/suppliers.csv, erp/suppliers.parquet or part files in erp/suppliers/; found {name}, which is not read" in refusal(landing)  # fmt: skip # noqa: E501


def test_a_folder_with_the_name_of_a_file(landing: Landing) -> None:
    landing.remove("erp/suppliers.csv")
    landing.write("erp/suppliers.csv/part-1.csv", SUPPLIER)
    found = refusal(landing)
    assert "erp/suppliers.csv is a folder, expected a file; name a folder of part files erp/suppliers" in found


def test_a_link_that_leads_nowhere(landing: Landing) -> None:
    landing.remove("erp/suppliers.csv")
    (landing.extracts / "erp/suppliers.csv").symlink_to("gone.csv")
    assert "erp/suppliers.csv: cannot be read (No such file or directory)" in refusal(landing)


def test_a_link_that_leads_to_itself(landing: Landing) -> None:
    landing.remove("erp/suppliers.csv")
    (landing.extracts / "erp/suppliers.csv").symlink_to("suppliers.csv")
    assert "erp/suppliers.csv: cannot be read (Too many levels of symbolic links)" in refusal(landing)


def test_unreadable_files_are_told_with_everything_else(landing: Landing) -> None:
    landing.write("erp/suppliers.csv", "")
    landing.write("erp/users.parquet", "not parquet")
    landing.remove("wms/sites.csv")
    found = refusal(landing)
    assert "- wms/sites is missing" in found
    assert "- erp/suppliers.csv: the file is empty" in found
    assert "- erp/users.parquet: cannot be read as Parquet" in found


@pytest.mark.parametrize(
    "name", ["part [1].csv", "part*.csv", "pa?t.csv", "{a,b}.csv", 'it\'s "it".csv', "größe 🙂.csv", "a;b.csv"]
)
def test_any_file_name_is_read_as_that_file(landing: Landing, name: str) -> None:
    landing.write("erp/suppliers/part 1.csv", SUPPLIER + "other,x,y,30\n")
    landing.write(f"erp/suppliers/{name}", SUPPLIER + "this,x,y,30\n")
    landing.load()
    assert (("this", f"erp/suppliers/{name}", 1)) in suppliers(landing)
    assert len(suppliers(landing)) == 2


def test_a_part_folder_may_look_like_a_pattern(landing: Landing, tmp_path: Path) -> None:
    landing.write("erp/suppliers.csv", SUPPLIER + "this,x,y,30\n")
    landing.extracts = landing.extracts.rename(tmp_path / "extracts [2025] *")
    landing.load()
    assert suppliers(landing) == [("this", "erp/suppliers.csv", 1)]


def test_a_file_name_that_is_not_text_is_refused(landing: Landing) -> None:
    path = os.fsencode(landing.extracts / "erp/suppliers") + b"/part-\xff.csv"
    os.makedirs(os.path.dirname(path))  # noqa: PTH103, PTH120 -- a name that pathlib cannot hold
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(SUPPLIER.encode())
    assert "the name is not UTF-8" in refusal(landing)


def test_reference_tables_come_from_the_seeds_when_they_are_not_given(landing: Landing) -> None:
    landing.remove("reference/reasons.csv")
    landing.seeds.mkdir()
    (landing.seeds / "reasons.csv").write_text("reason_code,responsibility,supplier_liable\nR1,carrier,false\n")
    (landing.seeds / "policies.csv").write_text("entity_id,policy,value\n*,seed_only,1\n")
    summary = landing.load()
    assert summary.tables_from_seeds == ("reasons",)
    assert landing.ask("select reason_code, _file from raw.reference__reasons") == [("R1", "seeds/reasons.csv")]
    assert landing.ask("select count(*) from raw.reference__policies") == [(0,)]


def test_a_reference_table_without_a_seed_is_missing(landing: Landing) -> None:
    landing.remove("reference/reasons.csv")
    assert "reference/reasons is missing" in refusal(landing)
