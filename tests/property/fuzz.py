"""Hostile input by the thousand: what each door must do with whatever comes through it.

    make fuzz                   # ten minutes, shared among the doors
    make fuzz FUZZ=60           # a minute
    make fuzz FUZZ="60 door"    # a minute on one of them

A target is a strategy and what must hold of each thing that it draws. tests/property/test_fuzz.py runs a few of each in every
run of the tests, the same ones each time; here other ones are drawn until the time is over. What fails is shown in its smallest
form, and the exit status is 1.
"""

import copy
import json
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from build_scripts.load import RuleFileError, load_rules
from build_scripts.load.answers import read_answer_file
from build_scripts.load.unseen import is_unseen
from build_scripts.load.yaml_text import _compose, compose
from build_scripts.site.forms import deadline_form, tool_form
from build_scripts.site.tree import read
from decision_logic import (
    HandbookError,
    RuleError,
    RuleSet,
    browser,
    deadline,
    decide,
    to_json,
    walk_pathway,
)
from tests.property.hostile_link import read_links
from tests.rule_sets import SMALL, small_plain, small_rules

LONGEST = 10  # seconds that one piece of input may take
DAY = "2010-03-01"


class Hangs(AssertionError):
    """One piece of input took longer than LONGEST."""


@contextmanager
def in_time(seconds=LONGEST):
    """Stop what takes too long. Where there are no alarms, as on Windows, a hang is a hang of the run."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_):
        raise Hangs(f"no end after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# ---- What is drawn ----

NASTY = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "[x](javascript:alert(1))", "{{ tool x }}",
    "</td></table><iframe src=//evil.example>", "${7*7}", "%E0%A4%A", "../../etc/passwd", "C:\\x\x00y", "\u202eabc", "a\u200bb", "\ud800",
    "\x1b[2J", "__proto__", "constructor", "toString", "x" * 5000, "9" * 5000, "999999999", "4999", "-0", "1e999", "NaN", "Infinity", "0.0000001", "\u0661\u0662",
    "2010-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "2010-04-01T25:00", "2010-04-01T14:30Z", "2010-W14-4",
    "", " ", "~", "null", "yes", "no", "true", "not_known", "always", "in_any_other_case", "any_of_them", "shared", "place",
    "*a", "&a b", "!!python/object/apply:os.system [id]", "? [x]", "- - - x", "{a: {b: {c", "a: b: c", "\t", "---", "%YAML 9.9", "<<",
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=20), st.integers().map(str), st.dates().map(str), st.datetimes().map(str))


@cache
def names_of_rules():
    """Every key and short text of the small rules, to be put where they do not belong."""
    found = {}

    def go(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                found[key] = None
                go(inner)
        elif isinstance(value, list):
            for inner in value:
                go(inner)
        elif len(value) < 40:
            found[value] = None

    go(small_plain())
    return tuple(found)


NAMES = st.sampled_from(names_of_rules())
TEXTS = st.one_of(NAMES, NAMES, WORDS)
DATA = st.recursive(
    TEXTS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)), max_leaves=6
)
JSON = st.recursive(
    st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.floats(), st.integers(min_value=10**18, max_value=10**30)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=8,
)


def paths(value, here=()):
    """Every path through plain data."""
    yield here
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*here, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*here, index))


def at(value, path):
    """What stands at a path."""
    for step in path:
        value = value[step]
    return value


@st.composite
def spoilt(draw, plain):
    """Plain data with one to four places changed, taken away, added to, or exchanged for what stands elsewhere."""
    made = copy.deepcopy(plain)
    for _ in range(draw(st.integers(1, 4))):
        places = [one for one in paths(made) if one]
        if not places:
            break
        path = draw(st.sampled_from(places))
        outer, last = at(made, path[:-1]), path[-1]
        deed = draw(st.sampled_from(["change", "change", "remove", "add", "move", "rename"]))
        if deed == "change":
            outer[last] = draw(DATA)
        elif deed == "remove":
            del outer[last]
        elif deed == "move":
            outer[last] = copy.deepcopy(at(made, draw(st.sampled_from(places))))
        elif isinstance(outer, dict):
            outer[draw(TEXTS)] = outer.pop(last) if deed == "rename" else draw(DATA)
        else:
            outer.append(draw(DATA))
    return made


@cache
def small_files():
    """{name: text} of the small rules."""
    return {file.relative_to(SMALL).as_posix(): file.read_text(encoding="utf-8") for file in sorted(SMALL.rglob("*.yml"))}


@st.composite
def spoilt_files(draw):
    """(file, its text): one file of the small rules, cut, doubled or with something put in, at one to three places."""
    name = draw(st.sampled_from(sorted(small_files())))
    text = small_files()[name]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 60)))
        text = draw(st.sampled_from([text[:start] + draw(WORDS) + text[end:], text[:start] + text[end:], text[:end] + text[start:]]))
    return name, text


@st.composite
def areas(draw):
    """An area's file: entries of the small rules, spoilt or not, put in place of the core's or beside them."""
    core = small_plain()

    def some_of(entries, known):
        names = draw(st.lists(st.sampled_from(sorted(entries)), max_size=2, unique=True))
        return {
            (name if known else draw(st.one_of(NAMES, st.just(f"{name}_here")))): draw(
                st.one_of(st.just(entries[name]), spoilt(entries[name]))
            )
            for name in names
        }

    file = {"id": "valley", "title": "V", "within": draw(st.sampled_from(["town", "town", "island", "valley", "nowhere"])), "about": "A"}
    if draw(st.booleans()):
        file["whole"] = "yes"
    for word in ("instead", "adds"):
        changes = {part: some_of(core[part], word == "instead") for part in ("deadlines", "actions")}
        tool = draw(st.sampled_from(sorted(core["tools"])))
        changes["tools"] = {
            tool: {
                section: some_of(core["tools"][tool][section], word == "instead")
                for section in ("questions", "outcomes", "duties", "deadlines")
                if core["tools"][tool].get(section)
            }
        }
        changes = {part: entries for part, entries in changes.items() if entries}
        if draw(st.booleans()):
            file[word] = draw(st.one_of(st.just(changes), spoilt(changes)))
    return draw(st.one_of(st.just(file), spoilt(file)))


OPERATIONS = st.sampled_from([*browser.OPERATIONS, *browser.OPERATIONS, "guess"])


def _named(entries):
    return st.one_of(st.sampled_from(sorted(entries)), st.sampled_from(sorted(entries)), TEXTS)


@st.composite
def requests(draw):
    """The text of a request: mostly one that means something, with something wrong in it; else any JSON, or no JSON."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.one_of(JSON.map(json.dumps), WORDS, st.sampled_from(["[" * 99_000, '{"a":' * 30_000, '{"do": NaN}', '"' * 200_000])))
    rules = small_rules()
    questions = [name for tool in rules.tools.values() for name in tool.questions]
    answers = st.dictionaries(_named([*questions, *rules.tools, *(f"{t}.{q}" for t in rules.tools for q in rules.tools[t].questions)]),
                              st.one_of(st.sampled_from(["yes", "no", "not_known", "red", "green", 3, 21, ["glass"], []]), st.dates().map(str), JSON), max_size=6)
    day = st.one_of(st.none(), st.dates().map(str), st.just(DAY), st.just(DAY), WORDS)
    asked = {"do": draw(OPERATIONS), "tool": draw(_named(rules.tools)), "pathway": draw(_named(rules.pathways)), "id": draw(_named(rules.deadlines)),
             "answers": draw(st.one_of(answers, answers, JSON)), "on": draw(day), "today": draw(day), "from": draw(st.one_of(day, st.datetimes().map(lambda one: one.isoformat()[:16]))),
             "in": draw(st.one_of(st.none(), _named(rules.places))), "to": draw(day), "add": draw(st.one_of(st.none(), st.integers(-400, 400), st.integers(), JSON))}
    for key in draw(st.lists(st.sampled_from(sorted(asked)), max_size=3)):
        if draw(st.booleans()):
            asked.pop(key, None)
        else:
            asked[key] = draw(JSON)
    return json.dumps(asked, ensure_ascii=draw(st.booleans()))  # fmt: skip


@st.composite
def links(draw):
    """What may stand behind the # of an address."""
    case = st.fixed_dictionaries({}, optional={
        "tool": st.one_of(st.just("identification"), JSON), "answers": st.one_of(st.dictionaries(TEXTS, JSON, max_size=5), JSON),
        "on": st.one_of(st.dates().map(str), JSON), "in": JSON, "quiet": JSON, "__proto__": JSON, "constructor": JSON})  # fmt: skip
    return draw(st.one_of(case.map(json.dumps), case.map(json.dumps), JSON.map(json.dumps), WORDS, st.just("[" * 50_000)))


# ---- What must hold ----


def is_plain_words(text):
    """A message holds nothing that steers a terminal or cannot be seen, and is of a length that can be read."""
    assert not [one for one in text if one != "\n" and is_unseen(one)], f"unseen characters in a message: {text!r}"
    assert len(text) < 200_000


def check_yaml(text):
    """Any text is either plain data or errors with a place in it."""
    with in_time():
        made = compose(text)
        lines = text.count("\n") + text.count("\r") + 2
        if not made.errors:  # libyaml, where it is trusted, and PyYAML read the same
            other = _compose(text, yaml.SafeLoader)
            assert (other.data, other.values, other.keys) == (made.data, made.values, made.keys)
        for position, found, expected, _ in made.errors:
            assert found and expected and 1 <= position.line <= lines + 1 and position.column >= 1
        for name in ("case.yml", "case.json"):
            try:
                assert isinstance(read_answer_file(text, name), dict)
            except HandbookError as error:
                is_plain_words(str(error))


def check_file(given_file):
    """A file of rules is read, or every problem is told with a line of that file."""
    name, text = given_file
    with tempfile.TemporaryDirectory() as folder, in_time():
        for other, kept in small_files().items():
            file = Path(folder) / other
            file.parent.mkdir(exist_ok=True)
            if other == name:
                file.write_bytes(text.encode("utf-8", "surrogatepass"))
            else:
                file.write_text(kept, encoding="utf-8")
        try:
            rules = load_rules(folder).rules
        except RuleFileError as error:
            assert error.problems
            is_plain_words(str(error))
            return
        check_rules(rules)


def check_plain(plain):
    """Plain data of rules are a rule set that answers, or problems in words."""
    with in_time():
        try:
            rules = RuleSet.from_plain(plain)
        except RuleError as error:
            assert error.problems
            is_plain_words(str(error))
            return
        check_rules(rules)


def check_rules(rules):
    """Every tool, deadline and journey answers or says why not, and no form holds what a text of the rules would bring in."""
    for tool in rules.tools:
        for answers in ({}, {"ordered": "yes", "weight": "30", "asked_on": DAY}, {"asks": "yes"}):
            for place in (None, *rules.places):
                answered(lambda: decide(rules, tool, answers, on=DAY, place=place))  # noqa: B023
        check_form(tool_form(rules.tools[tool], rules))
    for name, one in rules.deadlines.items():
        for day in (DAY, "0001-01-01", "9999-12-31"):
            answered(lambda: deadline(rules, name, day if one.needs == "date" else f"{day}T10:00"))  # noqa: B023
        check_form(deadline_form(one, rules))
    for name in rules.pathways:
        answered(lambda: walk_pathway(rules, name, {}, on=DAY, place="town"))  # noqa: B023


def answered(ask):
    """An answer that can be written, or an error in words."""
    try:
        json.loads(to_json(ask()))
    except HandbookError as error:
        is_plain_words(str(error))


FORM_ELEMENTS = {
    "div", "form", "h2", "h3", "p", "a", "ul", "section", "strong", "fieldset", "legend", "details", "summary", "span", "input", "select",
    "option", "optgroup", "label", "button",
}  # fmt: skip


def check_form(html):
    """A form holds the elements of a form and nothing that runs."""
    for one in read(html).all():
        assert one.tag in FORM_ELEMENTS, f"<{one.tag}> in a form"
        assert not [name for name in one.attributes if name.startswith("on") or name in ("style", "src", "srcdoc")]
        assert not (one.attributes.get("href") or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))


