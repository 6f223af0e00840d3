"""Picture to DOT."""

from dataclasses import replace

from diagrams import Edge, Node, Picture, load_style
from diagrams.dot import to_dot
from diagrams.wrapping import wrap
from tests.unit.diagram_pictures import DECISION, JOURNEY

STYLE = load_style()


def test_the_same_picture_gives_the_same_text():
    """Drawing twice, and drawing an equal copy, gives the same DOT."""
    assert to_dot(JOURNEY, STYLE) == to_dot(JOURNEY, STYLE) == to_dot(replace(JOURNEY), STYLE)


def test_every_way_carries_its_words_and_its_deadline():
    """The condition and the deadline of a way stand on it."""
    text = to_dot(JOURNEY, STYLE)
    assert "within\N{NO-BREAK SPACE}" not in text
    for words in ("follow-up", "within five", "working days", "lives elsewhere"):
        assert words in text


def test_the_signs_of_dot_and_html_are_only_words():
    """Titles and labels may hold any sign without becoming markup."""
    nodes = (Node("a", 'A <b> & "c" \\n', "action"), Node("b", "B", "end"))
    text = to_dot(Picture("p", "P", "A picture.", nodes, (Edge("e", "a", "b", "x \\N y"),)), STYLE)
    assert "A &lt;b&gt; &amp;" in text
    assert "x \\\\N y" in text


def test_ends_are_stacked_beside_the_main_line():
    """Ends of one step stand one above the other and the main line goes on below them, so that a map stays narrow."""
    text = to_dot(JOURNEY, STYLE)
    assert "nothing_further -> words__IE2_to_under_drr" in text
    assert "already_known -> IE3" in text


def test_a_map_of_short_names_has_no_words_on_its_ways():
    """A small map shows short names only."""
    assert "Yes" not in to_dot(replace(DECISION, small=True), STYLE)


def test_lines_are_of_about_equal_length():
    """Words are broken evenly: no line of one word beneath a full one where two even lines will do."""
    assert wrap("Require attendance at the assessments", 30) == ["Require attendance", "at the assessments"]
    assert wrap("one", 3) == ["one"]
    assert wrap("incomprehensibilities", 5) == ["incomprehensibilities"]
