"""A saved result can be worked out again, years later: the same outcome or not, the same rules or not."""

import json

import pytest

from build_scripts import cli
from build_scripts.load import load_rules, load_scenarios
from build_scripts.prove.again import compare, differing
from decision_logic import RuleSet, decide, to_json, walk_pathway
from tests.rule_sets import small_plain, small_rules

RULES = load_rules().rules

SAVED = {"visit": ("decide", "visit", "--on", "2010-03-01"), "way": ("walk", "way", "--on", "2010-03-01")}
ANSWERS = {"visit": {"ordered": "yes"}, "way": {"visit": "by_order"}}
"""A tool and a journey of the small rules, with answers that settle something."""


@pytest.fixture
def small(monkeypatch):
    """The command line asks the small rules of the tests; `use` gives it others."""

    def use(rules):
        for module in (cli.decide, cli.walk):
            monkeypatch.setattr(module, "load_rules", lambda: type("Loaded", (), {"rules": rules}))

    use(small_rules())
    return use


def run(capsys, *arguments):
    status = cli.main([str(one) for one in arguments])
    return status, *capsys.readouterr()


@pytest.fixture(params=list(SAVED))
def saved(request, small, capsys, tmp_path):
    """(command, file) of a result as the command prints it and the pages save it."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS[request.param]), encoding="utf-8")
    status, out, err = run(capsys, *SAVED[request.param], "--answers", answers)
    assert (status, err) == (0, "")
    file = tmp_path / "saved.json"
    file.write_text(out, encoding="utf-8")
    return SAVED[request.param][0], file


def changed(file, **values):
    """The file with other values."""
    file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **values}), encoding="utf-8")
    return file


def test_by_the_same_rules_everything_is_the_same(saved, capsys):
    """Tool, answers, date and place come from the file, and what comes out is the very same result."""
    command, file = saved
    status, out, err = run(capsys, command, "--again", file)
    told = json.loads(out)
    assert (status, err, told["same_outcome"], told["same_rules"], told["changed"]) == (0, "", True, True, [])
    assert told["answer"] == json.loads(file.read_text(encoding="utf-8"))


def test_another_outcome_is_told_and_the_exit_status_says_so(saved, capsys):
    """Then and now stand side by side, with the places where the two results differ."""
    command, file = saved
    key = "outcome" if command == "decide" else "stands_at"
    status, out, _ = run(capsys, command, "--again", changed(file, **{key: "something_else"}))
    told = json.loads(out)
    assert (status, told["same_outcome"], told["then"][key]) == (1, False, "something_else")
    assert told["now"][key] == told["answer"][key] and key in told["changed"]


def test_other_rules_with_the_same_outcome_are_told(saved, capsys):
    """A new hash alone is no other outcome; nor is a title that was reworded."""
    command, file = saved
    title = "title" if command == "decide" else "stands_at_title"
    status, out, _ = run(capsys, command, "--again", changed(file, rules_hash="0" * 16, **{title: "In other words"}))
    told = json.loads(out)
    assert (status, told["same_outcome"], told["same_rules"]) == (0, True, False)
    assert told["then"]["rules_hash"] == "0" * 16 != told["now"]["rules_hash"]
    assert told["changed"] == [title]


def test_rules_that_do_not_take_the_answers_any_more_say_so(saved, capsys):
    """With both hashes, and no guess."""
    command, file = saved
    status, out, err = run(capsys, command, "--again", changed(file, rules_hash="0" * 16, answers={"asked_once": "yes"}))
    assert (status, out) == (1, "")
    assert "asked_once" in err and "the rules have changed since it was saved: then 0000000000000000, now " in err


@pytest.mark.parametrize(("values", "says"), [
    ({"format": "handbook.deadline/1"}, "this is no saved result"),
    ({"format": ["handbook.answer/1"]}, "this is no saved result"),
    ({"on": None}, "the saved result is not whole"),
    ({"in": ["england"]}, "the saved result is not whole"),
    ({"answers": "yes"}, "the saved result is not whole"),
    ({"on": "2010-02-30"}, "There is no such day."),
])  # fmt: skip
def test_a_file_that_is_none_or_not_whole_is_refused(saved, capsys, values, says):
    """Where, what was found and what was expected."""
    command, file = saved
    status, out, err = run(capsys, command, "--again", changed(file, **values))
    assert (status, out) == (1, "") and says in err


def test_a_walk_given_to_decide_names_the_right_command(saved, capsys):
    """And the other way round."""
    command, file = saved
    status, _, err = run(capsys, "walk" if command == "decide" else "decide", "--again", file)
    assert status == 1 and f"handbook {command} --again {file}" in err


def test_nothing_else_is_given_besides(saved, capsys):
    """The file brings the date: another beside it would be a different case."""
    command, file = saved
    status, out, err = run(capsys, command, "--again", file, "--on", "2010-03-02")
    assert (status, out) == (2, "") and "give it alone" in err


def first_of_each():
    """The first case of each tool and journey in each place that has an answer."""
    chosen = {}
    for one in load_scenarios(RULES):
        if one.data.expect.error is None and one.data.expect.status != "error":
            chosen.setdefault((one.tool or one.pathway, one.data.place), one)
    return [pytest.param(one, id=one.data.id) for one in chosen.values()]


@pytest.mark.parametrize("case", first_of_each())
def test_what_is_saved_in_any_place_comes_out_again_letter_for_letter(case):
    """Areas, places for which a tool is not made, and walks with tools in them included."""
    ask, name, key = (decide, case.tool, "tool") if case.tool else (walk_pathway, case.pathway, "pathway")
    saved = ask(RULES, name, case.data.answers, on=case.data.on, place=case.data.place)
    again = json.loads(to_json(saved))
    told = compare(
        again,
        lambda one: ask(RULES, one[key], one["answers"], on=one["on"], place=one["in"]),
        RULES.rules_hash,
        whom=key,
        settled=("status",),
        called="status",
    )
    assert told["changed"] == [] and to_json(told["answer"]) == to_json(saved)


@pytest.mark.parametrize(("then", "now", "where"), [
    ({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}, ["b.c"]),
    ({"a": 1}, {"a": 1, "b": None}, ["b"]),
    ({"l": [{"id": "x", "v": 1}, {"id": "y"}]}, {"l": [{"id": "x", "v": 2}]}, ["l.x.v", "l.y"]),
    ({"l": [{"id": "x"}, {"id": "y"}]}, {"l": [{"id": "y"}, {"id": "x"}]}, ["l"]),
    ({"l": []}, {"l": [{"id": "x"}]}, ["l.x"]),
    ({"l": ["x"]}, {"l": ["x", "y"]}, ["l"]),
    ({"t": [{"kind": "duty", "rule": "x"}, {"kind": "outcome", "rule": "x"}]}, {"t": [{"kind": "duty", "rule": "x"}]}, ["t.outcome x"]),
    ({"n": True}, {"n": 1}, ["n"]),
    ({"rules_hash": "a", "b": {"rules_hash": "a"}}, {"rules_hash": "b", "b": {"rules_hash": "b"}}, ["b.rules_hash"]),
])  # fmt: skip
def test_the_places_of_a_difference_are_named(then, now, where):
    """Entries go by their names, so that one that came or went is not told as all others changed."""
    assert list(differing(then, now)) == where


def test_a_rule_that_changed_gives_another_answer_by_the_same_file(small, capsys, tmp_path):
    """From saving to asking again, with a rule changed in between and nothing else."""
    status, out, _ = run(capsys, "decide", "visit", "--on", "2010-03-01")
    file = tmp_path / "visit.json"
    file.write_text(out, encoding="utf-8")
    assert status == 0
    plain = small_plain()
    outcomes = plain["tools"]["visit"]["outcomes"]
    outcomes.update({name: {**one, "title": "Reworded"} for name, one in outcomes.items()})
    small(RuleSet.from_plain(plain))
    status, out, _ = run(capsys, "decide", "--again", file)
    told = json.loads(out)
    assert (status, told["same_outcome"], told["same_rules"]) == (0, True, False) and told["changed"]