@cache
def core_answers():
    """What the small rules answer in the town, without any area."""
    plain = small_plain()
    plain["areas"] = {}
    return told_in_town(RuleSet.from_plain(plain))


def told_in_town(rules):
    """The answers of every tool and deadline in the town, without the rules hash."""
    cases = ({}, {"ordered": "yes", "asked_on": DAY}, {"asks": "yes"}), ({}, {"weight": 30}, {"colour": "green", "weight": 3})
    told = [
        decide(rules, tool, answers, on=DAY, place="town")
        for tool, some in zip(("visit", "parcel"), cases, strict=True)
        for answers in some
    ]
    told += [deadline(rules, name, DAY if one.needs == "date" else f"{DAY}T10:00", place="town") for name, one in small_rules().deadlines.items() if "town" in one.places]
    return [{key: value for key, value in one.items() if key not in ("rules_hash", "areas")} for one in told]


def check_area(file):
    """An area is refused in words, or answers where it lies; outside it nothing is otherwise than without it."""
    plain = small_plain()
    plain["areas"] = {"valley": file}
    with in_time():
        try:
            rules = RuleSet.from_plain(plain)
        except RuleError as error:
            assert error.problems
            is_plain_words(str(error))
            return
        check_rules(rules)
        if not rules.areas["valley"].whole:
            assert told_in_town(rules) == core_answers(), "an area changes what holds outside it"


