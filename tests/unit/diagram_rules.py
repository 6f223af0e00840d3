"""Rules as small as can be for the tests of the maps, as plain data."""

_CITED = {"cites": ["x.y"]}
_RULE = {"because": "b", **_CITED}


def _point(title, stage, kind, **more):
    return {"title": title, "stage": stage, "kind": kind, "about": "a", **_CITED, **more}


def _way(tail, head, basis="stated", **more):
    return {"from": tail, "to": head, "basis": basis, **_CITED, **more}


PLAIN = {
    "places": {"england": {"title": "England", "calendar": "england_and_wales"}},
    "calendars": {
        "england_and_wales": {
            "id": "england_and_wales",
            "title": "England and Wales",
            "source": "s",
            "checked_on": "2026-01-01",
            "from_year": "2003",
            "to_year": "2028",
            "weekend": ["saturday", "sunday"],
            "holidays": {},
        }
    },
    "sources": {
        "book": {
            "id": "book",
            "title": "Book",
            "publisher": "P",
            "published": "2010",
            "about": "a",
            "provisions": {"x.y": {"section": "s", "force": "must", "summary": "s"}},
        }
    },
    "roles": {
        "police": {"title": "Police", "about": "a", "colour_key": "police"},
        "worker": {"title": "CJIT worker", "about": "a", "colour_key": "cjit"},
    },
    "deadlines": {
        "follow_up": {
            "title": "Follow-up",
            "from": "the assessment",
            "needs": "date",
            "in": ["england"],
            "calendar": "place",
            "limit": {"count": "5", "unit": "working_days"},
            "force": "must",
            **_CITED,
        }
    },
    "questions": {"attends": {"ask": "Does the person attend?", "short": "Attends", "kind": "yes_no"}},
    "pathways": {
        "enforcement": {
            "id": "enforcement",
            "title": "Enforcement",
            "summary": "s",
            "page": "guidance/enforcement.md",
            "includes": ["common"],
            "starts_at": "IE1",
            "questions": {"attends": "shared"},
            "points": {
                "IE1": _point("Require attendance", "identification", "action", role="police"),
                "IE2": _point("Assess", "assessment", "decision", role="worker"),
                "end_failed": _point("Reported", "identification", "end"),
            },
            "edges": {
                "ie1_fails": _way("IE1", "end_failed", when={"attends": "no"}, label="does not attend"),
                "ie1_to_ie2": _way("IE1", "IE2", "reconstructed", when={"attends": "yes"}, deadline="follow_up"),
                "ie2_fails": _way("IE2", "end_failed", when={"attends": "no"}),
                "ie2_to_com1": _way("IE2", "Com1"),
            },
        },
        "common": {
            "id": "common",
            "title": "Common",
            "summary": "s",
            "page": "guidance/common.md",
            "common": "yes",
            "points": {
                "Com1": _point("Care plan", "case_management", "action", role="worker"),
                "end_closed": _point("Closed", "case_management", "end"),
            },
            "edges": {"com1_closed": _way("Com1", "end_closed")},
        },
    },
    "tools": {
        "identification": {
            "id": "identification",
            "title": "Is there enough?",
            "summary": "s",
            "for": ["police"],
            "page": "tools/identification.md",
            "editions": {
                "first": {"title": "First", "in": ["england"], "from": "2003-04-01", "status": "in_force", **_CITED}
            },
            "questions": {
                "tested": {
                    "ask": "What did the test show?",
                    "kind": "one_of",
                    "options": {"positive": "Positive", "negative": "Negative", "none": "No test was taken"},
                },
                "age": {"ask": "How old is the person?", "kind": "number", "unit": "years"},
                "volunteered": {"ask": "Has the person said so?", "kind": "yes_no"},
                "signs": {
                    "ask": "Which signs are there?",
                    "kind": "several_of",
                    "options": {"marks": "Needle marks", "earlier": "Earlier misuse"},
                },
                "more": {
                    "ask": "Which other information is there?",
                    "kind": "several_of",
                    "options": {"intelligence": "Intelligence", "relative": "From a relative"},
                },
                "held_on": {"ask": "When was the assessment?", "short": "Assessment", "kind": "date"},
                "seen_on": {"ask": "When is the follow-up?", "short": "Follow-up date", "kind": "date"},
            },
            "outcomes": {
                "required": {
                    "title": "A required assessment follows.",
                    "when": {"tested": "positive", "age": {"at_least": "18"}},
                    **_RULE,
                },
                "silent": {
                    "title": "Adults only",
                    "kind": "gap",
                    "when": {"tested": "positive", "age": {"less_than": "18"}},
                    **_RULE,
                },
                "met": {
                    "title": "Criteria met",
                    "when": {
                        "all": [{"tested": "negative"}, {"any": [{"volunteered": "yes"}, {"signs": "any_of_them"}]}]
                    },
                    **_RULE,
                },
                "supported": {
                    "title": "Support needed",
                    "when": {
                        "tested": "negative",
                        "volunteered": "no",
                        "signs": "none_of_them",
                        "more": {"includes": "intelligence"},
                    },
                    **_RULE,
                },
                "not_met": {
                    "title": "Criteria not met",
                    "when": {
                        "all": [
                            {"tested": "negative", "volunteered": "no", "signs": "none_of_them"},
                            {"not": {"more": {"includes": "intelligence"}}},
                        ]
                    },
                    **_RULE,
                },
                "late": {
                    "title": "Too late",
                    "when": {"tested": "none", "seen_on": {"after": {"last_day_of": "follow_up"}}},
                    **_RULE,
                },
                "in_time": {
                    "title": "In time",
                    "when": {"tested": "none", "seen_on": {"on_or_before": {"last_day_of": "follow_up"}}},
                    **_RULE,
                },
            },
            "deadlines": {"follow_up": {"from": "held_on", "when": "always"}},
        }
    },
}
