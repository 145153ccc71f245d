"""The forms that values of the contract must have, as SQL from the trimmed text of a column.

A form gives the typed columns that a contract column becomes in the schema ``raw`` and the sentence that says what is
wrong with a value. The sentences follow the contract: what was found and, where it helps, what was expected.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.contract import Clock, Column
from pipeline.load.dialect import cast_or_null, contains, identifier, literal, matches
from pipeline.load.numbers import decimal, is_whole

NUMBER = r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
DATE = r"\d{4}-\d{2}-\d{2}"
TIME = r"(?:[01]\d|2[0-3]):[0-5]\d|24:00"
OFFSET = r"Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?"
TIMESTAMP = rf"{DATE}(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:{OFFSET})?)?"
FIRST_DAY, LAST_DAY = "2000-01-01", "2089-12-31"

_DIGITS_ALONE = "^[+-]?[0-9]+$"
_DECIMAL = "decimal(24, 9)"
_WIDE_DECIMAL = "decimal(38, 9)"
_TRUE, _FALSE = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0")
_LONGEST_FOUND = 100
_FROM_MINUTES_ON = 15


@dataclass(frozen=True)
class Output:
    """One column of a raw table: its name, its engine type and the SQL that makes it from the text column."""

    name: str
    type: str
    sql: str


def text_name(column: Column) -> str:
    """Name of the trimmed text of a column while it is being judged; null or empty where there is none."""
    return identifier(f"_text_{column.name}")


def value_name(column: Column) -> str:
    """Name of the parsed value of a column while it is being judged; null when it has not the form."""
    return identifier(f"_value_{column.name}")


def parsed(column: Column) -> str | None:
    """SQL of the parsed value from the trimmed text; None for text, which needs no parsing."""
    text = text_name(column)
    match column.type:
        case "text":
            return None
        case "number" | "quantity" | "amount":
            return _when(matches(text, NUMBER), decimal(text, _DECIMAL))
        case "integer":
            value = f"try_cast({decimal(text, _WIDE_DECIMAL)} as bigint)"
            whole = f"when {matches(text, NUMBER)} then {_when(is_whole(text), value)}"
            return f"case when {contains(text, _DIGITS_ALONE)} then {value} {whole} end"
        case "boolean":
            word = f"lower({text})"
            return f"case when {word} in {_list(_TRUE)} then true when {word} in {_list(_FALSE)} then false end"
        case "date":
            return _when(f"{matches(text, DATE)} and {text} >= '0001'", cast_or_null(text, "date"))
        case "time":
            minutes = f"cast(left({text}, 2) as integer) * 60 + cast(right({text}, 2) as integer)"
            return _when(matches(text, TIME), minutes)
        case "timestamp":
            return _when(matches(text, TIMESTAMP), cast_or_null(text, "timestamp"))


def outputs(column: Column, clock: Clock) -> tuple[Output, ...]:
    """The raw columns a contract column becomes, made from its text and its parsed value."""
    if column.type == "timestamp":
        return _timestamp_outputs(column, clock)
    types = {"text": "varchar", "integer": "bigint", "boolean": "boolean", "date": "date", "time": "integer"}
    source = f"nullif({text_name(column)}, '')" if column.type == "text" else value_name(column)
    return (Output(column.name, types.get(column.type, _DECIMAL), source),)


def problem(column: Column, clock: Clock) -> str | None:
    """SQL of the sentence that says what is wrong with the value, null when nothing is; None when nothing can be."""
    complaints = _complaints(column, clock)
    if not column.required and not complaints:
        return None
    missing = literal(f"required value null: {column.name}") if column.required else "null"
    cases = [(condition, "null") for condition in _nothing_wrong(column)]
    cases.append((f"coalesce({text_name(column)}, '') = ''", missing))
    cases += [(condition, _sentence(column, complaint)) for condition, complaint in complaints]
    return "case " + " ".join(f"when {condition} then {sentence}" for condition, sentence in cases) + " end"


def _nothing_wrong(column: Column) -> tuple[str, ...]:
    """What nearly every value meets and what needs no further look; nothing where all complaints are cheap."""
    match column.type:
        case "text" | "timestamp":
            return ()
        case "quantity" | "amount":
            return (f"{value_name(column)} > 0",)
        case _:
            return (f"{value_name(column)} is not null",)


def _complaints(column: Column, clock: Clock) -> list[tuple[str, str]]:
    """Conditions on a value that is there, and what to say where they hold."""
    text, value = text_name(column), value_name(column)
    unreadable = f"{value} is null"
    match column.type:
        case "text":
            return []
        case "number" | "quantity" | "amount":
            return [
                (f"not {matches(text, NUMBER)}", "not a number"),
                (unreadable, "number too large, expected at most 15 digits before the decimal point"),
                *_sign_complaints(column),
            ]
        case "integer":
            return [
                (f"not {matches(text, NUMBER)}", "not a number"),
                (f"not ({is_whole(text)})", "not an integer"),
                (unreadable, "integer too large, expected at most 18 digits"),
            ]
        case "time":
            return [(unreadable, "not a time HH:MM")]
        case "date":
            return [(unreadable, "not a date YYYY-MM-DD")]
        case "boolean":
            return [(unreadable, "not a boolean")]
        case "timestamp":
            days = f"{literal(FIRST_DAY)} and {literal(LAST_DAY)}"
            missing = [(f"length({text}) > 10 and not {_has_offset(text)}", "timestamp without an offset")]
            return [
                (unreadable, "not a timestamp"),
                (f"left({text}, 10) not between {days}", f"timestamp outside {FIRST_DAY} .. {LAST_DAY}"),
                *(missing if clock == "offset" else []),
            ]


def _sign_complaints(column: Column) -> list[tuple[str, str]]:
    """A value may round to zero at nine decimals, so the text decides what it was."""
    text, value = text_name(column), value_name(column)
    nonzero = contains(text, r"^[+-]?[0.]*[1-9]")
    negative = f"{value} <= 0 and starts_with({text}, '-') and {nonzero}"
    match column.type:
        case "quantity":
            return [(f"{value} <= 0 and (not {nonzero} or {negative})", "quantity <= 0")]
        case "amount":
            return [(negative, "amount < 0")]
        case _:
            return []


def _timestamp_outputs(column: Column, clock: Clock) -> tuple[Output, ...]:
    text, value, has_offset = text_name(column), value_name(column), _has_offset(text_name(column))
    moved = f"make_timestamp(epoch_us({cast_or_null(text, 'timestamptz')}))"
    bare = value if clock == "utc" else "null"
    instant = f"case when length({text}) = 10 then null when {has_offset} then {moved} else {bare} end"
    found = [
        Output(column.name, "timestamp", instant),
        Output(f"{column.name}_day", "date", f"case when length({text}) = 10 then cast({value} as date) end"),
    ]
    if clock == "site":
        local = f"case when length({text}) > 10 and not {has_offset} then {value} end"
        found.append(Output(f"{column.name}_local", "timestamp", local))
    return tuple(found)


def _has_offset(text: str) -> str:
    """Whether a timestamp ends with an offset; the date before it is skipped because of its hyphens."""
    tail = f"substr({text}, {_FROM_MINUTES_ON})"
    return f"({text} like '%Z' or {tail} like '%+%' or {tail} like '%-%')"


def _sentence(column: Column, complaint: str) -> str:
    text = text_name(column)
    found = f"case when length({text}) > {_LONGEST_FOUND} then left({text}, {_LONGEST_FOUND}) || '...' else {text} end"
    return f"{literal(f'{column.name}: {complaint}: ')} || {found}"


def _when(condition: str, value: str) -> str:
    return f"case when {condition} then {value} end"


def _list(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(literal(word) for word in words) + ")"