def check_door(request):
    """The reply is JSON: an answer with its exact text, or an error in words. Nothing raises."""
    browser._rules = small_rules()
    with in_time():
        reply = json.loads(browser.handle(request))
        json.dumps(reply, ensure_ascii=False).encode("utf-8")
    if reply["ok"]:
        assert reply["text"] == to_json(reply["answer"])
    else:
        error = reply["error"]
        assert set(error) == {"kind", "message", "question", "questions", "found", "expected", "hint"}
        assert error["kind"] and error["message"]
        is_plain_words(json.dumps(error, ensure_ascii=False))


def check_links(several):
    """Every link is read to a plain case or refused; nothing is left in the address, no prototype is touched, nothing raises."""
    with in_time(60):
        read_links(several)


TARGETS = {
    "yaml": (st.one_of(st.text(max_size=200), WORDS, st.lists(WORDS, max_size=8).map("\n".join), DATA.map(lambda one: json.dumps(one, ensure_ascii=False))), check_yaml),
    "files": (spoilt_files(), check_file),
    "rules": (st.deferred(lambda: spoilt(small_plain())), check_plain),
    "areas": (areas(), check_area),
    "door": (requests(), check_door),
    "links": (st.lists(links(), min_size=1, max_size=20), check_links),
}  # fmt: skip
# What is drawn may be large and is checked as it comes.
QUIET = {"suppress_health_check": list(HealthCheck), "deadline": None, "database": None}


