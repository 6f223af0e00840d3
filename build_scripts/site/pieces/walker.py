"""A journey to be walked, point by point: everything about it as static HTML, which walker.js brings to life.

Without JavaScript the page shows the map and each point with its questions, what each role must do there and the ways
on. The script shows one point at a time and says nothing of its own about the journey: it moves these very questions,
and copies these very actions and ways, so that words, links and sources are written once. Its marks, besides those of
build_scripts/site/forms.py:

    form[data-walk=PATHWAY][data-first]      the form, with the walk of a case of which nothing is known
    [data-point=ID] [data-point-title] [data-about]
                                             a point's section, its name, and what it is
    [data-role=ID] [data-action=ID] [data-due-if]
                                             who must do what at a point, and on what condition
    [data-way=EDGE][data-by] [data-way-when] a way on, the questions and tools that lead to it, and its condition
    [data-field=TOOL] [data-field=TOOL.QUESTION]
                                             a tool's outcome, chosen directly, and the tool's own questions
    [data-also]                              further names of the same question, where a tool asks it too
    [data-steps] [data-here] [data-asking] [data-slot] [data-direct] [data-chart]
                                             where the way so far, the present point, the question and the map are shown
"""

import json
from dataclasses import replace
from html import escape

from build_scripts.site.errors import SiteError
from build_scripts.site.fields import place_field, question_field, typed_field
from build_scripts.site.forms import KEPT, NO_SUBSTITUTE
from build_scripts.site.html import tag
from build_scripts.site.pieces.areas import here
from build_scripts.site.pieces.site import text
from build_scripts.site.pieces.tools import map_with_text
from decision_logic.conditions import ALWAYS, OutcomeOf, questions_in, walk
from decision_logic.deadlines import length_in_full
from decision_logic.errors import HandbookError
from decision_logic.local import walk_pathway
from decision_logic.model import Question
from decision_logic.pathway import parts_of
from decision_logic.words import Words

WITHOUT_SCRIPT = (
    "To be led from point to point the page needs JavaScript. Without it, start at the first point below: answer its "
    "questions, do what is due, and follow the way that fits."
)


def walker(site, name):
    """The walker of a journey: ``{{ walker enforcement }}``."""
    pathway = site.named("pathways", name)
    if pathway.starts_at is None or name not in site.journeys:
        raise SiteError(f"{name!r} has no beginning to walk from", expected="one of " + ", ".join(site.journeys))
    return [_Walker(site, pathway).html()]


