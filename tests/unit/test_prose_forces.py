"""The prose keeps must, should and may as the provisions that it cites have them."""

import pytest

from build_scripts.load import load_rules
from build_scripts.prove.prose_forces import check_prose_forces, sentences, uncited
from decision_logic.model import Provision
from tests.rule_sets import small_rules

PROVISIONS = {**small_rules().provisions, "g3.fact": Provision("g3.fact", "Section 3", "fact", "S")}  # g1.visit should, g1.order must, g2.rest may


def found(tmp_path, text):
    """The findings for one page, without the words of the sentence."""
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    return [one.partition("page.md:")[2].split(":", 1)[0] + one.partition("“")[2].partition("”")[0] for one in check_prose_forces(PROVISIONS, tmp_path)[1]]


@pytest.mark.parametrize(("text", "expected"), [
    ("You must go. {{ cite g1.visit }}", ["1must"]),
    ("You may go. {{ cite g1.order }}", ["1may"]),
    ("You may go. {{ cite g1.visit }}", ["1may"]),
    ("You should go. {{ cite g2.rest }}", ["1should"]),
    ("You Must go. {{ cite g3.fact }}", ["1must"]),
    ("A line.\n\n- You\n  must go,\n  {{ cite g1.visit }} and stay.", ["5must"]),
    ("You may rest. {{ cite g2.rest }} You must go. {{ cite g1.visit }}", ["1must"]),
    ("| You must go. {{ cite g1.visit }} | x |", ["1must"]),
    ("**Now.** You must go. {{ cite g1.visit }}", ["1must"]),
    ("You must go. It takes an hour. {{ cite g1.visit }}", ["1must"]),
    ("Nobody may go. {{ cite g1.visit }}", ["1may"]),
    ("You must go. {{ cite g1.visit g2.rest }}", ["1must"]),
    ("You must go, and should rest. {{ cite g1.visit }} {{ cite g2.rest }}", ["1must"]),
    ("`code`\n\n```\nx\n```\nYou must go. {{ cite g1.visit }}", ["6must"]),
])
def test_a_wrong_word_is_found(tmp_path, text, expected):
    """Too strong or too weak, in running text, lists and tables, with the line of the mark."""
    assert found(tmp_path, text) == expected


@pytest.mark.parametrize("text", [
    "You should go. {{ cite g1.visit }}",
    "You must go. {{ cite g1.order }}",
    "You may rest. {{ cite g2.rest }}",
    "Nobody may stay. {{ cite g1.order }}",
    "It may rain. {{ cite g3.fact }}",
    "You must go. {{ cite g1.visit g1.order }}",
    "You must go. {{ cite g1.visit }} {{ cite g1.order }}",
    "You must go, and may rest. {{ cite g1.visit }}",
    "You must know.\n\nThere is a visit. {{ cite g1.visit }}",
    "- You must know\n- There is a visit. {{ cite g1.visit }}",
    "| You must know | There is a visit. {{ cite g1.visit }} |",
    "You mustn't. {{ cite g1.nothing }}",
    "```\nYou must go. {{ cite g1.visit }}\n```",
    "You must go. `{{ cite g1.visit }}`",
    "You must go. {{ said g1.visit two days }}",
])
def test_what_is_right_or_cannot_be_told_passes(tmp_path, text):
    """Several provisions, several of the words, another sentence, code, and a prohibition put with may."""
    assert found(tmp_path, text) == []


def test_the_handbook_keeps_its_words():
    """Every sentence that can be held against its provision agrees with it, and there are some."""
    covered, findings = check_prose_forces(load_rules().rules.provisions)
    assert findings == []
    assert int(covered.split()[0]) > 20


def test_a_sentence_is_told_whole():
    """With the word and the provision, so that the finding can be put right without searching."""
    assert list(sentences("First.\nThen you\nmust go. {{ cite g1.visit }}", PROVISIONS)) == [(3, "Then you must go.", "must", ["g1.visit"])]


@pytest.mark.parametrize(("text", "expected"), [
    ("You must go.", 1),
    ("You should go. {{ cite g1.visit }} Then you must rest.", 1),
    ("- You must go.\n- You should stay. {{ cite g1.visit }}", 1),
    ("You must go: there is a visit. {{ cite g1.visit }}", 0),
    ("---\ndescription: You must go.\n---\n\nText.", 0),
    ("## What you must do", 0),
    ("See who must do what. Most points are a should.", 0),
    ("These must happen:\n\n- you go {{ cite g1.visit }}", 0),
])
def test_a_must_or_should_without_a_provision_is_found(text, expected):
    """In running text and lists; not in a heading, in a page's description, or where a list with provisions follows."""
    assert len(list(uncited(text))) == expected


def test_only_the_parts_that_state_rules_are_searched_for_it(tmp_path):
    """Pages about the handbook itself may say what should be."""
    for folder in ("guidance", "reference"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.md").write_text("You must go.", encoding="utf-8")
    assert [one.rpartition("guidance/")[1] for one in check_prose_forces(PROVISIONS, tmp_path)[1]] == ["guidance/"]
