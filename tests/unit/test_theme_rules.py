"""What is taken out of the theme's style sheet, and that nothing else is."""

import pytest

from build_scripts.site.errors import SiteError
from build_scripts.site.theme_rules import slim_theme

SHEET = (
    '@charset "UTF-8";a{color:red}.md-typeset table:not([class])+*{margin-top:1.5em}.md-typeset .tabbed-set>input:nth-child(2),p:is(.x,.y){b:c}'
    "@media print{.tabbed-set{d:e}}@media screen{.tabbed-set,.kept:not(.a,.b){f:g}.tabbed-labels{h:i}}"
)
SLIM = '@charset "UTF-8";a{color:red}p:is(.x,.y){b:c}@media screen{.kept:not(.a,.b){f:g}}'


def sheet(folder, text):
    """A built site whose theme has the style sheet ``text``."""
    file = folder / "assets" / "stylesheets" / "main.0badcafe.min.css"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_only_these_rules_are_taken_out_and_the_file_has_another_name(tmp_path):
    """Selectors beside them stay, and so does all else; browsers keep the file for ever by its name."""
    old = sheet(tmp_path, SHEET)
    ((before, after),) = slim_theme(tmp_path).items()
    assert before == old.relative_to(tmp_path).as_posix() and not old.exists() and after != before
    assert (tmp_path / after).read_text(encoding="utf-8") == SLIM


def test_a_theme_that_has_changed_is_told(tmp_path):
    """Where there is nothing to take out, somebody looks again."""
    sheet(tmp_path, "a{color:red}")
    with pytest.raises(SiteError, match=r"theme_rules\.py"):
        slim_theme(tmp_path)


def test_a_site_without_the_theme_is_left_alone(tmp_path):
    """Tests build some."""
    assert slim_theme(tmp_path) == {}
