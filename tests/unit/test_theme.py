"""What is mended in the theme's own files, and that a theme which has changed is noticed."""

import pytest

from build_scripts.site.errors import SiteError
from build_scripts.site.theme import MENDS, mend_theme

EACH = [(number, mend) for number, (_, _, mends) in enumerate(MENDS) for mend in mends]


def theme(folder, but=None):
    """A folder with every file that is mended, as the theme has them; ``but``: a mend whose place is not there."""
    for pattern, _, mends in MENDS:
        file = folder / pattern.replace("*", "0badcafe")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("before " + "".join(mend.old * mend.times for mend in mends if mend is not but) + " after", encoding="utf-8")
    return folder


def test_what_slows_pages_is_taken_out_under_another_name(tmp_path):
    """Browsers keep the theme's files for ever by their names: what is changed is called otherwise."""
    renamed = mend_theme(theme(tmp_path))
    assert len(renamed) == len(MENDS)
    for (_, _, mends), (before, after) in zip(MENDS, renamed.items(), strict=True):
        assert before != after and not (tmp_path / before).exists()
        text = (tmp_path / after).read_text(encoding="utf-8")
        assert text == "before " + "".join(mend.new * mend.times for mend in mends) + " after"


@pytest.mark.parametrize(("number", "mend"), EACH)
def test_a_theme_that_has_changed_is_told(tmp_path, number, mend):
    """Which file, what was looked for, and where to look."""
    theme(tmp_path, but=mend)
    with pytest.raises(SiteError, match=r"0 times") as told:
        mend_theme(tmp_path)
    assert MENDS[number][0].split("*")[0] in str(told.value) and mend.old[:60] in str(told.value) and "theme.py" in str(told.value)


def test_what_only_other_languages_ask_for_is_left_out(tmp_path):
    """The search is in English: the files by which others are searched are in no copy of the site."""
    stemmer = theme(tmp_path) / "assets/javascripts/lunr/min/lunr.fi.min.js"
    stemmer.parent.mkdir(parents=True)
    stemmer.write_text("finnish", encoding="utf-8")
    mend_theme(tmp_path)
    assert not (tmp_path / "assets/javascripts/lunr").exists()
