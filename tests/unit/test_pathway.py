"""Walks on the two journeys: where a case stands, by which way, and what is due there.

Each case was derived by hand from the process points IE1 to Com5c, one by one; where a journey's map is lost with
the source's pictures, from the way that the text implies.
"""

from datetime import date

import pytest

from build_scripts.load import load_rules
from decision_logic import to_json, walk_pathway
from decision_logic.errors import AnswerError, RequestError
from decision_logic.model import RuleSet
from tests.rule_sets import small_plain, small_rules

RULES = load_rules().rules
DAY = "2011-04-21"

TESTED = {"how_they_come": "positive_test"}
REQUIRED = TESTED | {"requirement_made": "yes"}
CAME = REQUIRED | {"comes_to_initial_assessment": "yes"}
FOLLOW_UP = CAME | {"required_assessment": "follow_up_needed"}
PLANNED = FOLLOW_UP | {"residence": "here", "attends_follow_up": "yes"}
ON_CASELOAD = PLANNED | {"accepts_care_plan": "yes"}
REVIEWED = ON_CASELOAD | {"engagement_with_dip": "engages"}
DISENGAGED = ON_CASELOAD | {"engagement_with_dip": "disengages", "satisfied_offending_stopped": "no"}

NEGATIVE = {"how_they_come": "negative_test"}
IDENTIFIED = NEGATIVE | {"identification": "criteria_met", "believed": "yes"}
SEEN = IDENTIFIED | {"attends_first_assessment": "yes"}
CONSENTS = SEEN | {"consents_to_assessment": "yes"}
MORE = CONSENTS | {"additional_appointment_decision": "needed"}
AGREED = MORE | {"accepts_additional_appointment": "yes"}


def walk(pathway, answers):
    return walk_pathway(RULES, pathway, answers, on=DAY, place="england", today=date(2011, 4, 21))


def points(result):
    return [visit["point"] for visit in result["visited"]]


def due(result, point, certain=True):
    """The actions of a point that are certainly due, or that only may be."""
    visit = next(one for one in result["visited"] if one["point"] == point)
    return {action["id"] for action in visit["actions"] if action["certain"] is certain}


