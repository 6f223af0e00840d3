"""The list of requirements is read strictly: every number is there, and each leads to the register or to a reading."""

import pytest

from build_scripts.load import RuleFileError, load_requirements, load_rules
from tests.rule_sets import SMALL, small_rules

SOUND = """\
numbers: {requirements: 2, ambiguities: 1}
requirements:
  R1: {title: Visits, provisions: [g1.visit]}
  R2: {title: Orders and rest, provisions: [g1.order, g2.rest]}
ambiguities:
  X1: {readings: [READING]}
""".replace("READING", next(iter(small_rules().readings)))


def read(folder, text):
    (folder / "requirements.yml").write_text(text, encoding="utf-8")
    return load_requirements(small_rules(), folder)


def problems(folder, text):
    """(line, found) of each problem."""
    with pytest.raises(RuleFileError) as caught:
        read(folder, text)
    return [(one.position.line, one.found) for one in caught.value.problems]


def test_a_sound_list_is_read(tmp_path):
    """Each entry knows what it names and the line where it stands."""
    listed = read(tmp_path, SOUND)
    assert listed.requirements["R2"].provisions == ("g1.order", "g2.rest")
    assert listed.where("R2").endswith("requirements.yml:4")
    assert listed.where("X1").endswith("requirements.yml:6")


@pytest.mark.parametrize(("old", "new", "line", "found"), [
    ("g1.order", "g1.ordr", 4, "no provision 'g1.ordr'"),
    ("[g1.visit]", "[]", 3, "an empty list"),
    ("R2:", "R3:", 2, "no R2"),
    ("R2:", "R3:", 4, "R3, though there are 2"),
    ("requirements: 2", "requirements: 3", 2, "no R3"),
    ("X1:", "Y1:", 6, "'Y1'"),
    ("R1: {title: Visits, ", "R1: {", 3, "no 'title'"),
    ("{readings:", "{reading:", 6, "unknown key 'reading'"),
    ("readings: [", "notices: [", 6, f"no notice {next(iter(small_rules().readings))!r}"),
    ("numbers: {requirements: 2, ambiguities: 1}\n", "", 1, "no 'numbers'"),
    ("  R2:", "  R1:", 4, "the key 'R1' again"),
])
def test_a_mistake_is_told_with_its_line(tmp_path, old, new, line, found):
    """Whatever leads nowhere, is missing, said twice or beyond the last number."""
    assert old in SOUND
    assert (line, found) in problems(tmp_path, SOUND.replace(old, new))


def test_an_ambiguity_that_nothing_settles_is_an_error(tmp_path):
    """It wants a reading or a notice."""
    assert (6, "an empty mapping") in problems(tmp_path, SOUND[: SOUND.index("  X1")] + "  X1: {}\n")


def test_the_list_must_be_there(tmp_path):
    """Without it nothing could be said to be whole."""
    with pytest.raises(RuleFileError, match="no such file"):
        load_requirements(small_rules(), tmp_path)


def test_the_list_is_no_part_of_the_rules():
    """It may stand beside the rule files, and does not change their hash."""
    assert "requirements" not in load_rules(SMALL).plain
    assert "requirements" not in load_rules().plain


def test_the_handbooks_list_leads_to_every_requirement_and_ambiguity():
    """Each has its provision or reading, and no number is missing."""
    rules = load_rules().rules
    listed = load_requirements(rules)
    assert list(listed.requirements) == [f"R{number}" for number in range(1, len(listed.requirements) + 1)]
    assert all(one.provisions for one in listed.requirements.values())
    assert all(one.readings or one.notices for one in listed.ambiguities.values())
