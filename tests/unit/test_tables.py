"""Tables written in Markdown can be read on a phone: wide ones carry the labels of their columns."""

from markdown import Markdown

from build_scripts.site.tables import CardExtension


def html(*rows):
    return Markdown(extensions=["tables", CardExtension()]).convert("\n".join(rows))


def test_a_wide_table_has_its_columns_names_on_every_cell():
    """In words, whatever the head is made of; an empty cell says that it is empty."""
    made = html("| A? | *B* c | |", "| --- | --- | --- |", "| 1 | **2** | 3 |", "| 4 | | 6 |")
    assert '<table class="hb-table hb-table--written">' in made
    assert made.count('data-label="A"') == 2
    assert '<td data-label="B c"><strong>2</strong></td>' in made
    assert '<td data-empty="" data-label="B c"></td>' in made
    assert "<td>3</td>" in made


def test_two_columns_stay_as_they_are():
    """They fit."""
    assert "class" not in html("| A | B |", "| --- | --- |", "| 1 | 2 |")
