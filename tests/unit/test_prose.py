"""No time limit is written out in the prose, however it is spelt; what refers to a rule, is code, or is cited passes."""

import pytest

from build_scripts.prove.prose import check_prose, durations


def found(text):
    return [words for _, _, words in durations(text)]


@pytest.mark.parametrize("words", [
    "5 working days", "five working days", "48 hours", "48-hour", "forty-eight hours", "forty eight hours", "a month", "one calendar month", "an hour",
    "16 weeks", "sixteen-week", "half an hour", "a couple of days", "a dozen weeks", "two consecutive days", "1.5 hours", "24h", "5wd", "10 mins",
    "90 minutes", "three full working days", "Twenty-one days", "2 yrs", "a further week", "ninety nights", "a hundred days", "30 secs", "2-year",
])
def test_a_number_with_a_unit_of_time_is_found(words):
    """In figures and in words, hyphenated or not, with or without a kind of day."""
    assert found(f"It must be done within {words} of the test.") == [words]


@pytest.mark.parametrize("words", ["fortnight", "fortnightly", "overnight", "next working day", "following day", "same day", "same-day"])
def test_a_time_without_a_number_is_found(words):
    """Some limits hide in a single word."""
    assert [one.lower() for one in found(f"Send it {words} please.")] == [words]


@pytest.mark.parametrize("text", [
    "It is due in {{ deadline follow_up }}, or {{ said annex_d.two_year_average two-year average }}.", "Use `48 hours` in code.", "``48 hours ` here``",
    "```\nwithin 48 hours\n```", "~~~ yaml\nlimit: 48 hours\n~~~", "<!-- 48 hours -->", "See [the page](within-5-days/48-hours.md).", "https://example.org/48-hours/x",
    "Days and hours are counted.", "The 2010 handbook has 5 sections.", "Section 4.1.1 days of old", "one of the days", "the 24hour clock", "every day counts", "IE3 days",
    "Some weeks later", "step 5\n\ndays of rest follow", "on 5 May 2011",
])
def test_what_is_no_duration_passes(text):
    """References, code, links and comments are spared, and so is a number that stands by something else."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["within five\nworking days", "within 48\nhours", "within five working\ndays", "> within five\n  working days"])
def test_a_line_break_hides_nothing(text):
    """Paragraphs run over lines."""
    assert len(found(text)) == 1


def test_a_paragraph_break_ends_a_phrase():
    """The number at the end of one paragraph does not belong to the days of the next."""
    assert found("There are five\n\ndays of rest.") == []


def test_the_place_is_told():
    """Line and column, counted from 1, also after code and references that were blanked out."""
    text = "# Title\n\nUse `x` and {{ deadline y }}: within 48 hours.\n\n```\n5 days\n```\nThen\n  a\nfortnight."
    assert list(durations(text)) == [(3, 38, "48 hours"), (9, 3, "a fortnight")]


def test_a_fence_ends_where_it_ends():
    """Prose after a block of code is looked at again."""
    assert found("```\n5 days\n```\n6 days\n```\n7 days\n```") == ["6 days"]


def test_pages_are_checked_but_for_those_that_are_spared(tmp_path):
    """Pages for maintainers, generated pages and assets may say what they like; a finding says what to write instead."""
    for name in ("index.md", "guidance/one.md", "maintain/two.md", "_generated/three.md", "assets/four.md", "overrides/five.md"):
        page = tmp_path / name
        page.parent.mkdir(exist_ok=True)
        page.write_text("It is due in five days.\n", encoding="utf-8")
    covered, findings = check_prose(tmp_path)
    assert covered == "2 pages"
    assert len(findings) == 2
    assert "guidance/one.md:1:14: “five days” is written out" in findings[0]
    assert "{{ deadline NAME }}" in findings[0]
    assert "{{ said PROVISION five days }}" in findings[0]


def test_the_handbook_writes_no_time_limit_out():
    """Every limit in our own pages comes from a rule."""
    _, findings = check_prose()
    assert findings == []
