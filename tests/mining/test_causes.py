"""Findings in worlds whose causes are known: confounded ones, interacting ones, too small ones."""

from __future__ import annotations

import pytest

from mining.causes import Finding, Outcome, OutcomeCauses, Rules, find_causes, grow, sentence
from pipeline.errors import UsageError
from tests.mining.cause_worlds import TROUBLE, explained, found, group, world

# Graz handles mostly aluminium, and aluminium makes trouble everywhere: 40 % of it against 10 %.
CONFOUNDED = [
    *group(("Graz", "aluminium"), 300, 120),
    *group(("Graz", "steel"), 100, 10),
    *group(("Linz", "aluminium"), 100, 40),
    *group(("Linz", "steel"), 500, 50),
]
# Graz is worse for aluminium only, and better than Linz otherwise.
INTERACTING = [
    *group(("Graz", "aluminium"), 200, 100),
    *group(("Graz", "steel"), 300, 15),
    *group(("Linz", "aluminium"), 200, 20),
    *group(("Linz", "steel"), 400, 40),
]
CITY_AND_MATERIAL = ("city", "material")


def test_a_confounded_city_is_explained_by_what_it_handles() -> None:
    of = explained(world(CITY_AND_MATERIAL, CONFOUNDED))
    graz = found(of, city="Graz")
    # 130 of 400 against 90 of 600.
    assert graz.influence.risk_ratio == pytest.approx(130 / 400 / (90 / 600))
    assert graz.influence.q < 0.001
    assert graz.status == "explained by other factors"
    assert graz.adjusted is not None
    assert graz.adjusted.risk_ratio == pytest.approx(1.0, abs=0.02)
    assert str(graz.explained_by) == "material = aluminium"


def test_what_makes_the_trouble_stands_after_adjustment_and_ranks_first() -> None:
    of = explained(world(CITY_AND_MATERIAL, CONFOUNDED))
    first = of.findings[0]
    assert (str(first.condition), first.status) == ("material = aluminium", "cause candidate")
    assert first.adjusted is not None
    assert first.adjusted.risk_ratio == pytest.approx(4.0, abs=0.1)
    # 160 of 400 had trouble; 40 would have at a tenth.
    assert first.adjusted.contribution == pytest.approx(120, abs=3)
    assert first.adjusted.factors == ("city",)


def test_numbers_of_a_finding_by_hand() -> None:
    one = found(explained(world(CITY_AND_MATERIAL, CONFOUNDED)), material="aluminium").influence
    assert (one.cases, one.outcomes) == (400, 160)
    assert (one.rate, one.rest_rate) == (0.4, 0.1)
    assert one.difference == pytest.approx(0.3)
    assert one.risk_ratio == pytest.approx(4)
    assert one.lift == pytest.approx(0.4 / 0.22)
    assert one.contribution == pytest.approx(120)
    assert (one.share_of_cases, one.share_of_outcomes) == (0.4, pytest.approx(160 / 220))
    assert one.extra_hours == pytest.approx(0.3)
    assert one.money is None


def test_a_pair_stands_where_only_the_pair_makes_trouble() -> None:
    of = explained(world(CITY_AND_MATERIAL, INTERACTING))
    first = of.findings[0]
    assert (str(first.condition), first.status) == ("city = Graz and material = aluminium", "cause candidate")
    assert found(of, material="aluminium").status == "explained by other factors"
    assert found(of, city="Graz").influence.difference > 0
    assert found(of, city="Graz").status != "cause candidate"


def test_a_pair_says_what_else_all_its_cases_share() -> None:
    rows = [
        *group(("S1", "Hydraulics", "complaint"), 100, 50),
        *group(("S1", "Hydraulics", "surplus"), 40, 2),
        *group(("S2", "Hydraulics", "complaint"), 60, 3),
        *group(("S2", "Hydraulics", "surplus"), 100, 5),
        *group(("S3", "Seals", "complaint"), 300, 15),
        *group(("S3", "Seals", "surplus"), 400, 20),
    ]
    first = explained(world(("supplier", "category", "reason"), rows)).findings[0]
    assert str(first.condition) == "supplier = S1 and reason = complaint"
    assert str(first.implied) == "category = Hydraulics"


def test_a_single_value_stands_where_its_pairs_add_nothing() -> None:
    rows = [
        row
        for letter, base in (("A", 30), ("B", 5))
        for colour in ("red", "green", "blue")
        for row in group((letter, colour), 100, base)
    ]
    standing = explained(world(("letter", "colour"), rows)).of_status("cause candidate")
    assert [str(one.condition) for one in standing] == ["letter = A"]


def test_a_condition_below_the_support_is_not_tested() -> None:
    rows = [*group(("rare",), 19, 15), *group(("common",), 300, 15), *group(("usual",), 300, 15)]
    assert not [one for one in explained(world(("kind",), rows)).findings if "rare" in str(one.condition)]
    assert found(explained(world(("kind",), rows), Rules(support=19)), kind="rare").status == "cause candidate"


def test_few_outcomes_are_not_enough_data() -> None:
    rows = [*group(("small",), 20, 4), *group(("large",), 800, 8), *group(("other",), 800, 8)]
    assert found(explained(world(("kind",), rows)), kind="small").status == "not enough data"


