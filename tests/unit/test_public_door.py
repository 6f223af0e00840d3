"""The public names of the engine: what is not here may change without notice."""

import decision_logic


def test_the_door_is_as_wide_as_it_says():
    """A name comes in or goes only by a change to this list."""
    assert sorted(decision_logic.__all__) == [
        "AnswerError", "DateError", "EditionError", "HandbookError", "Problem", "RequestError", "RuleError", "RuleSet", "Space",
        "deadline", "decide", "draw_dates", "to_json", "walk_pathway", "workdays",
    ]
    assert all(hasattr(decision_logic, name) for name in decision_logic.__all__)