# (journey, answers, points in order, status, what is asked)
WALKS = {
    "nothing is known": ("enforcement", {}, "start", "waiting", "how_they_come"),
    "a positive test leads to IE1": ("enforcement", TESTED, "start IE1", "waiting", "requirement_made"),
    "no requirement on an inspector's authority": (
        "enforcement", TESTED | {"requirement_made": "no"}, "start IE1 end_no_requirement", "ended", None),
    "required, and still to come": ("enforcement", REQUIRED, "start IE1", "waiting", "comes_to_initial_assessment"),
    "did not come to the initial assessment": (
        "enforcement", REQUIRED | {"comes_to_initial_assessment": "no"}, "start IE1 end_failed_first_assessment",
        "ended", None),
    "came; the tool on the required assessment is asked": (
        "enforcement", CAME, "start IE1 IE2 IE3", "waiting", "required_assessment"),
    "came, and left early": (
        "enforcement", CAME | {"required_assessment": "failed_to_attend_or_remain"},
        "start IE1 IE2 IE3 end_failed_first_assessment", "ended", None),
    "no more intervention needed": (
        "enforcement", CAME | {"required_assessment": "no_further_intervention"},
        "start IE1 IE2 IE3 end_no_further_intervention", "ended", None),
    "on a Drug Rehabilitation Requirement": (
        "enforcement", CAME | {"required_assessment": "on_drr"}, "start IE1 IE2 IE3 end_reported_to_probation",
        "ended", None),
    "already on a caseload, care plan reviewed": (
        "enforcement", CAME | {"required_assessment": "already_on_caseload"}, "start IE1 IE2 IE3 Com4 Com5", "waiting",
        "suspension_closure"),
    "care plan agreed at once": (
        "enforcement", CAME | {"required_assessment": "plan_agreed_at_once"}, "start IE1 IE2 IE3 Com1", "waiting",
        "accepts_care_plan"),
    "follow-up; where they live is not known": (
        "enforcement", FOLLOW_UP, "start IE1 IE2 IE3 IE4", "waiting", "residence"),
    "lives here and came to the follow-up": (
        "enforcement", PLANNED, "start IE1 IE2 IE3 IE4 Com1", "waiting", "accepts_care_plan"),
    "no fixed abode counts as living here": (
        "enforcement", PLANNED | {"residence": "no_fixed_abode"}, "start IE1 IE2 IE3 IE4 Com1", "waiting",
        "accepts_care_plan"),
    "lives elsewhere, the other CJIT takes over": (
        "enforcement", FOLLOW_UP | {"residence": "elsewhere"}, "start IE1 IE2 IE3 IE4 IE4a IE4b", "waiting",
        "attends_follow_up"),
    "lives elsewhere and came there": (
        "enforcement", PLANNED | {"residence": "elsewhere"}, "start IE1 IE2 IE3 IE4 IE4a IE4b Com1", "waiting",
        "accepts_care_plan"),
    "lives elsewhere and did not come there": (
        "enforcement", FOLLOW_UP | {"residence": "elsewhere", "attends_follow_up": "no"},
        "start IE1 IE2 IE3 IE4 IE4a IE4b end_failed_follow_up", "ended", None),
    "lives in Scotland": (
        "enforcement", FOLLOW_UP | {"residence": "outside_england_and_wales"},
        "start IE1 IE2 IE3 IE4 end_no_cjit_of_residence", "ended", None),
    "restriction on bail": (
        "enforcement", {"how_they_come": "restriction_on_bail"}, "start condition_assessment", "waiting",
        "attends_first_assessment"),
    "restriction on bail, and did not come": (
        "enforcement", {"how_they_come": "restriction_on_bail", "attends_first_assessment": "no"},
        "start condition_assessment end_failed_condition", "ended", None),
    "a self-referral belongs to the other journey": (
        "enforcement", {"how_they_come": "self_referral"}, "start end_proactive_journey", "ended", None),
    "refuses the care plan": (
        "enforcement", PLANNED | {"accepts_care_plan": "no"}, "start IE1 IE2 IE3 IE4 Com1 end_care_plan_refused",
        "ended", None),
    "joins the caseload": (
        "enforcement", ON_CASELOAD, "start IE1 IE2 IE3 IE4 Com1 Com2 Com3", "waiting", "engagement_with_dip"),
    "misses appointments and is helped back": (
        "enforcement", ON_CASELOAD | {"engagement_with_dip": "misses_appointments"},
        "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 Com4 Com5", "waiting", "suspension_closure"),
    "disengages, and nobody knows whether offending has stopped": (
        "enforcement", DISENGAGED, "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 outreach", "waiting", "outreach_result"),
    "comes back after outreach": (
        "enforcement", DISENGAGED | {"outreach_result": "re_engages"},
        "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 outreach Com4 Com5", "waiting", "suspension_closure"),
    "persistently refuses": (
        "enforcement", DISENGAGED | {"outreach_result": "persistently_refuses"},
        "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 outreach Com5c end_closed_by_service_user", "ended", None),
    "suspended for a short stay in prison": (
        "enforcement", REVIEWED | {"suspension_closure": "suspend_short_stay"},
        "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 Com4 Com5 Com5a", "waiting", "after_suspension"),
    "released and not to be brought back": (
        "enforcement",
        REVIEWED | {"suspension_closure": "suspend_short_stay", "after_suspension": "released_not_re_engaged"},
        "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 Com4 Com5 Com5a Com5b end_closed_by_cjit", "ended", None),
    "died": (
        "enforcement", REVIEWED | {"suspension_closure": "close_died"},
        "start IE1 IE2 IE3 IE4 Com1 Com2 Com3 Com4 Com5 Com5b end_closed_by_cjit", "ended", None),
    "a negative test; Annex E is asked": (
        "proactive_engagement", NEGATIVE, "start IPAE1 IPAE2", "waiting", "identification"),
    "no test taken goes the same way": (
        "proactive_engagement", {"how_they_come": "no_test_taken"}, "start IPAE1 IPAE2", "waiting", "identification"),
    "identified": (
        "proactive_engagement", IDENTIFIED, "start IPAE1 IPAE2 IPAE3", "waiting", "attends_first_assessment"),
    "not identified": (
        "proactive_engagement", NEGATIVE | {"identification": "criteria_not_met"},
        "start IPAE1 IPAE2 end_not_identified", "ended", None),
    "the criteria are met, and the officer does not believe it": (
        "proactive_engagement", IDENTIFIED | {"believed": "no"}, "start IPAE1 IPAE2 end_not_identified", "ended", None),
    "the criteria are met, and nobody has said what they believe": (
        "proactive_engagement", NEGATIVE | {"identification": "criteria_met"}, "start IPAE1 IPAE2", "waiting", "believed"),
    "found at court": (
        "proactive_engagement", {"how_they_come": "identified_at_court"}, "start IPAE3", "waiting",
        "attends_first_assessment"),
    "a positive test belongs to the other journey": (
        "proactive_engagement", TESTED, "start end_enforcement_journey", "ended", None),
    "does not come to the assessment": (
        "proactive_engagement", IDENTIFIED | {"attends_first_assessment": "no"},
        "start IPAE1 IPAE2 IPAE3 end_not_engaged", "ended", None),
    "refuses to be assessed": (
        "proactive_engagement", SEEN | {"consents_to_assessment": "no"},
        "start IPAE1 IPAE2 IPAE3 IPAE4 end_assessment_refused", "ended", None),
    "no more intervention needed, by consent": (
        "proactive_engagement", CONSENTS | {"additional_appointment_decision": "not_needed"},
        "start IPAE1 IPAE2 IPAE3 IPAE4 IPAE5 end_no_further_intervention", "ended", None),
    "care plan agreed in one appointment": (
        "proactive_engagement", CONSENTS | {"additional_appointment_decision": "plan_agreed_at_once"},
        "start IPAE1 IPAE2 IPAE3 IPAE4 IPAE5 Com1", "waiting", "accepts_care_plan"),
    "refuses the additional appointment": (
        "proactive_engagement", MORE | {"accepts_additional_appointment": "no"},
        "start IPAE1 IPAE2 IPAE3 IPAE4 IPAE5 IPAE6 end_additional_appointment_refused", "ended", None),
    "lives elsewhere: IPAE7a, and not IE4a as the text has it": (
        "proactive_engagement", AGREED | {"residence": "elsewhere"},
        "start IPAE1 IPAE2 IPAE3 IPAE4 IPAE5 IPAE6 IPAE7 IPAE7a IPAE7b", "waiting", "attends_additional_appointment"),
    "lives here and came": (
        "proactive_engagement", AGREED | {"residence": "here", "attends_additional_appointment": "yes"},
        "start IPAE1 IPAE2 IPAE3 IPAE4 IPAE5 IPAE6 IPAE7 Com1", "waiting", "accepts_care_plan"),
    "the common part alone": ("common", {}, "Com1", "waiting", "accepts_care_plan"),
}  # fmt: skip


