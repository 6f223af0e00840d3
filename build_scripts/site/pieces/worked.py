"""A case worked through: what was answered, and how each figure comes out of it. The engine does the sums while the page is made."""

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.scenarios import case_link
from build_scripts.site.pieces.site import text
from build_scripts.site.pieces.tools import _table
from decision_logic import decide
from decision_logic.errors import did_you_mean
from decision_logic.words import answer_in_words


def worked(site, name):
    """``{{ worked CASE }}``: a case of a tool that has figures."""
    cases = {one.data.id: one for one in site.scenarios if one.tool}
    if name not in cases:
        raise SiteError(
            f"there is no case {name!r} of a tool",
            found=repr(name),
            expected="an identifier from decision_logic/scenarios/",
            hint=did_you_mean(name, cases),
        )
    case = cases[name]
    tool, data = site.rules.tools[case.tool], case.data
    answer = decide(site.rules, case.tool, data.answers, on=data.on, place=data.place)
    given = {
        question.id: answer_in_words(question, answer["answers"][question.id])
        for question in tool.questions.values()
        if question.id in answer["answers"]
    }
    answers = "".join(
        f"<li>{text(tool.questions[one].label)}: <strong>{text(words)}</strong></li>" for one, words in given.items()
    )
    rows = [
        (
            "",
            (
                text(figure["title"]),
                text(_with_numbers(tool, figure["worked_out"], given)),
                f"<strong>{text(figure['value'])}</strong> {text(figure['unit'])}",
                f"{text(figure['because'])} {site.marks(figure['cites'])}",
            ),
        )
        for figure in answer["figures"]
        if figure["value"] is not None
    ]
    if not rows:
        raise SiteError(f"the case {name!r} works out no figure", expected="a case of a tool that has figures")
    met = "".join(
        f"<li>{text(one['title'])}: {text(one['because'])} {site.marks(one['cites'])}</li>"
        for one in answer["criteria"]
    )
    return [
        f"<p>{text(data.story)}</p><ul>{answers}</ul>",
        _table(("Figure", "Worked out as", "Comes to", "Why"), rows),
        (f"<p>On top of it:</p><ul>{met}</ul>" if met else "")
        + f"<p><strong>{text(answer['title'])}</strong> {case_link(site, case)}</p>",
    ]


def _with_numbers(tool, words, given):
    for question, value in given.items():
        words = words.replace(f"“{tool.questions[question].label.rstrip('?')}”", value)
    return words