def test_rare_values_are_grouped_and_said_to_be() -> None:
    rows = [row for number in range(70) for row in group((f"v{number:02}",), 30 if number < 60 else 25, 3)]
    of = explained(world(("kind",), rows))
    [grouped] = [one for one in of.grouped if one.attribute == "kind"]
    assert (grouped.values, grouped.cases) == (10, 250)
    assert len({one.condition for one in of.findings if one.condition.attributes == ("kind",)}) == 60


def test_numbers_are_put_into_bands() -> None:
    rows = [row for number in range(100) for row in group((str(number),), 10, 6 if number >= 75 else 1)]
    first = explained(world(("amount",), rows)).findings[0]
    assert str(first.condition) == "amount = over 74.25"
    assert first.influence.rate == pytest.approx(0.6)


def test_what_is_known_after_the_outcome_is_refused() -> None:
    log = world(CITY_AND_MATERIAL, CONFOUNDED)
    with pytest.raises(UsageError, match="known at closure only"):
        find_causes(log, [TROUBLE], ["city", "ended_at"])
    assert "ended_at" in [one.attribute for one in explained(log).refused]


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(UsageError, match="no attribute 'colour'; expected one of: city"):
        find_causes(world(CITY_AND_MATERIAL, CONFOUNDED), [TROUBLE], ["colour"])


def test_without_an_outcome_there_is_nothing_to_explain() -> None:
    with pytest.raises(UsageError, match="No outcome"):
        find_causes(world(CITY_AND_MATERIAL, CONFOUNDED), [])


def test_an_outcome_that_all_or_none_have_is_explained_by_nothing() -> None:
    log = world(("kind",), [*group(("a",), 50, 50), *group(("b",), 50, 50)])
    assert explained(log).findings == ()
    assert find_causes(log, [Outcome.activity("Nothing")]).outcomes[0].findings == ()


def test_q_values_are_corrected_over_all_outcomes_of_a_run() -> None:
    log = world(CITY_AND_MATERIAL, CONFOUNDED)
    alone = find_causes(log, [TROUBLE])
    both = find_causes(log, [TROUBLE, Outcome.duration_over(3600 * 1.5)])
    assert both.tested == 2 * alone.tested
    one, other = (found(run.outcomes[0], city="Graz").influence for run in (alone, both))
    assert one.p == other.p
    assert one.q < other.q


def test_equal_logs_give_equal_findings() -> None:
    def findings(rows: list[tuple[tuple[str, ...], bool]]) -> tuple[Finding, ...]:
        return explained(world(CITY_AND_MATERIAL, rows)).findings

    assert findings(CONFOUNDED) == findings(CONFOUNDED[::-1])


def test_the_tree_parts_the_pair_from_the_rest() -> None:
    tree = grow(explained(world(CITY_AND_MATERIAL, INTERACTING)))
    assert tree is not None
    assert (tree.cases, tree.outcomes, tree.words) == (1100, 175, "all cases")
    worst = tree.leaves()[0]
    assert (worst.cases, worst.rate) == (200, 0.5)
    assert set(worst.rule) in (
        {("city", True, "Graz"), ("material", True, "aluminium")},
        {("city", False, "Linz"), ("material", True, "aluminium")},
        {("city", True, "Graz"), ("material", False, "steel")},
        {("city", False, "Linz"), ("material", False, "steel")},
    )
    assert sum(leaf.cases for leaf in tree.leaves()) == 1100


def test_no_leaf_of_the_tree_is_below_the_support() -> None:
    tree = grow(explained(world(CITY_AND_MATERIAL, INTERACTING)), support=250)
    assert tree is not None
    assert min(leaf.cases for leaf in tree.leaves()) >= 250


def said(finding: Finding, of: OutcomeCauses) -> str:
    return sentence(finding, of).replace("\N{NO-BREAK SPACE}", " ")


def test_sentences() -> None:
    of = explained(world(CITY_AND_MATERIAL, CONFOUNDED))
    assert said(found(of, material="aluminium"), of) == (
        "Cases with material aluminium are 73 % of those with Trouble and 40 % of all; 4.0 times as likely to be with"
        " Trouble as others (3.1 to 5.2); after city: 4.0 times (2.8 to 5.5)."
    )
    assert said(found(of, city="Graz"), of) == (
        "Cases with city Graz are 59 % of those with Trouble and 40 % of all; 2.2 times as likely to be with Trouble as"
        " others (1.71 to 2.7); explained by other factors, most of all by cases with material aluminium."
    )


def test_sentences_without_a_difference_or_enough_data() -> None:
    rows = [*group(("small",), 20, 4), *group(("large",), 800, 8), *group(("other",), 800, 8)]
    of = explained(world(("kind",), rows))
    assert said(found(of, kind="small"), of) == "Cases with kind small: 4 of 20 are with Trouble; too few to tell."
    assert said(found(of, kind="large"), of) == (
        "Cases with kind large are with Trouble about as often as others: 1.0 % against 1.5 %; no clear difference."
    )
