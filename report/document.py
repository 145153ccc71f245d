"""The pack as one HTML document that asks nothing of anybody: styles and figures are in it, and it runs no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from dashboards.scope import Returns
from dashboards.theme import css_variables
from mining.drawing.colours import Tokens, tokens
from report.attention_sheet import attention_sheet
from report.doing_sheet import TITLE, about_in_words, doing_sheet
from report.map_sheet import map_sheet
from report.parts import Pack
from report.proof_sheet import proof_sheet
from report.recovery_sheet import recovery_sheet
from report.time_sheet import time_sheet

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = Path(__file__).with_name("sheets.css")


def html_of(pack: Pack) -> str:
    """Return the document; equal packs give equal text."""
    theme = tokens("light")
    return bound(f"{TITLE}: {about_in_words(pack.subject)}", pack.subject.build.number, _sheets(pack, theme))


def bound(title: str, build: int, sheets: Sequence[str]) -> str:
    """Return sheets, which are markup, as one document; the foot of each sheet on paper names the build's number."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_style(build)}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(sheets)
        + "\n</main>\n</body>\n</html>\n"
    )


def _sheets(pack: Pack, theme: Tokens) -> list[str]:
    subject, currency = pack.subject, pack.subject.currency
    is_dated = subject.scope.has_period
    of = "of the cohort " if subject.scope.rules else ""
    began = dated(f"{of}{'that began in the period' if is_dated else 'of all dates'}", pack.spent.cohort)
    found = f"{of}{'with an exception detected in the period' if is_dated else 'of all dates'}"
    decided = f"{of}with a line {'first decided in the period' if is_dated else 'that is decided'}"
    return [
        doing_sheet(subject, pack.doing, theme),
        time_sheet(pack.spent, began, currency),
        map_sheet(pack.run, began, theme),
        attention_sheet(subject, pack.waiting, dated(found, pack.waiting.cohort)),
        recovery_sheet(pack.recovery, dated(decided, pack.recovery.cohort), currency),
        proof_sheet(subject, pack.doing, pack.proof),
    ]


def dated(how: str, cohort: Returns) -> str:
    """Say which returns a sheet is about, e.g. ``Returns that began in the period: 788 of 1,982 returns; 7 ...``."""
    return f"Returns {how}: {cohort.in_words()}."


def _style(build: int) -> str:
    foot = f'@page {{ @bottom-left {{ content: "Retrace, build {build:d}"; }} }}'
    return f":root {{ color-scheme: light; {css_variables()} }}\n{foot}\n{_STYLE.read_text(encoding='utf-8')}"