@pytest.mark.parametrize(("pathway", "answers", "way", "status", "asked"), WALKS.values(), ids=WALKS)
def test_where_a_case_stands(pathway, answers, way, status, asked):
    result = walk(pathway, answers)
    assert points(result) == way.split()
    assert (result["status"], result["next_question"]) == (status, asked)
    assert result["stands_at"] == way.split()[-1]


def test_the_way_travelled_is_named_edge_by_edge():
    result = walk("enforcement", PLANNED)
    expected = ["start_positive_test", "ie1_attends", "ie2_to_ie3", "ie3_follow_up_needed", "ie4_lives_here"]
    assert result["travelled"] == expected
    assert [visit["left_by"] for visit in result["visited"]] == [*expected, None]


@pytest.mark.parametrize("outcome", ["keep", "bring_back_first", "refer_to_treatment", "steps_before_closing"])
def test_a_case_that_is_kept_comes_round_to_com4(outcome):
    result = walk("enforcement", REVIEWED | {"suspension_closure": outcome})
    assert (result["status"], result["stands_at"], result["next_question"]) == ("comes_round", "Com4", None)
    assert points(result)[-1] == "Com5"  # Com4 is told of once
    assert result["ways_on"] == []


def test_a_case_comes_round_from_a_suspension_too():
    answers = REVIEWED | {"suspension_closure": "suspend_drr", "after_suspension": "drr_completed_re_engages"}
    result = walk("enforcement", answers)
    assert (result["status"], result["stands_at"], points(result)[-1]) == ("comes_round", "Com4", "Com5a")


