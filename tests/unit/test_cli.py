"""The command line: exit status 0, 1 or 2, results on standard output, mistakes on standard error in words."""

import argparse
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import cli
from build_scripts.load import load_rules
from tests.rule_sets import SMALL, small_rules

# Written for those who maintain the handbook; the last test here reads it.
COMMANDS_PAGE = Path(__file__).resolve().parents[2] / "docs" / "maintain" / "commands.md"

COMMANDS = cli.parser()._subparsers._group_actions[0].choices
READERS = [name for name in ("decide", "deadline", "workdays") if name in COMMANDS]


@pytest.fixture
def small(monkeypatch):
    """The commands read the small rules."""
    for name in READERS:
        monkeypatch.setattr(getattr(cli, name), "load_rules", lambda: load_rules(SMALL))


def run(capsys, *arguments):
    """(exit status, standard output, standard error)."""
    status = cli.main(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize(
    ("fail", "told"),
    [
        (lambda folder: (folder / "not" / "there.md").read_text(encoding="utf-8"), "{folder}/not/there.md could not be written or read: No such file or directory"),
        (lambda folder: folder.rename(folder.parent / "not" / "there"), "{folder} and {folder.parent}/not/there could not be written or read: No such file or directory"),
        (lambda folder: (_ for _ in ()).throw(OSError("connection lost")), "a file or connection could not be written or read: connection lost"),
    ],
    ids=["one file", "two files", "none"],
)
def test_a_file_that_cannot_be_written_or_read_is_named(tmp_path, capsys, monkeypatch, fail, told):
    """With its folder, in one line."""
    monkeypatch.setattr("build_scripts.site.build.build", lambda *_, **__: fail(tmp_path))
    assert run(capsys, "build") == (1, "", f"handbook: {told.format(folder=tmp_path)}\n")


@pytest.mark.parametrize(
    ("arguments", "key", "value"),
    [
        (("decide", "visit", "--on", "2010-03-01"), "next_question", "ordered"),
        (("decide", "visit", "--on", "2010-03-01", "--in", "island"), "status", "not_applicable"),
        (("deadline", "visit_within", "--from", "2010-04-01"), "last_day", "2010-04-07"),
        (("workdays", "--from", "2010-04-01", "--add", "-1", "--in", "town"), "date", "2010-03-31"),
        (("workdays", "--from", "2010-04-01", "--to", "2010-04-07", "--in", "valley"), "working_days", 2),
    ],
)
def test_an_answer_is_json_on_standard_output(small, capsys, arguments, key, value):
    """What was asked is printed as JSON, nothing else, and the status is 0."""
    status, out, err = run(capsys, *arguments)
    assert (status, err, json.loads(out)[key]) == (0, "", value)


@pytest.mark.parametrize(("name", "text"), [("case.json", '{"ordered": "yes"}'), ("case.yml", "ordered: yes\n")])
def test_answers_come_from_a_file(small, capsys, tmp_path, name, text):
    """JSON and YAML say the same."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, _ = run(capsys, "decide", "visit", "--answers", str(tmp_path / name), "--on", "2010-03-01")
    assert (status, json.loads(out)["outcome"]) == (0, "by_order")


def test_answers_come_from_standard_input(small, capsys, monkeypatch):
    """A dash reads them from there."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"ordered": "yes"}')))
    assert (
        json.loads(run(capsys, "decide", "visit", "--answers", "-", "--on", "2010-03-01")[1])["outcome"] == "by_order"
    )


@pytest.mark.parametrize("command", ["decide", "deadline"])
def test_a_list_names_what_there_is(small, capsys, command):
    """--list names every tool with its questions, or every deadline."""
    status, out, _ = run(capsys, command, "--list")
    named = small_rules().tools if command == "decide" else small_rules().deadlines
    assert status == 0 and all(f"{name}: " in out for name in named)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "required: COMMAND"),
        (("guess",), 2, "invalid choice: 'guess'"),
        (("decide",), 2, "which tool? handbook decide TOOL, one of parcel, visit"),
        (("decide", "vist", "--on", "2010-03-01"), 2, "did you mean 'visit'?"),
        (("decide", "visit", "--on", "2010-03-01", "--in", "moon"), 2, "there is no place 'moon'"),
        (
            ("decide", "visit", "--answers", "nowhere.yml"),
            2,
            "nowhere.yml: the file of answers cannot be read (No such file or directory)",
        ),
        (("decide", "visit", "--on", "2010-02-30"), 1, "There is no such day."),
        (("decide", "visit", "--on", "2009-03-01"), 1, "no edition of visit covers Sunday 1 March 2009"),
        (("deadline",), 2, "which deadline, and from when?"),
        (("deadline", "visit_within", "--from", "soon"), 1, "This is not a date."),
        (("deadline", "answer_within", "--from", "2010-04-01"), 1, "needs the time of day"),
        (("workdays", "--from", "2010-04-01"), 2, "one of the arguments --add --to is required"),
        (("workdays", "--from", "2010-04-01", "--add", "two"), 2, "'two' is no whole number"),
        (("workdays", "--from", "2012-04-01", "--add", "2", "--in", "town"), 1, "outside the years"),
        (("check", "everything"), 2, "no part 'everything' to check: one of rules, docs, site"),
    ],
)
def test_a_mistake_is_told_on_standard_error(small, capsys, arguments, status, said):
    """Status 2 for the command line, 1 for rules and answers; nothing on standard output, no traceback."""
    found, out, err = run(capsys, *arguments)
    assert (found, out) == (status, "") and said in err and "Traceback" not in err


