"""Reading XES: what stands in the file, no more and no less, however it is written."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from mining.any_log.columns import Columns
from mining.any_log.judging import LeftOut
from pipeline.errors import UsageError
from tests.mining.foreign_logs import attribute, column, event, loaded, write_xes, xes

NOON = "2024-03-01T12:00:00Z"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_events_keep_the_file_s_order_at_one_instant_and_go_by_time_otherwise(tmp_path: Path) -> None:
    steps = [event("late", "2024-03-01T13:00:00Z"), event("b", NOON), event("a", NOON), event("c", NOON)]
    found = loaded(write_xes(tmp_path / "log.xes", [({"concept:name": "1"}, steps)]))
    assert column(found, "activity") == ["b", "a", "c", "late"]
    assert column(found, "case_position") == [1, 2, 3, 4]
    assert column(found, "next_activity") == ["a", "c", "late", None]
    assert column(found, "event_id") == ["2", "3", "4", "1"]
    assert found.log.rows("case_durations") == [
        ("1", 4, datetime(2024, 3, 1, 12), datetime(2024, 3, 1, 13), 3600.0, attribute(found, "variant_id")[0])
    ]
    assert attribute(found, "variant") == ["b > a > c > late"]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-03-01T12:00:00.000+02:00", datetime(2024, 3, 1, 10)),
        ("2024-03-01T12:00:00-0330", datetime(2024, 3, 1, 15, 30)),
        ("2024-03-01T12:00:00.123456Z", datetime(2024, 3, 1, 12, 0, 0, 123456)),
        ("2024-03-01T12:00:00,5Z", datetime(2024, 3, 1, 12, 0, 0, 500000)),
        ("2024-03-01T12:00:00", datetime(2024, 3, 1, 12)),
        ("2024-03-01 12:00", datetime(2024, 3, 1, 12)),
        ("2024-03-01 12:00 +01:00", datetime(2024, 3, 1, 11)),
        ("2024/03/01 12:00:01", datetime(2024, 3, 1, 12, 0, 1)),
        ("1969-12-31T23:59:59Z", datetime(1969, 12, 31, 23, 59, 59)),
        ("2024-03-01", datetime(2024, 3, 1)),
    ],
)
def test_instants_are_utc(tmp_path: Path, text: str, instant: datetime) -> None:
    found = loaded(write_xes(tmp_path / "log.xes", [({"concept:name": "1"}, [event("a", text)])]))
    assert column(found, "event_at") == [instant]
    assert column(found, "ts_precision") == ["day" if len(text) == 10 else "second"]


def test_what_cannot_be_used_is_left_out_and_counted(tmp_path: Path) -> None:
    steps = [
        event("kept", NOON),
        event(None, NOON),
        event("", NOON),
        event("no instant", None),
        *(
            event("odd", text)
            for text in ("01.03.2024", "infinity", "epoch", "2024-02-30", "12345-01-01", "01.03.2024")
        ),
    ]
    text = xes([({"concept:name": "1"}, steps)], head="<event><string key='concept:name' value='stray'/></event>")
    found = loaded(write(tmp_path / "log.xes", text))
    assert column(found, "activity") == ["kept"]
    assert found.events_read == 11
    assert found.left_out == (
        LeftOut(
            "has a timestamp that cannot be read", 6, ("01.03.2024", "infinity", "epoch", "2024-02-30", "12345-01-01")
        ),
        LeftOut("has no activity", 2),
        LeftOut("has no timestamp", 1),
        LeftOut("stands in no trace", 1),
    )


def test_traces_of_one_name_are_one_case_and_traces_without_are_cases_of_their_own(tmp_path: Path) -> None:
    traces = [
        ({"concept:name": "x", "colour": "red"}, [event("b", "2024-03-02T00:00:00Z")]),
        ({}, [event("c", NOON)]),
        ({"concept:name": "x", "colour": "blue", "size": "9"}, [event("a", NOON)]),
        ({"concept:name": ""}, [event("d", NOON)]),
        ({"concept:name": "empty"}, []),
    ]
    found = loaded(write_xes(tmp_path / "log.xes", traces))
    assert attribute(found, "case_id") == ["trace 2", "trace 4", "x"]
    assert attribute(found, "variant") == ["c", "d", "a > b"]
    assert found.case_attributes == ("case:colour", "case:size")
    assert attribute(found, "case:colour") == [None, None, "red"]
    assert attribute(found, "case:size") == [None, None, "9"]


def test_nested_attributes_lists_globals_and_classifiers_are_passed_over(tmp_path: Path) -> None:
    text = """<log>
      <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
      <global scope="event"><string key="concept:name" value="unknown"/></global>
      <classifier name="Activity" keys="concept:name"/>
      <string key="concept:name" value="the log"><string key="concept:name" value="deeper"/></string>
      <trace>
        <list key="parts"><values><string key="concept:name" value="part"/></values></list>
        <string key="concept:name" value="1"><string key="concept:name" value="nested"/></string>
        <event>
          <string key="concept:name" value="a"><string key="concept:name" value="nested"/></string>
          <date key="time:timestamp" value="2024-03-01T12:00:00Z"><int key="org:resource" value="7"/></date>
          <container key="c"><string key="org:resource" value="boxed"/></container>
        </event>
        <string key="late" value="yes"/>
      </trace></log>"""
    found = loaded(write(tmp_path / "log.xes", text))
    assert column(found, "(case_id, activity, resource)") == [("1", "a", None)]
    assert found.case_attributes == ("case:late",)


def test_a_namespace_prefix_and_every_type_of_attribute_are_understood(tmp_path: Path) -> None:
    kinds = ("int", "float", "boolean", "id", "string")
    steps = "".join(
        f'<x:event><x:{kind} key="concept:name" value="{kind}"/><x:date key="time:timestamp" value="{NOON}"/></x:event>'
        for kind in kinds
    )
    text = f'<x:log xmlns:x="urn:x"><x:trace><x:int key="concept:name" value="7"/>{steps}</x:trace></x:log>'
    found = loaded(write(tmp_path / "log.xes", text))
    assert column(found, "activity") == list(kinds)
    assert column(found, "case_id") == ["7"] * len(kinds)


def test_text_is_kept_to_the_last_space(tmp_path: Path) -> None:
    name = " Check &amp; <send>\n  'a' \"b\"\t返品 😀 "
    found = loaded(write_xes(tmp_path / "log.xes", [({"concept:name": " 1 "}, [event(name, NOON, " ")])]))
    assert column(found, "(case_id, activity, resource)") == [(" 1 ", name, " ")]


def test_a_zipped_log_is_read_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    text = xes([({"concept:name": "1"}, [event("a", NOON)])])
    path = tmp_path / "LOG.XES.GZ"
    path.write_bytes(gzip.compress(text.replace("UTF-8", "UTF-16").encode("utf-16")))
    assert column(loaded(path), "activity") == ["a"]


def test_other_names_may_say_what_an_event_is(tmp_path: Path) -> None:
    step = event("a", "2024-01-01", "r", doer="d", when=NOON, what="w", order="O-1", org__group="g", source_system="s")
    path = write_xes(tmp_path / "log.xes", [({"concept:name": "1", "owner": "me"}, [step])])
    own = loaded(path, Columns("order", "what", "when", "doer"))
    wanted = "(case_id, activity, event_at, resource, department, source_system)"
    assert column(own, wanted) == [("O-1", "w", datetime(2024, 3, 1, 12), "d", "g", "s")]
    assert column(loaded(path, Columns(case="case:owner")), "case_id") == ["me"]


def test_only_complete_events_on_demand(tmp_path: Path) -> None:
    steps = [
        event("a", NOON, lifecycle__transition="start"),
        event("b", NOON, lifecycle__transition="COMPLETE"),
        event("c", NOON),
    ]
    path = write_xes(tmp_path / "log.xes", [({"concept:name": "1"}, steps)])
    assert column(loaded(path), "activity") == ["a", "b", "c"]
    found = loaded(path, complete_only=True)
    assert column(found, "activity") == ["b", "c"]
    assert found.left_out == (LeftOut("is not complete", 1),)


def test_paths_that_read_alike_stay_apart(tmp_path: Path) -> None:
    traces = [
        ({"concept:name": "1"}, [event("a > b", NOON)]),
        ({"concept:name": "2"}, [event("a", NOON), event("b", NOON)]),
    ]
    found = loaded(write_xes(tmp_path / "log.xes", traces))
    assert attribute(found, "variant") == ["a > b", "a > b"]
    assert len(set(attribute(found, "variant_id"))) == 2
    plain = loaded(write_xes(tmp_path / "plain.xes", traces[1:]))
    assert attribute(plain, "variant_id") == attribute(found, "variant_id")[1:]


def test_a_log_of_nothing_is_a_log(tmp_path: Path) -> None:
    found = loaded(write(tmp_path / "log.xes", "<log/>"))
    assert (found.events_read, found.left_out, column(found, "activity")) == (0, (), [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<log>\n<trace>\n</log>", "line 3: mismatched tag"),
        ("<log>\n<trace>", "line 2: no element found"),
        ("", "line 1: no element found"),
        ("concept:name;b\n", "line 1: not well-formed"),
        ("<html/>", "line 1: the root element is <html>; expected <log>"),
        (
            '<!DOCTYPE log [\n<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">]>\n<log>&b;</log>',
            "line 2: declares the entity 'a'",
        ),
    ],
)
def test_what_is_not_xes_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path / "log.xes", text)
    with pytest.raises(UsageError, match=r"log\.xes: ") as refusal:
        loaded(path)
    assert message in str(refusal.value)


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(xes([({"concept:name": "1"}, [event("a", NOON)] * 50)]).encode())
    for content in (whole[:-20], b"no archive", whole[:30] + b"\x00\xff" * 9 + whole[48:]):
        path = tmp_path / "log.xes.gz"
        path.write_bytes(content)
        with pytest.raises(UsageError, match="cannot be unpacked"):
            loaded(path)


def test_a_log_of_which_nothing_can_be_used_is_refused_with_what_was_found(tmp_path: Path) -> None:
    path = write_xes(tmp_path / "log.xes", [({"concept:name": "1"}, [event("a", "01.03.2024")])])
    with pytest.raises(UsageError, match=r"1 has a timestamp that cannot be read \(such as '01.03.2024'\)"):
        loaded(path)
    with pytest.raises(UsageError, match="the activity from 'nothing'"):
        loaded(path, Columns(activity="nothing"))


def test_files_that_are_no_logs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        loaded(tmp_path / "log.xes")
    with pytest.raises(UsageError, match=r"expected \.xes, \.xes\.gz or \.csv"):
        loaded(write(tmp_path / "log.txt", ""))