def test_failing_to_come_is_reported_only_once_it_is_known():
    may = walk("enforcement", REQUIRED)
    assert {"ie1_warn", "ie1_give_notice", "ie1_require_attendance"} <= due(may, "IE1")
    assert "inform_failure_to_attend" in due(may, "IE1", certain=False)
    assert "inform_failure_to_attend" not in due(walk("enforcement", CAME), "IE1")
    failed = walk("enforcement", REQUIRED | {"comes_to_initial_assessment": "no"})
    assert "inform_failure_to_attend" in due(failed, "IE1")


def test_outreach_waits_for_what_is_known_of_the_offending():
    failed = REQUIRED | {"comes_to_initial_assessment": "no"}
    assert "outreach_start" in due(walk("enforcement", failed), "IE1", certain=False)
    assert "outreach_start" in due(walk("enforcement", failed | {"satisfied_offending_stopped": "no"}), "IE1")
    stopped = walk("enforcement", failed | {"satisfied_offending_stopped": "yes"})
    assert "outreach_start" not in due(stopped, "IE1") | due(stopped, "IE1", certain=False)


def test_a_refusal_to_engage_leads_to_a_warning_and_a_follow_up():
    refused = {
        "engages_at_assessment": "no",
        "required_assessment.attendance": "attended_and_remained",
        "required_assessment.engages_at_assessment": "no",
        "required_assessment.on_drr": "no",
        "required_assessment.on_caseload": "no",
        "required_assessment.care_plan": "neither",
    }
    result = walk("enforcement", CAME | refused)
    assert result["tools"]["required_assessment"]["outcome"] == "follow_up_needed"
    assert result["stands_at"] == "IE4"
    assert {"ie2_warn", "ie2_consider_risk"} <= due(result, "IE2")
    assert "ie3_give_notice" in due(result, "IE3")


def test_proactive_refusals_are_warned_of_and_bring_no_prosecution():
    result = walk("proactive_engagement", SEEN | {"consents_to_assessment": "no", "identified_by_police": "yes"})
    assert {"ipae4_warn", "inform_failure_to_engage", "ipae4_consider_risk"} <= due(result, "IPAE4")
    assert "inform_failure_to_attend" not in due(result, "IPAE4") | due(result, "IPAE4", certain=False)


def test_the_time_for_the_follow_up_stands_on_its_way():
    result = walk("enforcement", CAME)
    way = next(one for one in result["ways_on"] if one["edge"] == "ie3_follow_up_needed")
    assert (way["to"], way["deadline"], way["length"]) == ("IE4", "follow_up", "five working days")


def test_what_is_not_known_leaves_ways_open_and_a_later_answer_closes_some():
    """At IE4 the follow-up was attended, but nobody has said where the person lives."""
    result = walk("enforcement", FOLLOW_UP | {"attends_follow_up": "yes"})
    assert result["stands_at"] == "IE4"
    assert {one["edge"] for one in result["ways_on"]} == {
        "ie4_lives_here", "ie4_no_fixed_abode", "ie4_lives_elsewhere", "ie4_lives_outside"}  # fmt: skip


def test_not_known_is_the_same_as_no_answer():
    known = walk("enforcement", REQUIRED | {"comes_to_initial_assessment": "not_known"})
    absent = walk("enforcement", REQUIRED)
    assert to_json(known) == to_json(absent)


