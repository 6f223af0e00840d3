"""What the scenarios cover: the figure is 100 % and stays there, and what is missing is named exactly."""

import pytest

from build_scripts.cli import main
from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.coverage import coverage, table
from tests.rule_sets import small_rules

RULES = load_rules().rules
COVERED = {one.kind: one for one in coverage(RULES, load_scenarios(RULES))}

CASE = """
  {name}:
    title: A made-up case.
    story: Something happened.
    teaches: Something.
    cites: [g1.visit]
    on: {on}
    {place}
    answers: {answers}
    expect: {{status: decided}}
"""


def cases(folder, owner, *given):
    """Scenarios of the small rules, for a tool or a pathway: [(answers, on, place)]."""
    text = f"{owner}\nscenarios:" + "".join(
        CASE.format(name=f"case_{owner.split()[1]}_{index}", answers=answers, on=on, place=f"in: {place}" if place else "") for index, (answers, on, place) in enumerate(given))
    (folder / f"{owner.split()[1]}.yml").write_text(text, encoding="utf-8")
    return load_scenarios(small_rules(), folder)


def missing(scenarios):
    """{kind: what has no scenario} of the small rules."""
    return {one.kind: one.missing for one in coverage(small_rules(), scenarios)}


@pytest.mark.parametrize("kind", COVERED)
def test_everything_has_a_scenario(kind):
    """Every outcome, criterion, duty, deadline, figure, precedence, edition, process point and edge."""
    assert COVERED[kind].missing == ()


def test_every_kind_is_counted():
    """None of the things that a rule set consists of is left out of the count."""
    assert set(COVERED) == {"edition", "outcome", "criterion", "duty", "deadline", "figure", "impossible", "check", "precedence", "not applicable", "process point", "edge", "area note", "area rule"}


def test_without_scenarios_everything_is_missing():
    """Each by its tool or pathway and its name."""
    assert missing([]) == {
        "edition": ("parcel: early", "parcel: late", "visit: first"),
        "outcome": ("parcel: heavy", "parcel: light", "parcel: silent", "visit: by_order", "visit: by_wish", "visit: letter"),
        "criterion": ("parcel: fragile", "visit: wanted"), "duty": ("parcel: since_april", "visit: tell_the_court"),
        "deadline": ("parcel: answer_within", "visit: visit_within"), "figure": ("parcel: stamps",), "impossible": ("visit: seen_before_asking",), "check": (),
        "precedence": ("visit: by_order before by_wish",), "not applicable": ("visit: island",), "process point": ("way: W1", "way: W2"),
        "edge": ("way: visited", "way: written"), "area note": (), "area rule": (),
    }


@pytest.mark.parametrize(("answers", "on", "place", "expected"), [
    ("{ordered: no, asks: yes}", "2010-03-01", "town", {("edition", "visit: first"), ("outcome", "visit: by_wish"), ("criterion", "visit: wanted")}),
    ("{ordered: yes}", "2010-03-01", "town", {("edition", "visit: first"), ("outcome", "visit: by_order"), ("duty", "visit: tell_the_court")}),
    ("{ordered: yes, asks: yes, asked_on: 2010-03-01}", "2010-03-01", "town", {
        ("edition", "visit: first"), ("outcome", "visit: by_order"), ("duty", "visit: tell_the_court"), ("criterion", "visit: wanted"),
        ("precedence", "visit: by_order before by_wish"), ("deadline", "visit: visit_within")}),
    ("{asked_on: 2010-03-02}", "2010-03-01", "town", {("edition", "visit: first")}),
    ("{asked_on: 2010-03-02, seen_on: 2010-03-01}", "2010-03-01", "town", {("impossible", "visit: seen_before_asking")}),
    ("{}", "2010-03-01", "island", {("not applicable", "visit: island")}),
    ("{}", "2010-01-01", "town", set()),
    ("{ordered: perhaps}", "2010-03-01", "town", set()),
])
def test_a_case_covers_what_its_answer_has(answers, on, place, expected, tmp_path):
    """Only what is certain and, for deadlines, has a day; a case that is refused covers nothing but the impossible combination."""
    before, after = missing([]), missing(cases(tmp_path, "tool: visit", (answers, on, place)))
    assert {(kind, name) for kind, names in before.items() for name in names if name not in after[kind]} == expected


def test_a_figure_is_covered_once_it_has_a_value(tmp_path):
    """A figure that cannot be worked out yet shows nothing about its rule."""
    assert "parcel: stamps" in missing(cases(tmp_path, "tool: parcel", ("{colour: red}", "2010-03-01", "town")))["figure"]
    assert missing(cases(tmp_path, "tool: parcel", ("{weight: 5}", "2010-03-01", "town")))["figure"] == ()


def test_a_walk_covers_points_and_edges(tmp_path):
    """Those that it visits and travels; where it waits, it has not travelled on."""
    after = missing(cases(tmp_path, "pathway: way", ("{visit: letter}", "2010-03-01", "town")))
    assert (after["process point"], after["edge"]) == ((), ("way: visited",))
    after = missing(cases(tmp_path, "pathway: way", ("{}", "2010-03-01", "town")))
    assert (after["process point"], after["edge"]) == (("way: W2",), ("way: visited", "way: written"))
    assert missing(cases(tmp_path, "pathway: way", ("{no_such: yes}", "2010-03-01", "town"))) == missing([])


def test_the_figures_are_told(tmp_path):
    """Each kind with its count, the whole in per cent, and what is missing by name."""
    lines = table(coverage(small_rules(), cases(tmp_path, "tool: visit", ("{ordered: yes}", "2010-03-01", "town"))))
    assert "outcome:           1 of 6" in lines
    assert "all:               3 of 23 (13.0 %)" in lines
    assert "  no scenario: outcome visit: letter" in lines
    assert table([]) == ["nothing to cover"]


def test_the_command_prints_the_figures(capsys):
    """handbook coverage ends with the status that its figures deserve."""
    status = main(["coverage"])
    printed = capsys.readouterr().out
    assert "all:" in printed
    assert status == (1 if "no scenario" in printed else 0)