class _Walker:
    def __init__(self, site, pathway):
        self.site, self.pathway = site, pathway
        self.instance = site.instance(f"walk_{pathway.id}")
        self.parts = parts_of(site.rules, pathway)
        self.home = {name: part for part in self.parts for name in part.points}
        points = [point for part in self.parts for point in part.points.values()]
        # Ends come last: between the points they would break the order in which a case meets them.
        self.points = [one for one in points if one.kind != "end"] + [one for one in points if one.kind == "end"]
        self.asked_at = {}
        for point in self.points:
            for name in self._asks(point):
                self.asked_at.setdefault(name, []).append(point)
        tools = [name for name in self.asked_at if name in site.rules.tools]
        self.tools = [site.rules.tools[name] for name in tools]
        self.also = self._also()

    def html(self):
        """The form and the map."""
        site, instance = self.site, self.instance
        form = tag(
            "form",
            tag(
                "div",
                tag("h2", "There is something to put right", class_="hb-summary__title"),
                tag("ul", data_summary_list=True),
                class_="hb-summary",
                data_summary=True,
                tabindex="-1",
                role="group",
                aria_label="Something to put right",
                hidden=True,
            ),
            tag("div", class_="hb-engine", data_engine=True, hidden=True),
            tag("p", WITHOUT_SCRIPT, class_="hb-without", data_without_script=True),
            tag("div", *self._where_and_when(), class_="hb-first") if self.tools else None,
            tag("div", self._so_far(), self._here(), class_="hb-walk__live", data_answer=True, hidden=True),
            tag(
                "div",
                tag("h2", "Every point of the journey"),
                *(self._point(point) for point in self.points),
                class_="hb-walk__points",
                data_points=True,
                id=f"{instance}-points",
            ),
            tag("p", tag("strong", "Before you rely on it. "), NO_SUBSTITUTE, " ", KEPT, class_="hb-disclaimer"),
            class_="hb-tool hb-walk",
            method="dialog",
            novalidate=True,
            autocomplete="off",
            aria_label=f"Walk through {self.pathway.title}",
            data_search_exclude=True,
            data_walk=self.pathway.id,
            data_instance=instance,
            data_title=self.pathway.title,
            data_rules_hash=site.rules.rules_hash,
            data_table=f"{instance}-points",
            data_table_called="list of points",
            data_first=self._first(),
        )
        drawn = map_with_text(site, site.maps[site.journeys[self.pathway.id].id])
        chart = tag(
            "section",
            tag("h2", "The map", id=f"{instance}-map"),
            tag("p", class_="hb-walk__on-map", data_on_map=True, hidden=True),
            drawn,
            class_="hb-walk__map",
            data_chart=True,
            aria_labelledby=f"{instance}-map",
        )
        return tag("div", tag("div", form, chart, class_="hb-walk-page"), class_="hb-frame")

    def _first(self):
        """The walk of a case of which nothing is known, shown before the engine is there."""
        try:
            return json.dumps(walk_pathway(self.site.rules, self.pathway.id, {}), ensure_ascii=False)
        except HandbookError:
            return None  # the journey begins with a tool, which needs a day: the engine shows the first point

    # ---- Where the live parts are shown ----

    def _so_far(self):
        return tag(
            "section",
            tag("h2", "The way so far", id=f"{self.instance}-so-far"),
            tag("ol", class_="hb-steps", data_steps=True),
            class_="hb-walk__so-far",
            aria_labelledby=f"{self.instance}-so-far",
            hidden=True,
        )

    def _here(self):
        bar = tag(
            "div",
            tag("p", class_="hb-bar__status", data_status=True, role="status"),
            tag("button", "Leave it", type="button", class_="hb-button", data_leave=True, hidden=True),
            tag("button", "Continue", type="submit", class_="hb-button hb-button--main", data_go_on=True),
            class_="hb-bar",
        )
        asking = tag(
            "div",
            tag("p", class_="hb-asking__lead", data_asking_lead=True, hidden=True),
            tag("div", class_="hb-asking__slot", data_slot=True),
            tag(
                "details",
                tag("summary", "Or choose the outcome directly"),
                tag("div", class_="hb-fold__body", data_direct=True),
                class_="hb-fold",
                hidden=True,
            ),
            bar,
            class_="hb-asking hb-questions",
            data_asking=True,
        )
        return tag(
            "section",
            tag("h2", "Where the case stands", class_="hb-here__title", id=f"{self.instance}-here", tabindex="-1", data_here_title=True),
            tag("div", class_="hb-here__about", data_here_about=True),
            asking,
            tag("div", class_="hb-here__rest", data_here_rest=True),
            class_="hb-here",
            data_here=True,
            aria_labelledby=f"{self.instance}-here",
        )

    def _where_and_when(self):
        rules, places = self.site.rules, []
        for tool in self.tools:
            places += [place for edition in tool.editions.values() for place in edition.places]
        return [
            *place_field(self.instance, list(dict.fromkeys(places)), rules),
            typed_field(
                self.instance, "on", "date", "On what date?", now=True, compact=True, hint="Left empty, it is today."
            ),
        ]

    # ---- A point ----

    def _point(self, point):
        site, pathway = self.site, self.home[point.id]
        words = Words.of_pathway(site.rules, pathway)
        page = f"{pathway.page}#{point.id.lower()}"
        links = [site.link(page, f"{_short(point)} in the guidance")]
        links += [site.link(site.rules.tools[one].page, site.rules.tools[one].title) for one in point.tools]
        links.append(f'<a href="#{self.instance}-map">the map</a>')
        ways = [edge for edge in pathway.edges.values() if edge.start == point.id]
        return tag(
            "section",
            tag("h3", text(_label(point)), data_point_title=True),
            tag(
                "div",
                f"<p>{text(point.about)} {site.marks(point.cites)}{self._ours(point.readings)}</p>",
                tag("p", "More: ", " · ".join(links), class_="hb-note"),
                data_about=True,
            ),
            here(site, ("point", point.id)),
            self._questions(point),
            self._actions(point, words),
            tag("div", tag("h4", "Then"), tag("ul", *(self._way(words, edge) for edge in ways), class_="hb-ways"))
            if ways
            else None,
            class_="hb-point",
            id=f"{self.instance}-{point.id.lower()}",
            data_point=point.id,
            data_short=_short(point),
            data_kind=point.kind,
        )

    def _asks(self, point):
        """The questions and tools that matter at a point: first those that lead on, then those of its actions."""
        pathway = self.home[point.id]
        conditions = [edge.when for edge in pathway.edges.values() if edge.start == point.id]
        found = {}
        for condition in (*conditions, *point.actions.values()):
            found |= dict.fromkeys(_names(condition))
        return found

    def _also(self):
        """{question: further names}: what the journey and a tool, or two tools, ask alike is asked once."""
        known = {name: question for part in self.parts for name, question in part.questions.items()}
        first, also = {name: name for name in known if name in self.asked_at}, {}
        for tool in self.tools:
            for name, question in tool.questions.items():
                if name in first and known[name] == question:
                    also.setdefault(first[name], []).append(f"{tool.id}.{name}")
                elif name not in first:
                    known[name], first[name] = question, f"{tool.id}.{name}"
        self.stands_for = {other: name for name, others in also.items() for other in others}
        return also

    def _questions(self, point):
        rules, fields, elsewhere = self.site.rules, [], []
        for name in self._asks(point):
            first = self.asked_at[name][0]
            tool = rules.tools.get(name)
            question = None if tool else self.home[point.id].questions[name]
            if first is not point:
                elsewhere.append((tool.title if tool else question.ask, first))
            elif tool:
                fields.append(self._tool(tool))
            else:
                fields.append(self._field(question, " and ".join(_short(one) for one in self.asked_at[name])))
        if elsewhere:
            links = "; ".join(
                f'{text(ask)} (<a href="#{self.instance}-{first.id.lower()}">{text(_short(first))}</a>)'
                for ask, first in elsewhere
            )
            fields.append(tag("p", "This matters here too: ", links, class_="hb-note"))
        return tag("div", tag("h4", "To be answered"), *fields, class_="hb-list") if fields else None

    def _field(self, question, said, tool=None, number=1, count=1):
        also = " ".join(self.also.get(question.id, ())) or None
        local = here(self.site, ("question", question.id))
        return question_field(self.instance, number, count, question, tool, said=said, local=local, data_also=also)

    def _tool(self, tool):
        """A tool behind a way: its outcome, to be chosen directly, and the questions from which it is worked out."""
        titles = {name: outcome.title for name, outcome in tool.outcomes.items()}
        outcome = Question(id=tool.id, ask=tool.title, kind="one_of", options=titles)
        asked = []
        for number, (name, question) in enumerate(tool.questions.items(), 1):
            full = f"{tool.id}.{name}"
            if full not in self.stands_for:
                said = f"Question {number} of {len(tool.questions)} of the tool"
                asked.append(self._field(replace(question, id=full), said, tool))
        page = self.site.link(tool.page, "Open the tool on its own page", data_tool_page="")
        return tag(
            "div",
            self._field(outcome, "The answer of a tool"),
            tag(
                "details",
                tag("summary", "The questions from which the tool works it out"),
                tag("div", tag("p", text(tool.summary), " ", page), *asked, class_="hb-fold__body"),
                class_="hb-fold",
            ),
            class_="hb-walk__tool",
            data_tool_asked=tool.id,
        )

    def _actions(self, point, words):
        rules, roles = self.site.rules, {}
        for name, when in point.actions.items():
            action = rules.actions[name]
            roles.setdefault(action.who, []).append(self._action(action, None if when == ALWAYS else words.say(when)))
        groups = [
            tag(
                "div",
                tag("p", text(rules.roles[who].title), class_="hb-role__name"),
                tag("ul", *items, class_="hb-actions"),
                class_="hb-role",
                data_role=who,
            )
            for who, items in roles.items()
        ]
        return tag("div", tag("h4", "What each role must do here"), *groups, data_due=True) if groups else None

    def _action(self, action, condition):
        site, rules = self.site, self.site.rules
        by = None
        if action.deadline:
            rule = rules.deadlines[action.deadline]
            length = site.link(f"tools/deadlines.md#{rule.id}", length_in_full(rule.limit, rule.target))
            says = f" ({text(rule.says)})" if rule.says else ""
            by = tag("p", f"By when: {length}, from {text(rule.starts)}{says}", class_="hb-action__by")
        forms = ", ".join(site.link(f"reference/forms.md#{one}", rules.forms[one].title) for one in action.forms)
        return tag(
            "li",
            tag("span", action.force.capitalize(), class_=f"hb-badge hb-badge--{action.force}"),
            tag(
                "div",
                tag(
                    "p",
                    text(action.does),
                    f' <span class="hb-when">({text(action.when_words)})</span>' if action.when_words else None,
                    class_="hb-action__does",
                ),
                by,
                tag("p", f"{'Forms' if len(action.forms) > 1 else 'Form'}: {forms}", class_="hb-action__form")
                if forms
                else None,
                tag("p", text(action.note), class_="hb-action__note") if action.note else None,
                tag("p", f"Due if: {text(condition)}", class_="hb-depends", data_due_if=True) if condition else None,
                tag("p", site.marks(action.cites), self._ours(action.readings), class_="hb-cite"),
                here(site, ("action", action.id)),
                class_="hb-action__text",
            ),
            class_="hb-action",
            data_action=action.id,
        )

    def _way(self, words, edge):
        site, rules = self.site, self.site.rules
        condition = edge.label or (words.say(edge.when) if edge.when != ALWAYS else "always")
        due = ""
        if edge.deadline:
            rule = rules.deadlines[edge.deadline]
            due = ", " + site.link(f"tools/deadlines.md#{rule.id}", length_in_full(rule.limit, rule.target))
        end = self.home[edge.end].points[edge.end]
        target = site.link(f"{self.home[edge.end].page}#{end.id.lower()}", _label(end))
        guess = ' <span class="hb-ours">our reconstruction</span>' if edge.basis == "reconstructed" else ""
        when = tag("span", text(condition), due, data_way_when=True)
        return tag(
            "li",
            f"{when}: {target}{guess} {site.marks(edge.cites)}{self._ours(edge.readings)}",
            data_way=edge.id,
            data_by=" ".join(_names(edge.when)),
        )

    def _ours(self, readings):
        """Marks of our readings; their titles are there for those who hear the links."""
        if not readings:
            return ""
        marks = ["our reading"] if len(readings) == 1 else [f"{number}" for number, _ in enumerate(readings, 1)]
        links = ", ".join(
            f'<a href="{self.site.href(f"reference/readings.md#{one}")}" class="hb-ours" title="{escape(title)}">{mark}'
            f'<span class="hb-unseen">: {text(title)}</span></a>'
            for mark, one in zip(marks, readings, strict=True)
            for title in [self.site.rules.readings[one].title]
        )
        return f" {links}" if len(readings) == 1 else f' <span class="hb-ours">our readings {links}</span>'


def _names(condition):
    """The questions and tools that a condition speaks of."""
    tools = [part.tool for part in walk(condition) if isinstance(part, OutcomeOf)]
    return list(dict.fromkeys([*questions_in(condition), *tools]))


def _label(point):
    """A point in words; only the handbook's own points have a name to give."""
    return f"{point.id}: {point.title}" if point.id[0].isupper() else point.title


def _short(point):
    return point.id if point.id[0].isupper() else "The start" if point.kind == "start" else point.title
