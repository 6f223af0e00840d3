"""Links with answers: what comes out of one is what went in, and one that was cut or changed is known for it."""

import base64
import json
import re

import pytest

from tests.in_node import evaluate

CASE = {
    "tool": "appointment",
    "on": "2011-04-21",
    "in": "north_wales",
    "answers": {
        "residence": "here",
        "clock_starts_at": "2011-04-21T16:30",
        "inferred": ["behaviour", "paraphernalia"],
        "one": ["behaviour"],
        "none": [],
        "units": 17.5,
        "tool.question": "not_known",
    },
}
MADE = """
import { markFor, readCase } from "./links.js";
tell(given.map(([tool, theCase, rules]) => { const mark = markFor(tool, theCase, rules); return [mark, readCase(mark)]; }));
"""
READ = """
import { readCase, sayOfLink } from "./links.js";
tell(given.map((mark) => { const linked = readCase(mark); return [linked, sayOfLink(linked, "1111111111111111", [])]; }));
"""


@pytest.fixture(scope="module")
def made():
    """(mark, what comes out of it) of the case."""
    return evaluate(MADE, [[CASE["tool"], CASE, "664863a094d42df6"]])[0]


def read(*marks):
    return evaluate(READ, list(marks))


def test_what_comes_out_is_what_went_in(made):
    """Lists stay lists, the empty one too; a number comes as it is typed."""
    _, linked = made
    assert {name: linked[name] for name in ("tool", "on", "in", "rules", "shown", "linked")} == {
        "tool": "appointment", "on": "2011-04-21", "in": "north_wales", "rules": "664863a094d42df6", "shown": True, "linked": True}  # fmt: skip
    assert linked["answers"] == CASE["answers"] | {"units": "17.5"}


def test_a_link_can_be_read_by_people(made):
    """Names and values stand in it as the rules have them."""
    mark, _ = made
    assert re.fullmatch(
        r"#case-of=appointment&on-date=2011-04-21&in-place=north_wales&by-rules=664863a094d42df6&residence=here"
        r"&clock_starts_at=2011-04-21T16:30&inferred=behaviour,paraphernalia,&one=behaviour,&none=,&units=17.5"
        r"&tool.question=not_known&link-check=[0-9a-f]{8}",
        mark,
    )


def test_a_link_that_was_cut_or_changed_anywhere_is_damaged(made):
    """Never is it taken for one with fewer or other answers; what can be read of it is told."""
    mark, _ = made
    cut = [mark[:length] for length in range(len("#case-of=") + 1, len(mark))]
    changed = [mark.replace("here", "elsewhere"), mark + "&residence=elsewhere", mark.replace("&one=behaviour,", "")]
    for linked, (said, _items) in read(*cut, *changed):
        assert linked["damaged"] and linked["answers"] == {}
        assert "cannot be read" in said
    assert any("residence: elsewhere" in items for _, (_, items) in read(*changed))


def test_a_link_survives_being_escaped_by_a_mail_program(made):
    """Commas and colons may come back as %2C and %3A."""
    mark, linked = made
    assert read(mark.replace(",", "%2C").replace(":", "%3a"))[0][0] == linked


def test_links_as_they_were_first_made_keep_working():
    """JSON as base64 behind #answers=."""
    code = base64.urlsafe_b64encode(json.dumps(CASE).encode()).decode().rstrip("=")
    linked, said = read("#answers=" + code)[0]
    assert (linked["tool"], linked["on"], linked["in"], linked["answers"]) == (
        CASE["tool"], CASE["on"], CASE["in"], CASE["answers"])  # fmt: skip
    assert said == [None, []]


def test_other_rules_than_those_of_the_link_are_told(made):
    """With both hashes; by the same rules nothing is said."""
    said, items = read(made[0])[0][1]
    assert "have changed since the link was made" in said and "664863a094d42df6" in said and "1111111111111111" in said
    assert items == []
    same = evaluate(MADE, [[CASE["tool"], CASE, "1111111111111111"]])[0][0]
    assert read(same)[0][1] == [None, []]


def test_what_stands_in_a_sentence_of_the_page_is_a_name_or_a_hash():
    """The tool and the rules hash of a link are told within sentences: signs that turn a sentence round are not let in."""
    turned = [["\u202eappointment", CASE, "664863a094d42df6"], ["appointment", CASE, "\u202e664863a0"], ["", CASE, "664863a094d42df6"]]
    for _, linked in evaluate(MADE, turned):
        assert linked["damaged"]


@pytest.mark.parametrize("mark", [
    "#case-of=", "#case-of=x&", "#case-of=%E0%A4%A", "#case-of=a=b&link-check=00000000", "#case-of=x&link-check=", "#answers=",
    "#answers=%%%", "#answers=" + base64.b64encode(b"[]").decode(), "#answers=" + base64.b64encode(b"null").decode(),
    "#case-of=x&" + "a=b&" * 10_000, "#case-of=x&__proto__=y&constructor=z",
])  # fmt: skip
def test_whatever_stands_behind_the_mark_ends_in_a_plain_word(mark):
    """Nothing is thrown, nothing is filled in."""
    linked, (said, items) = read(mark)[0]
    assert linked["damaged"] and linked["answers"] == {} and "cannot be read" in said
    assert len(items) <= 21
