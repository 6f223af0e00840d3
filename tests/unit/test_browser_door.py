"""The door that the browser's worker calls: JSON in, JSON out, and nothing raises."""

import json

import pytest

from decision_logic import browser, to_json
from tests.rule_sets import small_plain, small_rules


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The small rules are loaded, and forgotten after each test."""
    monkeypatch.setattr(browser, "_rules", None)
    assert json.loads(browser.start(json.dumps(small_plain()))) == {"ok": True, "rules_hash": small_rules().rules_hash}


def ask(**request):
    return json.loads(browser.handle(json.dumps(request)))


@pytest.mark.parametrize("request_", [
    {"do": "decide", "tool": "visit", "answers": {"asks": "yes"}, "on": None, "in": "town", "today": "2010-03-01"},
    {"do": "deadline", "id": "visit_within", "from": "2010-04-01", "in": "valley"},
    {"do": "workdays", "from": "2010-04-01", "add": 2, "in": "town"},
    {"do": "workdays", "from": "2010-04-01", "to": "2010-04-09", "in": "town"},
])
def test_an_answer_comes_with_its_exact_text(request_):
    """The text is what the command line prints for the same."""
    reply = ask(**request_)
    assert reply["ok"] and reply["text"] == to_json(reply["answer"])


def test_an_error_names_the_question():
    """A wrong answer comes back with the question to point at."""
    assert ask(do="decide", tool="visit", answers={"asks": "perhaps"}, today="2010-03-01") == {"ok": False, "error": {
        "kind": "answer", "message": "this answer cannot be used", "question": "asks", "questions": ["asks"],
        "found": "'perhaps'", "expected": "yes, no or not_known", "hint": None}}


def test_a_number_that_would_be_rounded_is_refused():
    """The request is JSON text, and its numbers are taken as they stand or not at all."""
    error = json.loads(browser.handle('{"do": "decide", "tool": "visit", "answers": {"asks": 17.9999999999999999999}}'))["error"]
    assert (error["kind"], error["found"]) == ("answer", "17.9999999999999999999")


def test_impossible_answers_name_all_questions():
    """Where answers cannot occur together, each question concerned is named."""
    error = ask(do="decide", tool="visit", answers={"asked_on": "2010-03-02", "seen_on": "2010-03-01"}, today="2010-03-01")["error"]
    assert (error["kind"], error["questions"]) == ("answer", ["seen_on", "asked_on"])


@pytest.mark.parametrize(("request_", "kind"), [
    ({"do": "decide", "tool": "vist", "today": "2010-03-01"}, "request"),
    ({"do": "decide", "tool": "visit", "today": "2009-03-01"}, "edition"),
    ({"do": "decide", "tool": "visit", "today": "2010-03-01", "in": "moon"}, "request"),
    ({"do": "decide", "tool": "visit", "today": "soon"}, "date"),
    ({"do": "decide", "tool": "visit"}, "request"),
    ({"do": "decide", "tool": ["visit"]}, "request"),
    ({"do": "decide", "tool": "visit", "today": "2010-03-01", "in": {}}, "request"),
    ({"do": "decide", "tool": "visit", "today": "2010-03-01", "answers": 5}, "answer"),
    ({"do": "deadline", "id": "visit_within"}, "date"),
    ({"do": "deadline", "id": "visit_within", "from": "2010-03-01", "in": "island"}, "edition"),
    ({"do": "workdays", "from": "2010-03-01", "add": "5", "in": "town"}, "request"),
    ({"do": "workdays", "from": "2010-03-01", "add": 10**9, "in": "town"}, "date"),
    ({"do": ["decide"]}, "request"),
    ({"do": "guess"}, "request"),
    ([], "request"),
    (None, "request"),
])
def test_every_mistake_is_an_error_in_words(request_, kind):
    """Whatever is asked, the reply is JSON with the kind of error and a message."""
    reply = json.loads(browser.handle(json.dumps(request_)))
    assert reply["ok"] is False and reply["error"]["kind"] == kind and reply["error"]["message"]


def test_what_is_no_json_is_an_error_too():
    """Text that is no JSON is refused, as request and as rules."""
    assert json.loads(browser.handle("{"))["error"]["kind"] == "request"
    for bundle in ("{", "[]", '{"tools": 5}', '{"tools": {"a": 5}}'):
        assert json.loads(browser.start(bundle))["error"]["kind"] == "rules"


@pytest.mark.parametrize("request_", ["[" * 90_000, '{"do": ' * 5000, '"' + "x" * 200_000 + '"', "[" * 900])
def test_what_is_too_large_or_too_deep_is_refused(request_):
    """Nothing that comes through the door can use up the parser's stack."""
    assert json.loads(browser.handle(request_))["error"]["kind"] == "request"
    assert json.loads(browser.start("[" * 200_000))["error"]["kind"] == "rules"


@pytest.mark.parametrize("name", ["__proto__", "\u202e", "\ud800", "\x1b[2J", "x" * 5000])
def test_a_hostile_name_comes_back_as_plain_words(name):
    """What was found is cut, and nothing in the reply turns the direction of text or steers a terminal."""
    for request_ in ({"do": "decide", "tool": name, "today": "2010-03-01"}, {"do": "decide", "tool": "visit", "answers": {name: name}, "today": "2010-03-01"}):
        text = browser.handle(json.dumps(request_))
        assert json.loads(text)["ok"] is False and len(text) < 2000 and text.isprintable()


def test_nothing_is_answered_before_the_rules_are_there(monkeypatch):
    """A request before the start is an error, not a guess."""
    monkeypatch.setattr(browser, "_rules", None)
    assert ask(do="workdays")["error"]["message"] == "the rules are not loaded yet"
