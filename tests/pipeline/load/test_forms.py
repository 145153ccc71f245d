"""Each form of the contract: what it takes, and what it says about a near miss."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Clock, ColumnType
from tests.pipeline.load.conftest import column, csv_text, load_one, table


def read_all(values: list[str], kind: ColumnType, clock: Clock = "utc", required: bool = False) -> list[Any]:
    """What each text becomes: the dictionary of its typed columns, or the reason why its row is in the quarantine."""
    things = table(column("id", key=True), column("x", kind, required), clock=clock)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "things.csv"
        path.write_text(csv_text([["id", "x"], *([str(i), value] for i, value in enumerate(values))]), newline="")
        loaded = load_one(path, things)
    found: dict[int, Any] = {row["_row_number"]: row for row in loaded.rows}
    found |= dict(loaded.reasons)
    return [found[number] for number in range(1, len(values) + 1)]


def read_each(values: list[str], kind: ColumnType, clock: Clock = "utc", required: bool = False) -> list[Any]:
    """What the column x is for each text, or the reason why its row is in the quarantine."""
    return [found if isinstance(found, str) else found["x"] for found in read_all(values, kind, clock, required)]


def read(value: str, kind: ColumnType, clock: Clock = "utc", required: bool = False) -> Any:
    [found] = read_each([value], kind, clock, required)
    return found


def test_text_is_trimmed_of_every_white_space() -> None:
    spaces = [" ", "\t", "\r\n", "\u00a0", "\u2003", "\u3000", "\x85", "\x1f"]
    assert read_each([f"{space}a {space}b{space}" for space in spaces], "text") == [f"a {space}b" for space in spaces]


@pytest.mark.parametrize("empty", ["", " ", "\t\n", "\u00a0"])
def test_nothing_but_white_space_is_null(empty: str) -> None:
    assert read(empty, "text") is None
    assert read(empty, "text", required=True) == "required value null: x"


def test_text_stays_what_it_is() -> None:
    texts = ["000123", "NULL", "null", "NaN", "é\u200b", "\ufeffx", '"', "a,b\nc"]
    assert read_each(texts, "text") == texts


def test_numbers() -> None:
    read_as = [
        ("12.50", "12.5"),
        ("+7", "7"),
        ("-0.25", "-0.25"),
        ("007", "7"),
        ("1e3", "1000"),
        ("1.5e-3", "0.0015"),
        ("25e+1", "250"),
        ("0e99999999999", "0"),
        ("1e-400", "0"),
        ("1e-99999999999999999999999999", "0"),
        ("1000000000000000e-1", "100000000000000"),
        ("0." + "0" * 60 + "15e60", "0.15"),
        ("0.0000000005", "0.000000001"),
        ("0.0000000004", "0"),
        ("-0.0000000005", "-0.000000001"),
        ("123456789012345.123456789", "123456789012345.123456789"),
    ]
    assert read_each([text for text, _ in read_as], "number") == [Decimal(value) for _, value in read_as]


def test_what_is_not_a_number() -> None:
    texts = ["12,5", "1,000.00", ".5", "5.", "1E3", "inf", "nan", "0x10", "1e", "- 1", "1 000", "12,5x", "²", "1_000"]
    assert read_each(texts, "number") == [f"x: not a number: {text}" for text in texts]


@pytest.mark.parametrize("text", ["1000000000000000", "-1e15", "999999999999999.9999999995", "1e400"])
def test_a_number_beyond_the_capacity(text: str) -> None:
    found = read(text, "number")
    assert found == f"x: number too large, expected at most 15 digits before the decimal point: {text}"


def test_quantities() -> None:
    read_as = [("0.5", "0.5"), ("1", "1"), ("0.0000000001", "0"), ("5e-10", "0.000000001")]
    assert read_each([text for text, _ in read_as], "quantity") == [Decimal(value) for _, value in read_as]


def test_a_quantity_must_be_above_zero() -> None:
    texts = ["0", "-1", "0.00", "-0.0000000001", "+0", "0e5", "-0"]
    assert read_each(texts, "quantity") == [f"x: quantity <= 0: {text}" for text in texts]


def test_amounts() -> None:
    texts = ["0", "-0", "-0.00", "0.01", "-0e3"]
    assert read_each(texts, "amount") == [Decimal(text) for text in texts]


def test_an_amount_must_not_be_below_zero() -> None:
    texts = ["-0.01", "-5.00", "-0.0000000001"]
    assert read_each(texts, "amount") == [f"x: amount < 0: {text}" for text in texts]


def test_integers() -> None:
    read_as = [
        ("30", 30),
        ("30.0", 30),
        ("1e1", 10),
        ("1.5e1", 15),
        ("10e-1", 1),
        ("-007", -7),
        ("0.000", 0),
        ("9223372036854775807", 9223372036854775807),
    ]
    assert read_each([text for text, _ in read_as], "integer") == [value for _, value in read_as]


def test_a_fraction_is_not_an_integer() -> None:
    texts = ["1.5", "0.1", "15e-1", "1.00000000000000000001", "1e-1", "1e-99999999999"]
    assert read_each(texts, "integer") == [f"x: not an integer: {text}" for text in texts]


def test_an_integer_beyond_the_capacity() -> None:
    texts = ["9223372036854775808", "1e30"]
    assert read_each(texts, "integer") == [
        f"x: integer too large, expected at most 18 digits: {text}" for text in texts
    ]


def test_text_is_not_an_integer() -> None:
    assert read("ten", "integer") == "x: not a number: ten"


def test_true() -> None:
    texts = ["true", "T", "Yes", "y", "1", "TRUE"]
    assert all(found is True for found in read_each(texts, "boolean"))


def test_false() -> None:
    texts = ["false", "F", "nO", "N", "0"]
    assert all(found is False for found in read_each(texts, "boolean"))


def test_what_is_not_a_boolean() -> None:
    texts = ["maybe", "2", "on", "ja", "1.0", "tru"]
    assert read_each(texts, "boolean") == [f"x: not a boolean: {text}" for text in texts]


def test_dates() -> None:
    read_as = [("2024-02-29", date(2024, 2, 29)), ("1990-12-31", date(1990, 12, 31))]
    assert read_each([text for text, _ in read_as], "date") == [value for _, value in read_as]


def test_what_is_not_a_date() -> None:
    texts = ["2025-02-29", "2025-2-28", "20250228", "2025-13-01", "0000-01-01", "2025-01-01T00:00"]
    assert read_each(texts, "date") == [f"x: not a date YYYY-MM-DD: {text}" for text in texts]


def test_times() -> None:
    read_as = [("00:00", 0), ("08:30", 510), ("23:59", 1439), ("24:00", 1440)]
    assert read_each([text for text, _ in read_as], "time") == [minutes for _, minutes in read_as]


def test_what_is_not_a_time() -> None:
    texts = ["24:01", "8:30", "08:60", "25:00", "08:30:00", "0830"]
    assert read_each(texts, "time") == [f"x: not a time HH:MM: {text}" for text in texts]


@pytest.mark.parametrize("clock", ["utc", "offset", "site"])
def test_instants(clock: Clock) -> None:
    read_as = [
        ("2025-03-04T10:00:00Z", datetime(2025, 3, 4, 10)),
        ("2025-03-04 10:00Z", datetime(2025, 3, 4, 10)),
        ("2025-03-04T10:00+02", datetime(2025, 3, 4, 8)),
        ("2025-03-04T10:00:30-0530", datetime(2025, 3, 4, 15, 30, 30)),
        ("2025-03-04T10:00:30.5+05:45", datetime(2025, 3, 4, 4, 15, 30, 500000)),
        ("2025-03-04T10:00:30.1234567899Z", datetime(2025, 3, 4, 10, 0, 30, 123456)),
        ("2025-03-04T23:59:59.9999999Z", datetime(2025, 3, 4, 23, 59, 59, 999999)),
        ("2000-01-01T00:00:00+23:59", datetime(1999, 12, 31, 0, 1)),
        ("2089-12-31T23:59:59-23:59", datetime(2090, 1, 1, 23, 58, 59)),
        ("2024-02-29T00:00:00Z", datetime(2024, 2, 29)),
    ]
    assert read_each([text for text, _ in read_as], "timestamp", clock) == [instant for _, instant in read_as]


@pytest.mark.parametrize("clock", ["utc", "offset", "site"])
def test_a_date_alone_has_day_precision_in_any_system(clock: Clock) -> None:
    [found] = read_all(["2026-03-04"], "timestamp", clock)
    assert (found["x"], found["x_day"], found.get("x_local")) == (None, date(2026, 3, 4), None)


def test_without_an_offset_a_utc_system_means_utc() -> None:
    assert read("2025-03-04 10:00", "timestamp", "utc") == datetime(2025, 3, 4, 10)


def test_without_an_offset_the_site_has_its_wall_clock() -> None:
    [found] = read_all(["2026-03-04T10:00:00.25"], "timestamp", "site")
    assert (found["x"], found["x_day"], found["x_local"]) == (None, None, datetime(2026, 3, 4, 10, 0, 0, 250000))


def test_an_offset_beats_the_wall_clock_of_the_site() -> None:
    [found] = read_all(["2026-03-04T10:00:00+01:00"], "timestamp", "site")
    assert (found["x"], found["x_local"]) == (datetime(2026, 3, 4, 9), None)


def test_only_sites_have_a_wall_clock() -> None:
    [found] = read_all(["2026-03-04T10:00:00Z"], "timestamp", "utc")
    assert list(found) == ["id", "x", "x_day", "_source_key", "_file", "_row_number"]


def test_where_an_offset_is_due_it_must_be_there() -> None:
    text = "2026-03-04T10:00:00"
    assert read(text, "timestamp", "offset") == f"x: timestamp without an offset: {text}"


def test_what_is_not_a_timestamp() -> None:
    texts = [
        "yesterday",
        "2025-02-30T10:00:00Z",
        "2025-02-30",
        "2023-02-29T10:00:00Z",
        "2025-01-01T24:00:00Z",
        "2025-01-01T10:60Z",
        "2025-01-01T10:00:60Z",
        "2025-01-01T10Z",
        "2025-01-01T10:00:00.Z",
        "2025-01-01T10:00:00,5Z",
        "2025-01-01t10:00:00Z",
        "2025-01-01T10:00:00z",
        "2025-01-01T10:00:00 Z",
        "2025-01-01T10:00:00+24:00",
        "2025-01-01T10:00:00+01:60",
        "2025-01-01T10:00:00+1",
        "2025-01-01T10:00:00+010",
        "2025-01-01  10:00:00Z",
        "2025-1-01T10:00:00Z",
        "20250101T100000Z",
        "2025-01-01T10:00:00ZZ",
        "2025-01-01Z",
        "1735689600",
        "infinity",
        "2025-01-01T10:00:00Z\nx",
    ]
    assert read_each(texts, "timestamp") == [f"x: not a timestamp: {text}" for text in texts]


def test_the_range_looks_at_the_date_as_written() -> None:
    texts = [
        "1999-12-31T23:59:59-05:00",
        "1999-12-31",
        "2090-01-01T00:00:00+14:00",
        "2090-01-01",
        "9999-12-31T00:00:00Z",
    ]
    assert read_each(texts, "timestamp") == [f"x: timestamp outside 2000-01-01 .. 2089-12-31: {text}" for text in texts]


@pytest.mark.parametrize("text", ["2000-01-01", "2089-12-31"])
def test_both_ends_of_the_range_are_inside(text: str) -> None:
    assert read_all([text], "timestamp")[0]["x_day"] == date.fromisoformat(text)


def test_a_long_value_is_cut_in_the_reason() -> None:
    assert read("x" * 5000, "number") == f"x: not a number: {'x' * 100}..."


_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")
_EXACT = Context(prec=200, Emax=999999, Emin=-999999)


def _plain_number(text: str) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        return None
    rounded = _EXACT.create_decimal(text).quantize(Decimal("1e-9"), ROUND_HALF_UP, _EXACT)
    return rounded if abs(rounded) < 10**15 else None


_digits = st.text("0123456789", min_size=1, max_size=40)
_exponents = st.one_of(st.just(""), st.integers(-45, 40).map("e{}".format), st.integers(0, 9).map("e+{}".format))
_fractions = st.one_of(st.just(""), _digits.map(".{}".format))
_numbers = st.tuples(st.sampled_from(["", "+", "-"]), _digits, _fractions, _exponents).map("".join)
_near_numbers = st.text("0123456789.+-eE, x", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.one_of(_numbers, _near_numbers), min_size=1, max_size=60))
def test_numbers_are_read_as_plain_decimals(texts: list[str]) -> None:
    for text, found in zip(texts, read_all(texts, "number"), strict=True):
        plain = _plain_number(text)
        assert (None if isinstance(found, str) else found["x"]) == plain, text


@settings(max_examples=12, deadline=None)
@given(st.lists(_numbers, min_size=1, max_size=60))
def test_integers_are_the_numbers_without_a_fraction(texts: list[str]) -> None:
    for text, found in zip(texts, read_all(texts, "integer"), strict=True):
        exact = _EXACT.create_decimal(text)
        whole = exact == exact.to_integral_value()
        plain = int(exact) if whole and -(2**63) <= exact < 2**63 else None
        assert (None if isinstance(found, str) else found["x"]) == plain, text


_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?)?", re.ASCII
)


def _plain_stamp(text: str) -> tuple[datetime | None, date | None] | None:
    """(instant, day) of a timestamp of a UTC system by Python's own calendar; None when it is not a good one."""
    form = _STAMP.fullmatch(text)
    if form is None:
        return None
    year, month, day, hour, minute, second, fraction, _, sign, off_hours, off_minutes = form.groups()
    try:
        on = date(int(year), int(month), int(day))
        if not date(2000, 1, 1) <= on <= date(2089, 12, 31):
            return None
        if hour is None:
            return None, on
        offset = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0))
        if int(off_minutes or 0) > 59:
            return None
        zone = timezone(-offset if sign == "-" else offset)
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        wall = datetime(on.year, on.month, on.day, int(hour), int(minute), int(second or 0), micro, zone)
    except ValueError:
        return None
    return wall.astimezone(UTC).replace(tzinfo=None), None


