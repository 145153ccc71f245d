"""The proof pack as one document: question, answer, whom it follows, how, what limits it, and how to have it again."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.compare import words
from dashboards.compare.effects import COLUMNS as EFFECT_COLUMNS
from dashboards.compare.effects import line
from dashboards.compare.followed import COLUMNS as FOLLOWED_COLUMNS
from dashboards.compare.followed import standing_line
from dashboards.compare.mix import COLUMNS as MIX_COLUMNS
from dashboards.compare.mix import in_words, split_line
from dashboards.compare.places import COLUMNS as PLACE_COLUMNS
from dashboards.compare.places import split_lines
from dashboards.compare.process_map import COLUMNS as EDGE_COLUMNS
from dashboards.compare.process_map import NO_MAP, SHOWN, edge_lines
from dashboards.compare.process_map import QUESTION as MAP_QUESTION
from dashboards.compare.survival import CLOSED, closed_line
from dashboards.compare.survival import COLUMNS as CLOSED_COLUMNS
from dashboards.compare.things import COLUMNS as THING_COLUMNS
from dashboards.compare.things import MOST, hidden, stamp_lines, thing_line
from dashboards.compare.trend import rollout_lines, trend_lines
from mining.drawing.colours import tokens
from mining.lanes import LaneMap
from pipeline.publish import Manifest
from proof.baseline.verifying import Verification
from proof.baseline.words import state_words
from proof.changed_map_view import change_picture, changed_words, first_sight, map_words
from proof.comparison import Comparison, Judged
from proof.headline import headline
from proof.places_words import places_sentence, printed_days, printed_money
from report import markup
from report.document import bound
from report.map_sheet import drawn_map, without_empty_lanes

TITLE = "Did it help?"
METHOD = (
    "Returns are compared by when they were requested, and both sides are followed for the same time, so that slow "
    "ones cannot make after look fast. Returns that could still be under way at the cut-over stand apart by their "
    "start alone. The change is like for like: after is weighed to the make-up of before by reason, category, site, "
    "channel and value (raking). Its error comes from drawing whole customers or sites with replacement, widened by "
    "how much weeks differ; of all changes called, 5 % at most are expected to be false (Benjamini and Hochberg)."
)
LIMITS = (
    "This compares periods and does not experiment: what else changed between them is in the difference too, as far as "
    "mix, weeks and control units do not show it. Figures of one instant, such as open returns, cannot be told of two "
    "periods. Suppliers' answers come later than the follow-up and are judged only when there was time for them. "
    "Nothing here decides anything."
)


@dataclass(frozen=True)
class Proof:
    """A comparison with what it was made of and the command that makes it again.

    `lanes` are the places of steps on a map. `held` is what has become of the baseline that before was frozen in, None
    for one without a baseline.
    """

    found: Comparison
    lanes: LaneMap
    made_of: Manifest
    currency: str
    command: str
    held: Verification | None = None


def proof_html(proof: Proof) -> str:
    """Return the document; equal proofs give equal text."""
    question = proof.found.question
    title = f"{TITLE} {words.window(question.before)} against {words.window(question.after)}"
    return bound(
        title, proof.made_of.build, [_answer(proof), _why(proof), _map(proof), _over_time(proof.found), _limits(proof)]
    )


def _answer(proof: Proof) -> str:
    found = proof.found
    rows = [line(judged, proof.currency) for judged in found.judged]
    return markup.sheet(
        "answer",
        TITLE,
        [
            markup.lead(headline(found, proof.currency)),
            markup.note(words.followed(found.followed, found.question)),
            markup.note(state_words(proof.held) if proof.held else ""),
            markup.heading("What changed?"),
            markup.table("All measures", EFFECT_COLUMNS, rows),
            markup.note(words.VERDICTS),
        ],
    )


def _why(proof: Proof) -> str:
    found = proof.found
    goals = [one for name in found.question.goals if (one := found.of(name)) and one.mix]
    split = [part for judged in goals for part in _mix(judged, proof.currency)]
    return markup.sheet("why", "Who and why?", [*_who(found), *split, *_places(proof), *_closed(found)])


def _map(proof: Proof) -> str:
    changed = proof.found.map
    if not changed.steps:
        return markup.sheet("map", MAP_QUESTION, [markup.note(NO_MAP)])
    told = {shown: edge_lines(changed, shown) for shown in SHOWN}
    drawn = [shown for shown, lines in told.items() if lines] or SHOWN[:1]
    parts = [markup.note(changed_words(changed, shown)) for shown in SHOWN if shown not in drawn]
    for shown in drawn:
        picture, _ = without_empty_lanes(change_picture(changed, first_sight(changed), proof.lanes, shown))
        words = map_words(changed, shown)
        parts += [drawn_map(picture, f"{picture.legend.title}. {words}", tokens("light")), markup.note(words)]
        parts += [markup.table(f"Changed beyond chance: {shown}", EDGE_COLUMNS, told[shown])] if told[shown] else []
    return markup.sheet("map", MAP_QUESTION, parts)


def _over_time(found: Comparison) -> str:
    parts = [markup.note(line) for line in trend_lines(found)]
    if found.question.rollout:
        parts.append(markup.heading("And against those that had not changed?"))
        parts += [markup.note(line) for line in rollout_lines(found)]
    parts.append(markup.heading("What is new, and what is gone?"))
    for kind in found.things.kinds:
        parts.append(markup.note(kind.sentence))
        if kind.things:
            lines = [thing_line(one) for one in kind.things[:MOST]]
            parts += [markup.table(f"Changed: {kind.kind}", THING_COLUMNS, lines), markup.note(hidden(kind))]
    parts.append(markup.heading("Is it measured in the same way?"))
    parts += [markup.note(line) for line in stamp_lines(found)]
    return markup.sheet("weeks", "Was it moving already?", parts)


def _who(found: Comparison) -> list[str]:
    standings = [standing_line(one) for one in found.followed.standings]
    return [
        markup.heading("Who is compared?"),
        markup.table("Returns of both sides", FOLLOWED_COLUMNS, standings),
    ]


def _closed(found: Comparison) -> list[str]:
    heading = markup.heading("How soon do returns close, open ones included?")
    closed = [closed_line(one) for one in found.survival.elapsed.closed_by]
    table = markup.table("Share of returns closed by day", CLOSED_COLUMNS, closed)
    note = markup.note(f"Elapsed days from the request. {CLOSED}")
    return [markup.block([heading, table, note])]


def _mix(judged: Judged, currency: str) -> list[str]:
    if judged.mix is None:
        return []
    rows = [split_line(one, judged, currency) for one in judged.mix.attributes]
    heading = markup.heading(f"{words.name(judged)}: the process, or other returns?")
    table = markup.table("Process and mix by attribute", MIX_COLUMNS, rows)
    return [markup.block([heading, markup.note(in_words(judged, judged.mix, currency)), table])]


def _places(proof: Proof) -> list[str]:
    places = proof.found.places
    if places.days is None:
        return []
    tables = [markup.table("Change by segment", PLACE_COLUMNS, split_lines(places.days, printed_days()))]
    if places.money is not None:
        money = split_lines(places.money, printed_money(proof.currency))
        tables.append(markup.table("Change by segment, in money", PLACE_COLUMNS, money))
    return [markup.block([markup.heading("Where did the time change?"), markup.note(places_sentence(places)), *tables])]


def _limits(proof: Proof) -> str:
    made, question = proof.made_of, proof.found.question
    facts = [
        ("Question", question.digest),
        ("Cohort", question.after.cohort.digest if question.after.cohort.steps else "every return"),
        ("Extracts", made.extracts_sha256),
        ("Build", f"{made.build} of {made.extracts}, as of {made.as_of_at or 'no event yet'}"),
        ("Made by", f"Retrace {made.product_version}, contract version {made.contract_version}"),
        ("Again by", proof.command),
    ]
    if proof.held:
        facts.insert(0, ("Baseline", f"{proof.held.stored.name}, seal {proof.held.stored.seal}"))
    return markup.sheet(
        "limits",
        "How was it found, and what limits it?",
        [
            markup.heading("Method"),
            markup.note(METHOD),
            markup.heading("Limits"),
            markup.note(LIMITS),
            markup.block([markup.heading("What exactly is shown?"), markup.facts(facts)]),
        ],
    )
