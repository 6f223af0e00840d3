"""Rule files are read as text, strictly, with the place of everything."""

import shutil
from itertools import pairwise

import pytest

from build_scripts.load import RuleFileError, load_rules, load_scenarios
from build_scripts.load.answers import read_answer_file
from build_scripts.load.yaml_text import Position, compose
from decision_logic import AnswerError
from tests.rule_sets import SMALL, small_rules

FLAWLESS = "yes: no\nnumber: 1:25\nday: 2010-04-01\nlist: [a, 5]\n"


def test_every_scalar_is_text():
    """Nothing is guessed: yes, 1:25 and 2010-04-01 stay the texts that they are."""
    assert compose(FLAWLESS).data == {"yes": "no", "number": "1:25", "day": "2010-04-01", "list": ["a", "5"]}


def test_everything_has_its_place():
    """Keys and values know line and column, counted from 1."""
    composed = compose(FLAWLESS)
    assert composed.keys["number",] == Position(2, 1)
    assert composed.values["list", 1] == Position(4, 11)


@pytest.mark.parametrize(("text", "found"), [
    ("a: 1\na: 2\n", "the key 'a' again"),
    ("a: &x 1\nb: *x\n", "the anchor &x"),
    ("a: !!int 1\n", "the tag !!int"),
    ("a: 1\n---\nb: 2\n", "2 documents in one file"),
    ("", "an empty file"),
    ("[a]: 1\n", "a key that is a list or mapping"),
    ("a: [1\n", "what YAML cannot read (expected ',' or ']', but got '<stream end>')"),
    ("a: \x00\n", "a character that cannot be seen (U+0000 a control character)"),
    ("a: &x [*x]\n", "the anchor &x"),
    ("a: &x {<<: *x}\n", "the anchor &x"),
    ("[" * 400_000, "something 51 levels deep"),
    ("- " * 60 + "x", "something 51 levels deep"),
    ("x" * 600_000, "a file of 600,000 characters"),
    ("a: " + "x" * 30_000, "a text of 30,000 characters"),
    ("'" + "x" * 30_000 + "': a", "a text of 30,000 characters"),
])
def test_what_is_no_plain_yaml_is_an_error(text, found):
    """Duplicate keys, aliases, anchors, tags and broken YAML are reported, never raised or passed over."""
    assert compose(text).errors[0][1] == found


@pytest.mark.parametrize(("text", "found", "place"), [
    ("a: b\nc: x\u202ed\n", "U+202E RIGHT-TO-LEFT OVERRIDE", Position(2, 5)),
    ("a: b # \u2066x\n", "U+2066 LEFT-TO-RIGHT ISOLATE", Position(1, 8)),
    ("a\u200bb: c\n", "U+200B ZERO WIDTH SPACE", Position(1, 2)),
    ("a: b\r\nc: d\u00a0e\r\n", "U+00A0 NO-BREAK SPACE", Position(2, 5)),
    ("a: b\ufeffc\n", "U+FEFF ZERO WIDTH NO-BREAK SPACE", Position(1, 5)),
    ("a: \u3164\n", "U+3164 HANGUL FILLER", Position(1, 4)),
    ("a: b\ufe0f\n", "U+FE0F VARIATION SELECTOR-16", Position(1, 5)),
    ("a: b\U000e0041\n", "U+E0041 TAG LATIN CAPITAL LETTER A", Position(1, 5)),
    ("a: b\x85c: d\n", "U+0085 a control character", Position(1, 5)),
    ('a:\n  "x\\u202Ey"\n', "U+202E RIGHT-TO-LEFT OVERRIDE) written as an escape", Position(2, 3)),
])
def test_what_cannot_be_seen_is_refused(text, found, place):
    """Text that turns its direction, characters of no width and odd spaces are named with their line and column."""
    [error] = compose(text).errors
    assert found in error[1] and error[0] == place


def test_what_can_be_seen_passes():
    """Letters with accents, dashes, quotation marks, currency, and the mark of the encoding that some editors write first."""
    assert compose("\ufeffa: Ynys Môn – “£5” … ’\n").data == {"a": "Ynys Môn – “£5” … ’"}


@pytest.mark.parametrize(("text", "path", "place"), [("---", (), Position(1, 4)), ("{a: , b: c}", ("a",), Position(1, 4)), ("{a: b}", ("a",), Position(1, 5))])
def test_what_is_left_empty_has_its_place_too(text, path, place):
    """The same whichever of the two readers of YAML has read it."""
    assert compose(text).values[path] == place