def run(seconds, names=TARGETS, say=print):
    """Try each target for its share of the time. Returns whether nothing failed."""
    sound = True
    for name in names:
        say(f"{name}: {TARGETS[name][1].__doc__.splitlines()[0]}")
        begun = time.monotonic()
        tried, failure = try_for(seconds / len(names), *TARGETS[name])
        say(f"  {tried:,} pieces of input in {time.monotonic() - begun:.0f} s")
        if failure:
            say(f"  FAILED, in its smallest form:\n{failure}")
            sound = False
    return sound


def try_for(seconds, strategy, check):
    """(how many were tried, the first failure as text or None)."""
    end, count = time.monotonic() + seconds, Counter()

    @settings(max_examples=200, phases=[Phase.generate, Phase.shrink], **QUIET)
    @given(strategy)
    def tried(drawn):
        count["tried"] += 1
        check(drawn)

    while time.monotonic() < end:
        try:
            tried()
        except Exception:
            return count["tried"], traceback.format_exc()[-6000:]
    return count["tried"], None


def main(words):
    """The command behind ``make fuzz``: seconds, and the targets that are wanted."""
    seconds = float(words[0]) if words else 600
    unknown = [name for name in words[1:] if name not in TARGETS]
    if unknown:
        print(f"fuzz: there is no target {', '.join(unknown)}; there are {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    began = time.monotonic()
    sound = run(seconds, words[1:] or list(TARGETS))
    print(f"{'Nothing failed' if sound else 'Something failed'}, in {time.monotonic() - began:.0f} s")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
