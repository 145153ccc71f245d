"""The proof pack as a document: nothing from outside, nothing foreign as markup, the same for the same proof."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from mining.lanes import Step, lay_out_lanes
from pipeline.publish import Manifest
from proof.comparison import Comparison, compare
from proof.headline import headline
from proof.question import Question, Side
from report.comparison.document import Proof, proof_html
from report.files import PROOF, files_of
from report.printing import browser, printed
from tests.proof.literal_returns import One, Stamp, warehouse

HOSTILE = '<img src="https://evil.example/x" onerror="alert(1)">'
QUESTION = Question(Side(date(2025, 1, 1), date(2025, 3, 1)), Side(date(2025, 4, 1), date(2025, 6, 1)))
REQUESTED, CLOSED = "RMA Created", "Return Closed"
LANES = lay_out_lanes([Step(REQUESTED, "request", 0, "erp"), Step(CLOSED, "closure", 1, "erp")])
MADE_OF = Manifest(7, "9.9.9", 1, "duckdb", "2025-12-01T00:00:00.000000Z", HOSTILE, "ab" * 32, 3, 120, 240)


def found_of(question: Question) -> Comparison:
    """A comparison of 120 returns of thirty customers, of sites with hostile names; after is three days faster."""
    made = []
    for number in range(120):
        start = datetime(2025, 1, 1) + timedelta(days=number * 1.25)
        days = 8 + number % 5 - (3 if start >= datetime(2025, 4, 1) else 0)
        site = HOSTILE if number % 2 else f"{HOSTILE}'"
        stamps = (Stamp(0.0, REQUESTED), Stamp(days, CLOSED))
        made.append(One(start, days, customer=f"C{number % 30}", site=site, reason=HOSTILE, stamps=stamps))
    return compare(warehouse(made, datetime(2025, 12, 1)), question)


@pytest.fixture(scope="module")
def proof() -> Proof:
    return Proof(found_of(QUESTION), LANES, MADE_OF, "USD", "retrace compare --workspace w --from 2025-04-01 <i>")


@pytest.fixture(scope="module")
def pack(proof: Proof) -> str:
    return proof_html(proof)


def text_of(markup: str) -> str:
    """What a reader sees, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", markup, flags=re.DOTALL))).strip()


def test_it_answers_with_the_headline_and_says_whom_it_follows(proof: Proof, pack: str) -> None:
    told = text_of(pack)
    assert re.sub(r"\s+", " ", headline(proof.found, "USD")) in told
    assert "Cycle time fell by" in told
    assert "Returns requested 1 Jan 2025 to 28 Feb 2025" in told
    assert f"each followed for {proof.found.followed.horizon_days} days" in told


def test_it_says_what_it_was_made_of_and_how_to_make_it_again(proof: Proof, pack: str) -> None:
    told = text_of(pack)
    for said in (proof.found.question.digest, MADE_OF.extracts_sha256, proof.command, "Retrace 9.9.9"):
        assert said in told


def test_it_asks_nothing_of_anybody_and_runs_nothing(pack: str) -> None:
    without_names = pack.replace("https://evil.example/x", "")
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg\")", without_names)
    assert not re.findall(r"<(script|link|iframe|object|form)\b", pack)
    assert not re.findall(r"url\(|@import", pack)
    assert "default-src 'none'" in pack


def test_foreign_words_are_text(pack: str) -> None:
    assert "evil.example" in pack
    assert '<img src="https://evil' not in pack
    assert "<i>" not in pack
    assert HOSTILE in unescape(pack)


def test_it_draws_the_map_of_both_sides_with_what_changed_on_it_in_words(pack: str) -> None:
    told = [f"By {shown}, 1 of 1 edges changed beyond chance" for shown in ("share of returns", "mean wait")]
    assert [text_of(pack).count(one) for one in told] == [1, 1]
    assert pack.count("<svg") == 2
    assert f"{REQUESTED} \N{RIGHTWARDS ARROW} {CLOSED}" in text_of(pack)
    assert "Mean wait, business days, after minus before; grey is within chance" in pack


def test_equal_proofs_give_equal_text(proof: Proof, pack: str) -> None:
    assert proof_html(replace(proof, found=found_of(QUESTION))) == pack
    assert proof_html(replace(proof, command="another")) != pack


def test_too_early_is_said_first() -> None:
    late = Question(QUESTION.before, Side(date(2025, 4, 1), date(2025, 11, 30)))
    told = text_of(proof_html(Proof(found_of(late), LANES, MADE_OF, "USD", "again")))
    assert "Too early to say" in told


def test_the_printed_file_opens(pack: str) -> None:
    chromium = browser()
    assert chromium is not None
    assert printed(pack, chromium).startswith(b"%PDF-")


def test_its_files_have_a_name_of_their_own(tmp_path: Path) -> None:
    assert files_of(tmp_path / "new", None, PROOF).html != files_of(tmp_path / "new", None).html
