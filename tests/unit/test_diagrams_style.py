"""The style file: its contrasts, its errors, and the stylesheet made from it."""

import re

import pytest

from decision_logic.model import Role
from diagrams import StyleError, contrast, load_style, stylesheet
from diagrams.style import STYLE_FILE, width_class

STYLE = load_style()
SCHEMES = pytest.mark.parametrize("scheme", [STYLE.light, STYLE.dark], ids=["light", "dark"])
WORDS, LINES = 4.5, 3.0  # WCAG 2.2 AA, success criteria 1.4.3 and 1.4.11


def _grounds(scheme):
    return (scheme.page, scheme.stage, scheme.common_stage)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one, other, ratio):
    """The contrast ratio agrees with published values."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@SCHEMES
def test_words_can_be_read(scheme):
    """Every pair of words and ground reaches 4.5 to 1."""
    pairs = {(scheme.ink, ground) for ground in (scheme.common_node, scheme.plain_node)}
    pairs |= {(scheme.muted, ground) for ground in (*_grounds(scheme), scheme.plain_node)}
    pairs |= {(scheme.ink, ground) for ground in _grounds(scheme)}  # deadlines on a way
    pairs |= {(scheme.stage_title, ground) for ground in (scheme.stage, scheme.common_stage)}
    pairs |= {(scheme.start_ink, scheme.start), (scheme.page, scheme.travelled)}
    for role in scheme.roles.values():
        pairs |= {(scheme.ink, role.fill), (role.ink, role.fill)}
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < WORDS} == {}


@SCHEMES
def test_lines_and_shapes_can_be_seen(scheme):
    """Every line that carries meaning reaches 3 to 1 against what lies beside it."""
    pairs = {(scheme.way, ground) for ground in (*_grounds(scheme), scheme.plain_node)}
    pairs |= {(scheme.ink, ground) for ground in _grounds(scheme)}  # an answer's outline
    pairs |= {(scheme.start, ground) for ground in _grounds(scheme)}
    pairs |= {(colour, ground) for colour in (scheme.travelled, scheme.focus) for ground in _grounds(scheme)}
    for role in scheme.roles.values():
        pairs |= {(role.line, ground) for ground in (*_grounds(scheme), role.fill, scheme.common_node)}
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < LINES} == {}


def test_every_role_group_has_colours():
    """Each colour key that roles.yml may use has colours of its own."""
    choice = Role.__dataclass_fields__["colour_key"].metadata
    keys = set(re.findall(r"\b(police|cjit|partnership|probation|prison|housing|provider|court|none)\b", str(choice)))
    assert keys <= set(STYLE.light.roles)
    assert len({role.line for role in STYLE.light.roles.values()}) == len(STYLE.light.roles)


def test_nothing_is_written_smaller_than_twelve():
    """No size of the style file is below 12 pixels."""
    font = STYLE.font
    assert min(font.title, font.role, font.way, font.stage, font.small) >= 12


def test_the_stylesheet_serves_both_schemes_and_paper():
    """One stylesheet has the light colours, the dark ones under Material's dark scheme, and light again on paper."""
    css = stylesheet(STYLE)
    assert css.index(STYLE.light.ink) < css.index('[data-md-color-scheme="slate"]') < css.index(STYLE.dark.ink)
    assert STYLE.light.ink in css[css.index("@media print") :]
    assert "url(" not in css and "@import" not in css
    assert css.count("{") == css.count("}")


def test_a_map_never_shrinks_below_its_natural_width():
    """The width class is the next step at or above the natural width, and the stylesheet has it."""
    assert width_class(381.2) == "map-w-400"
    assert ".map.map-w-400 { width: 400px; }" in stylesheet(STYLE)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('ink: "#1f2630"', 'ink: "black"', "light.ink: expected a colour"),
        ("  muted:", "  mutted:", "missing: muted; unknown: mutted"),
        ("  title: 14 ", "  title: big ", "font.title: expected a number"),
        ('    court:       {fill: "#eeecf9"', '    courts:      {fill: "#eeecf9"', "in one scheme only: court, courts"),
    ],
)
def test_a_wrong_style_file_says_what_is_wrong(tmp_path, old, new, words):
    """A fault in the style file is named by its key."""
    text = STYLE_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "style.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StyleError, match=words):
        load_style(path)