def _two(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map("{:02d}".format)


_days = st.tuples(st.sampled_from(["1999", "2000", "2024", "2025", "2089", "2090"]), _two(0, 13), _two(0, 32)).map(
    "-".join
)
_seconds = st.one_of(st.just(""), _two(0, 60).map(":{}".format))
_parts = st.one_of(st.just(""), st.text("0123456789", max_size=10).map(".{}".format))
_offsets = st.one_of(
    st.sampled_from(["", "Z", "z", "+5", " +01:00"]),
    st.tuples(st.sampled_from("+-"), _two(0, 24), st.sampled_from(["", ":"]), st.one_of(st.just(""), _two(0, 60))).map(
        "".join
    ),
)
_clocks = st.tuples(
    st.sampled_from(["T", " ", "t", ""]), _two(0, 24), st.just(":"), _two(0, 60), _seconds, _parts, _offsets
)
_stamps = st.one_of(_days, st.tuples(_days, _clocks.map("".join)).map("".join))


@settings(max_examples=20, deadline=None)
@given(st.lists(_stamps, min_size=1, max_size=80))
def test_timestamps_are_read_as_plain_dates_and_times(texts: list[str]) -> None:
    for text, found in zip(texts, read_all(texts, "timestamp"), strict=True):
        assert (None if isinstance(found, str) else (found["x"], found["x_day"])) == _plain_stamp(text), text