def test_later_answers_wait_unused_while_an_earlier_one_leads_elsewhere():
    elsewhere = walk("enforcement", REVIEWED | {"requirement_made": "no"})
    assert points(elsewhere) == ["start", "IE1", "end_no_requirement"]
    assert elsewhere["answers"]["accepts_care_plan"] == "yes"
    assert walk("enforcement", REVIEWED)["stands_at"] == "Com5"


def test_a_tool_is_worked_out_from_its_own_answers():
    asked = walk("proactive_engagement", NEGATIVE)["ask"]
    assert asked["tool"] == "identification"
    assert asked["question"] in RULES.tools["identification"].questions
    answers = NEGATIVE | {"identification.drug_test": "negative", "identification.volunteered": "yes", "believed": "yes"}
    result = walk("proactive_engagement", answers)
    assert result["tools"]["identification"]["outcome"] == "criteria_met"
    assert result["stands_at"] == "IPAE3"


def test_an_outcome_given_directly_comes_before_the_tools_own_answers():
    answers = NEGATIVE | {"identification.drug_test": "negative", "identification.volunteered": "yes"}
    result = walk("proactive_engagement", answers | {"identification": "criteria_not_met"})
    assert result["stands_at"] == "end_not_identified"


@pytest.mark.parametrize(("answers", "named"), [
    ({"shoe_size": "42"}, "shoe_size"), ({"how_they_come": "by_bus"}, "how_they_come"),
    ({"required_assessment": "no_such_outcome"}, "required_assessment"), (["how_they_come"], ""),
])  # fmt: skip
def test_answers_that_cannot_be_used_are_named(answers, named):
    with pytest.raises(AnswerError) as error:
        walk("enforcement", answers)
    assert named in str(error.value)


@pytest.mark.parametrize(("answers", "told"), [
    ({"identification.drugtest": "positive"}, "identification.drugtest: the tool 'identification' has no such question"),
    ({"identification.volunteered": "perhaps"}, "identification.volunteered: this answer cannot be used"),
    ({"appointment.residence": "nowhere"}, "appointment.residence: this answer cannot be used"),
    ({"identification.drug_test": "pozitive"}, "identification.drug_test: this answer cannot be used"),
    ({"suspension_closure.received_on": "2011-02-30"}, "suspension_closure.received_on: There is no such day."),
    ({"suspension_closure.received_on": "2010-02-10", "suspension_closure.release_on": "2010-02-01"},
     "suspension_closure.release_on, suspension_closure.received_on: these answers cannot occur together"),
    (NEGATIVE | {"identification.inferred": ["smell"]}, "identification.inferred: the list has something that is no option"),
])  # fmt: skip
def test_answers_to_a_tool_are_read_wherever_the_case_stands(answers, told):
    """A mistake is told of, under the name that was used, although the walk may never come to that tool."""
    with pytest.raises(AnswerError) as error:
        walk("proactive_engagement", answers)
    assert str(error.value).startswith(told)


def test_a_tool_that_the_walk_has_not_come_to_is_no_part_of_its_answer():
    result = walk("proactive_engagement", {"suspension_closure.drr": "none", "identification.volunteered": "yes"})
    assert (result["stands_at"], result["tools"]) == ("start", {})


def test_an_unknown_journey_is_refused():
    with pytest.raises(RequestError):
        walk("enforcment", {})


def test_every_point_that_is_visited_says_where_it_stands_in_the_guidance():
    for visit in walk("proactive_engagement", AGREED | {"residence": "elsewhere"})["visited"]:
        assert visit["page"].endswith("#" + visit["point"].lower())


def test_an_answer_that_journey_and_tool_share_is_given_once():
    """What the journey was told of a question, a tool behind its edges knows too."""
    walk = walk_pathway(small_rules(), "way", {"asks": "yes"}, on="2010-03-01", place="town")
    assert (walk["status"], walk["travelled"]) == ("ended", ["visited"])
    assert walk["answers"] == {"asks": "yes"}