def test_a_bomb_of_aliases_grows_nowhere():
    """Each alias is told and none is followed; of very many mistakes the first hundred are told."""
    bomb = "a: &a [x, x]\n" + "".join(f"{name}: &{name} [*{before}, *{before}, *{before}]\n" for before, name in pairwise("abcdefghij"))
    errors = compose(bomb).errors
    assert errors[0][1] == "the anchor &a" and errors[2][1] == "the alias *a" and len(errors) == 37
    assert len(compose("\n".join(f"k{number}: *x" for number in range(5000))).errors) == 100


def test_a_message_stays_short_and_steers_no_terminal(tmp_path):
    """What was found is cut, and what would move the cursor is written as an escape."""
    shutil.copytree(SMALL, tmp_path / "rules")
    (tmp_path / "rules" / "roles.yml").write_text("visitor: {title: A, about: B, colour_key: " + "x" * 10_000 + "}\nclerk: !%1B[2J x\n", encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_rules(tmp_path / "rules")
    assert len(str(caught.value)) < 2000 and "\x1b" not in str(caught.value)


def test_comments_and_line_ends_do_not_count(tmp_path):
    """The rules hash is that of what the files say."""
    shutil.copytree(SMALL, tmp_path / "rules")
    for file in (tmp_path / "rules").rglob("*.yml"):
        file.write_bytes(b"# a comment\r\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_rules(tmp_path / "rules").rules.rules_hash == small_rules().rules_hash


def test_where_something_stands():
    """A path through the plain data leads back to its file and place."""
    loaded = load_rules(SMALL)
    file, position = loaded.where(("tools", "visit", "outcomes", "letter", "when"))
    assert (file.name, position.line) == ("visit.yml", 38)
    assert loaded.where(("actions", "go"), on_key=True)[1] == Position(1, 1)


def test_a_folder_that_is_not_there(tmp_path):
    """A wrong folder is an error in words."""
    with pytest.raises(RuleFileError, match="no such folder"):
        load_rules(tmp_path / "nothing")


def scenario_file(folder, text, name="visit.yml"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_scenarios(small_rules(), folder)


SCENARIO = """
tool: visit
scenarios:
  court_wants_it:
    title: A court wants a visit.
    story: Made up.
    teaches: An order comes first.
    cites: [g1.order]
    on: 2010-03-01
    answers: {ordered: yes}
    expect: {status: decided, outcome: by_order}
"""


def test_scenarios_are_read(tmp_path):
    """A scenario knows its tool and where it stands."""
    [scenario] = scenario_file(tmp_path, SCENARIO)
    assert (scenario.tool, scenario.data.answers, scenario.position.line) == ("visit", {"ordered": "yes"}, 4)


@pytest.mark.parametrize(("old", "new", "found"), [
    ("status: decided", "status: decide", "'decide'"),
    ("g1.order", "g1.odrer", "no provision 'g1.odrer'"),
    ("tool: visit", "tool: vist", "no tool 'vist'"),
    ("    teaches: An order comes first.\n", "", "no 'teaches'"),
    ("    title:", "   title:", "what YAML cannot read"),
])
def test_a_broken_scenario_is_told(tmp_path, old, new, found):
    """What is wrong in a file of scenarios is reported like in a rule file."""
    with pytest.raises(RuleFileError) as caught:
        scenario_file(tmp_path, SCENARIO.replace(old, new, 1))
    assert caught.value.problems[0].found.startswith(found)


def test_a_file_of_answers_is_json_or_yaml():
    """Both say the same; an empty one says nothing."""
    assert read_answer_file('{"asks": "yes"}', "case.json") == read_answer_file("asks: yes\n", "case.yml") == {"asks": "yes"}
    assert read_answer_file(" \n", "case.yml") == {}


@pytest.mark.parametrize(("name", "text", "message"), [
    ("case.json", '{"asks": "yes", "asks": "no"}', "a question is answered twice"),
    ("case.json", "asks: yes", "the answers are no JSON"),
    ("case.json", "[1]", "the answers cannot be read"),
    ("case.yml", "asks: yes\nasks: no\n", "the answers cannot be read"),
    ("case.yml", "yes\n", "the answers cannot be read"),
    ("standard input", '{"asks"', "the answers are no JSON"),
    ("case.json", "[" * 200_000, "the answers are no JSON"),
    ("case.json", '{"asks": ' + "9" * 5000 + "}", "the answers are no JSON"),
    ("case.yml", "asks: &a [*a]\n", "the answers cannot be read"),
    ("case.yml", "asks: \u202eyes\n", "the answers cannot be read"),
    ("case.yml", "? " * 1000, "the answers cannot be read"),
])
def test_answers_that_cannot_be_read(name, text, message):
    """A file of answers that is broken is an error that names the file."""
    with pytest.raises(AnswerError, match=message) as caught:
        read_answer_file(text, name)
    assert caught.value.where.startswith(name)