@pytest.mark.parametrize(("arguments", "option"), [
    (("decide", "visit", "--on", "2010-02-30"), "--on"),
    (("deadline", "visit_within", "--from", "1 March"), "--from"),
    (("workdays", "--from", "soon", "--add", "1"), "--from"),
    (("workdays", "--from", "2010-03-01", "--to", "later"), "--to"),
])  # fmt: skip
def test_a_date_that_cannot_be_used_names_the_option_that_brought_it(small, capsys, arguments, option):
    """There may be several dates on a line."""
    assert run(capsys, *arguments)[2].startswith(f"handbook: {option}: ")


def test_more_days_than_any_calendar_has_are_called_that(capsys):
    """999999999999 is a whole number, so it is not refused for being none."""
    status, _, err = run(capsys, "workdays", "--from", "2010-03-01", "--add", "999999999999")
    assert status == 2 and "999999999999 is more days than any calendar has" in err


@pytest.mark.parametrize("text", ["17.9999999999999999999", "1e400", "1e-999999999", "-0.30000000000000001"])
def test_a_number_that_would_be_rounded_is_refused(small, capsys, tmp_path, text):
    """JSON allows any number of digits, and a computer keeps about fifteen."""
    (tmp_path / "case.json").write_text(f'{{"asks": {text}}}', encoding="utf-8")
    status, out, err = run(capsys, "decide", "visit", "--answers", str(tmp_path / "case.json"), "--on", "2010-03-01")
    assert (status, out) == (1, "")
    assert "case.json: this number has more digits than can be kept without rounding" in err and text in err


def test_an_answer_that_cannot_be_used_names_its_question(small, capsys, tmp_path):
    """The block says where, what was found, what was expected and what was meant."""
    (tmp_path / "case.yml").write_text("asks: yeah\n", encoding="utf-8")
    status, out, err = run(capsys, "decide", "visit", "--answers", str(tmp_path / "case.yml"), "--on", "2010-03-01")
    assert (status, out) == (1, "")
    assert (
        err
        == "handbook: asks: this answer cannot be used\n  found:     'yeah'\n  expected:  yes, no or not_known\n  try:       did you mean 'yes'?\n"
    )


def test_broken_rules_are_told_with_file_and_line(capsys, monkeypatch, tmp_path):
    """A command that reads broken rules says where they are broken."""
    (tmp_path / "roles.yml").write_text("clerk: {title: Clerk}\n", encoding="utf-8")
    monkeypatch.setattr(cli.decide, "load_rules", lambda: load_rules(tmp_path))
    status, out, err = run(capsys, "decide", "visit")
    assert (
        (status, out) == (1, "")
        and "roles.yml:1:1\n  found:     no 'about'" in err
        and err.endswith("2 problems in the rules\n")
    )


def options(command):
    return [action for action in COMMANDS[command]._actions if not isinstance(action, argparse._HelpAction)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_good_enough_to_work_from(capsys, command):
    """--help says what the command does, explains every option and argument, and gives an example."""
    status, out, _ = run(capsys, command, "--help")
    assert status == 0 and COMMANDS[command].description and f"handbook {command}" in out.partition("examples:")[2]
    for action in options(command):
        assert action.help and all(name in out for name in action.option_strings or [action.metavar])


def test_the_top_help_names_every_command(capsys):
    """handbook --help lists each command with a line on what it does."""
    out = run(capsys, "--help")[1]
    assert all(f"\n    {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    """docs/maintain/commands.md has every command with each of its options."""
    page = COMMANDS_PAGE.read_text(encoding="utf-8")
    assert f"handbook {command}" in page
    assert all(name in page for action in options(command) for name in action.option_strings)


@pytest.mark.parametrize(
    "text, answers",
    [
        ('{"volunteered": true, "inferred": null}', {"volunteered": "yes"}),
        ("volunteered: true\ninferred:\n", {"volunteered": "yes"}),
        ("{volunteered: yes}", {"volunteered": "yes"}),
        ("\ufeff# nothing known yet\n", {}),
        ("", {}),
    ],
)
def test_answers_are_read_by_what_they_are_not_by_the_files_name(tmp_path, capsys, text, answers):
    """JSON and YAML mean the same wherever they stand; nothing written for a question is not known."""
    for name in ("case", "case.yml", "case.txt"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert cli.main(["decide", "identification", "--answers", str(file), "--in", "england"]) == 0
        assert json.loads(capsys.readouterr().out)["answers"] == answers


def test_a_name_that_cannot_be_shown_is_told_all_the_same():
    """A lone half of a character, a full disk and closed streams end in a message, never in a traceback."""
    run = [sys.executable, "-m", "build_scripts.cli", "decide", "identification", "--in", "england"]
    odd = subprocess.run([*run, "--answers", "-"], input=b'{"\\ud800": "yes"}', capture_output=True, check=False)
    assert odd.returncode == 1 and b"no such question" in odd.stderr and b"Traceback" not in odd.stderr
    closed = subprocess.run(f"{shlex.join(run)} >&-", shell=True, capture_output=True, check=False)
    assert closed.returncode == 2 and b"no standard output" in closed.stderr
