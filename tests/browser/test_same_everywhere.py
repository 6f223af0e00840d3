"""Every scenario gives the same bytes in CPython, in Pyodide under Node and in Chromium, from the shipped files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_scripts.load import load_rules, load_scenarios
from build_scripts.site.bundle import write_assets
from decision_logic import browser
from tests.browser.plain_server import serve
from tests.in_chromium import ask_in_chromium
from tests.in_node import ask_in_node
from tests.small_engine import add_scripts

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Shipped:
    """The shipped files of today's rules, what to ask them, and what CPython answers."""

    folder: Path
    requests: list[dict]
    expected: list[str]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Shipped:
    loaded = load_rules()
    folder = tmp_path_factory.mktemp("shipped")
    write_assets(loaded.plain, loaded.rules.rules_hash, folder)
    add_scripts(folder)
    requests = [
        {
            **({"do": "decide", "tool": one.tool} if one.tool else {"do": "walk", "pathway": one.pathway}),
            "answers": one.data.answers,
            "on": one.data.on,
            "in": one.data.place,
        }
        for one in load_scenarios(loaded.rules)
    ]
    # What no scenario asks: the calculators, an unknown answer throughout, and errors.
    requests += [
        {"do": "decide", "tool": tool, "answers": {}, "on": None, "in": None, "today": "2011-04-21"}
        for tool in loaded.rules.tools
    ]
    requests += [
        {"do": "deadline", "id": "follow_up", "from": "2011-04-21", "in": "england"},
        {"do": "workdays", "from": "2011-04-21", "add": -5, "in": "wales"},
        {"do": "workdays", "from": "2011-04-21", "to": "2011-05-04", "in": "guernsey"},
        {"do": "deadline", "id": "follow_up", "from": "1999-01-01", "in": "england"},
        {"do": "decide", "tool": "no_such_tool", "answers": {}},
        {"do": "something else", "said": "Siân \u2028 🏡"},
        {"do": "decide", "tool": "unseen\u202e\x00\U000e0001", "answers": {}},
    ]
    assert json.loads(browser.start(json.dumps(loaded.plain)))["ok"]
    return Shipped(folder, requests, [browser.handle(json.dumps(request)) for request in requests])


def test_node_answers_as_cpython_does(shipped):
    """The texts of the replies are the same, errors included, and so they are after a start from kept memory."""
    told = ask_in_node(shipped.folder, shipped.requests)
    assert told.printed == []
    assert told.replies == shipped.expected
    assert told.again == shipped.expected


def test_days_drawn_after_a_start_from_memory_are_others(shipped):
    """Chance comes from the browser at each draw: what was kept of Python's memory draws nothing a second time."""
    limits = {
        "considered_for_service": "yes", "stage": "stage_1", "baseline_done": "yes", "baseline_on": "2024-02-26", "baseline_clear": "yes",
        "rotl_starts": "2024-03-01", "rotl_ends": "2024-05-31", "number_of_tests": 6, "least_gap": 2, "weekdays": ["monday", "wednesday", "saturday"],
    }
    told = ask_in_node(shipped.folder, [{"do": "draw", "answers": limits, "on": "2024-02-28", "today": "2024-02-28"}] * 3)
    drawn = [json.dumps(json.loads(text)["answer"]["dates"]) for text in told.replies + told.again]
    assert len(set(drawn)) >= 5


def test_chromium_answers_as_cpython_does(shipped, chromium):
    """Through worker and messages the replies stay the same, and so do the bytes that the command line prints."""
    with serve(shipped.folder) as site:
        page = chromium.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        replies = ask_in_chromium(page, site.address, shipped.requests)
        page.close()
    expected = [json.loads(text) for text in shipped.expected]
    assert [reply.get("text") for reply in replies] == [reply.get("text") for reply in expected]
    assert replies == expected
    assert said == []
