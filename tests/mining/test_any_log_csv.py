"""Reading CSV: the same log as from XES, from whatever comes out of spreadsheets and databases."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from mining.any_log.columns import Columns
from mining.any_log.judging import LeftOut
from pipeline.errors import UsageError
from tests.mining.foreign_logs import attribute, column, event, flat, loaded, write_csv, write_xes

SHORT = Columns("id", "step", "at", "who")


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_csv_file_and_an_xes_file_of_the_same_events_are_one_log(tmp_path: Path) -> None:
    traces = [
        (
            {"concept:name": "1", "colour": "red"},
            [event("b", "2024-03-01", "x"), event("a", "2024-03-01T00:00:00+01:00")],
        ),
        ({"concept:name": "2", "colour": "blue"}, [event("b", "2024-03-01T12:00:00Z", "x", org__group="g")]),
    ]
    from_xes = loaded(write_xes(tmp_path / "log.xes", traces))
    from_csv = loaded(write_csv(tmp_path / "log.csv", flat(traces)))
    for relation, order in (("events", "case_id, case_position"), ("cases", "case_id")):
        query = f"select * from event_log.{relation} order by {order}"
        cursors = [found.log.connection.execute(query) for found in (from_xes, from_csv)]
        assert cursors[0].description == cursors[1].description
        assert cursors[0].fetchall() == cursors[1].fetchall() != []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_separators_marks_and_line_ends_are_detected(
    tmp_path: Path, separator: str, encoding: str, line_end: str
) -> None:
    rows = [("at", "id", "who", "step"), ("2024-03-01 12:00", "1", "zoë", '"a, b; c|d\te ""f"""'), ("", "", "", "")]
    text = line_end.join(separator.join(row) for row in rows) + line_end + line_end
    found = loaded(write(tmp_path / "log.csv", text, encoding), SHORT)
    assert column(found, "(case_id, activity, event_at, resource)") == [
        ("1", 'a, b; c|d\te "f"', datetime(2024, 3, 1, 12), "zoë")
    ]
    assert found.left_out == (LeftOut("has no case", 1),)


def test_text_is_kept_as_written_and_ties_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    steps = [" b", "b ", '"two\nlines"', "NULL", "NA", "=1+1", "b"]
    text = "id,step,at,who\n" + "".join(f"007,{step},2024-03-01,\n" for step in steps)
    found = loaded(write(tmp_path / "log.csv", text), SHORT)
    assert column(found, "activity") == [" b", "b ", "two\nlines", "NULL", "NA", "=1+1", "b"]
    assert set(column(found, "case_id")) == {"007"}
    assert set(column(found, "resource")) == {None}


def test_columns_with_one_value_in_each_case_are_its_attributes(tmp_path: Path) -> None:
    text = (
        "id,step,at,who,colour,Colour,size,weight,nothing\n"
        "1,a,2024-03-01,,red,x,9,1,\n"
        "1,b,2024-03-02,,red,y,,2,\n"
        "2,a,2024-03-01,,blue,z,,1,\n"
        ",a,2024-03-01,,,,,,left out\n"
    )
    found = loaded(write(tmp_path / "log.csv", text), SHORT)
    assert found.case_attributes == ("case:colour", "case:size")
    assert attribute(found, "case:colour") == ["red", "blue"]
    assert attribute(found, "case:size") == ["9", None]


def test_names_that_differ_in_case_alone_are_two_columns(tmp_path: Path) -> None:
    found = loaded(write(tmp_path / "log.csv", "id,step,Step,at,who,x,X\n1,a,b,2024-03-01,,p,q\n"), SHORT)
    assert column(found, "activity") == ["a"]
    assert found.case_attributes == ("case:Step", "case:x", "case:X (2)")
    assert attribute(found, "case:X (2)") == ["q"]


def test_a_log_may_lack_resources_and_a_column_may_play_two_parts(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "id,step,at\n1,a,2024-03-01\n")
    assert column(loaded(path, Columns("id", "step", "at")), "resource") == [None]
    assert column(loaded(path, Columns("id", "step", "at", "step")), "resource") == ["a"]


def test_timestamps_that_cannot_be_read_are_counted_with_examples(tmp_path: Path) -> None:
    text = "id,step,at,who\n1,a,2024-03-01,\n1,b,1.3.2024,\n1,c,,\n1,d,1.3.2024,\n1,e,yesterday,\n"
    found = loaded(write(tmp_path / "log.csv", text), SHORT)
    assert column(found, "activity") == ["a"]
    assert found.left_out == (
        LeftOut("has a timestamp that cannot be read", 3, ("1.3.2024", "yesterday")),
        LeftOut("has no timestamp", 1),
    )


def test_a_header_alone_is_an_empty_log(tmp_path: Path) -> None:
    found = loaded(write(tmp_path / "log.csv", "id,step,at,who,more\n"), SHORT)
    assert (found.events_read, column(found, "activity"), found.case_attributes) == (0, [], ())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; expected a CSV file with a header"),
        (b"ID;step;at;who\n", "has no column 'id'; found are ID, step, at, who. Name its columns with --case"),
        (b"id,step,at\n", "has no column 'who'; found are id, step, at."),
        (b"id,step,at,who,id\n", "has more than one column 'id'; found are id, step, at, who, id"),
        ("id,step,at,who\n1,ä,2024-03-01,x\n".encode("latin-1"), "line 2 is not UTF-8"),
        ("id,step,at,who\n".encode("utf-16"), "line 1 is not UTF-8"),
        (b"id,step,at,who\n1,a,2024-03-01,x\n1,a,2024-03-01,x,y\n", "CSV Error on Line: 3"),
        (b"id,step,at,who\n1,a,2024-03-01\n", "CSV Error on Line: 2"),
        (b'id,step,at,who\n1,a,2024-03-01,"x\n1,a,2024-03-01,x\n', "CSV Error on Line: 2"),
    ],
)
def test_what_is_not_the_csv_that_was_promised_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=re.escape(message)):
        loaded(path, SHORT)


def test_bytes_far_into_the_file_that_are_not_utf_8_are_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"id,step,at,who\n" + b"1,a,2024-03-01,somebody\n" * 400_000 + b"1,\xe4,2024-03-01,x\n")
    with pytest.raises(UsageError, match=r"Error on Line: 400002.*not utf-8"):
        loaded(path, SHORT)


def test_a_file_s_name_is_a_name_and_no_pattern(tmp_path: Path) -> None:
    write(tmp_path / "log1.csv", "id,step,at,who\n1,a,2024-03-01,\n")
    named = write(tmp_path / "log[1]*.CSV", "id,step,at,who\n1,b,2024-03-01,\n")
    assert column(loaded(named, SHORT), "activity") == ["b"]
