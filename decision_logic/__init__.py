"""The decision engine of the handbook.

The one public door: rules are built from plain data with :class:`RuleSet`; :func:`decide`, :func:`deadline` and
:func:`workdays` answer for one case, :func:`walk_pathway` follows one along a journey, :func:`draw_dates` draws test days;
:func:`to_json` gives the exact bytes that the command line and the browser show.
The package uses the standard library only, because this very code is what the browser runs.
"""

from decision_logic.drawing import draw_dates
from decision_logic.engine import to_json, workdays
from decision_logic.errors import AnswerError, DateError, EditionError, HandbookError, Problem, RequestError, RuleError
from decision_logic.local import deadline, decide, walk_pathway
from decision_logic.model import RuleSet
from decision_logic.space import Space

__all__ = [
    "AnswerError",
    "DateError",
    "EditionError",
    "HandbookError",
    "Problem",
    "RequestError",
    "RuleError",
    "RuleSet",
    "Space",
    "deadline",
    "decide",
    "draw_dates",
    "to_json",
    "walk_pathway",
    "workdays",
]