def carrying(**entries):
    """The small journey, whose answer to `told` says something about the tool's question `ordered`."""
    plain = small_plain()
    way = plain["pathways"]["way"]
    way["questions"]["told"] = {"ask": "What were you told?", "kind": "one_of", "options": {name: name for name in entries}}
    way["points"]["W1"]["actions"]["write"] = {"told": next(iter(entries))}
    way["carries"] = {"told": {"visit.ordered": entries}}
    return RuleSet.from_plain(plain)


def on_the_way(rules, **answers):
    given = {name.replace("visit_", "visit."): value for name, value in answers.items()}
    return walk_pathway(rules, "way", given, on="2010-03-01", place="town")


def test_a_tool_takes_over_what_the_journey_was_told():
    """A carried answer counts as if it were given to the tool, which then does not ask again."""
    rules = carrying(order={"answer": "yes"}, none={"answer": "no"})
    assert on_the_way(rules, told="order")["tools"]["visit"]["outcome"] == "by_order"
    assert on_the_way(rules, told="order")["tools"]["visit"]["answers"] == {"ordered": "yes"}
    assert on_the_way(rules, told="none", visit_ordered="not_known")["tools"]["visit"]["answers"] == {"ordered": "no"}
    assert on_the_way(rules)["tools"] == {}


def test_a_tool_may_be_told_more_where_the_journey_allows_it():
    """What came out later replaces the carried answer; without a carried answer the tool still asks."""
    rules = carrying(order={"answer": "yes", "allows": ["no"]}, none={"allows": ["no"]})
    assert on_the_way(rules, told="order", visit_ordered="no")["tools"]["visit"]["answers"] == {"ordered": "no"}
    assert on_the_way(rules, told="none", visit_ordered="no")["tools"]["visit"]["answers"] == {"ordered": "no"}
    assert on_the_way(rules, told="none")["tools"] == {}


@pytest.mark.parametrize("told", ["order", "none"])
def test_what_contradicts_a_carried_answer_is_refused(told):
    """Both answers are named, with what the tool could have been told."""
    rules = carrying(order={"answer": "yes"}, none={"allows": ["yes"]})
    with pytest.raises(AnswerError) as error:
        on_the_way(rules, told=told, visit_ordered="no")
    assert error.value.questions == ("told", "visit.ordered")
    assert "for visit.ordered yes or not_known" in str(error.value)


def asked_for_a_letter(when):
    """The small journey with answers that cannot stand together."""
    plain = small_plain()
    plain["pathways"]["way"]["impossible"] = {"no_letter": {"when": when, "because": "Who asks gets no letter."}}
    return RuleSet.from_plain(plain)


LETTER = {"all": [{"asks": "yes"}, {"outcome": {"visit": "letter"}}]}


def test_answers_that_cannot_stand_together_are_refused_with_the_reason():
    """Wherever the case stands, both answers are named."""
    with pytest.raises(AnswerError, match="Who asks gets no letter") as caught:
        walk_pathway(asked_for_a_letter(LETTER), "way", {"asks": "yes", "visit": "letter"}, on="2010-03-01")
    assert caught.value.questions == ("asks", "visit")
    assert caught.value.found == "asks: yes, visit: letter"


@pytest.mark.parametrize("answers", [{"asks": "no", "visit": "letter"}, {"visit": "letter"}, {"asks": "yes"}, {"asks": "yes", "visit": "by_wish"}])
def test_what_can_stand_together_or_is_not_known_is_walked(answers):
    """One answer alone contradicts nothing."""
    result = walk_pathway(asked_for_a_letter(LETTER), "way", answers, on="2010-03-01")
    assert result["stands_at"] in ("W1", "W2")


@pytest.mark.parametrize("way", ["self_referral", "identified_at_court", "released_from_prison", "end_of_supervision"])
def test_nobody_who_came_otherwise_was_identified_by_the_police(way):
    """It decides who is reported, so it is not passed over."""
    with pytest.raises(AnswerError) as caught:
        walk("proactive_engagement", {"how_they_come": way, "identified_by_police": "yes"})
    assert caught.value.questions == ("how_they_come", "identified_by_police")
    assert walk("proactive_engagement", {"how_they_come": way, "identified_by_police": "no"})["travelled"]
