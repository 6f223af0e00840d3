"""Run a scenario and say in words where the answer differs from what it expects."""

from decision_logic import HandbookError, decide, walk_pathway


def run_scenario(rules, scenario):
    """[] where all is as expected, else sentences that name what differs."""
    data = scenario.data
    try:
        if scenario.pathway:
            answer = walk_pathway(rules, scenario.pathway, data.answers, on=data.on, place=data.place)
        else:
            answer = decide(rules, scenario.tool, data.answers, on=data.on, place=data.place)
    except HandbookError as error:
        wanted = data.expect.error
        if wanted and wanted in str(error):
            return []
        return [f"expected {'the error ' + repr(wanted) if wanted else 'an answer'}, found the error: {error.message}"]
    if data.expect.error:
        return [f"expected the error {data.expect.error!r}, found {answer.get('outcome') or answer['status']}"]
    return list((walk_differences if scenario.pathway else differences)(data.expect, answer))


def walk_differences(expect, walk):
    """Sentences for each thing of a walk that is not as expected."""
    yield from _same("status", expect.status, walk["status"])
    if expect.stands_at is not None:
        yield from _same("stands_at", expect.stands_at, walk["stands_at"])
    if expect.travelled is not None:
        yield from _same("travelled", list(expect.travelled), walk["travelled"])
    if expect.next_question is not None:
        yield from _same("next_question", expect.next_question, walk["next_question"] or "none")
    visited = {one["point"]: one for one in walk["visited"]}
    if expect.actions is not None:
        here = visited[walk["stands_at"]]
        yield from _same("actions", expect.actions, {one["id"]: _certainty(one) for one in here["actions"]})
    yield from _area_notes(expect, walk)
    for point, wanted in (expect.actions_at or {}).items():
        if point not in visited:
            yield f"actions_at: the walk never comes to {point}, only to {_text(list(visited))}"
        else:
            yield from _same(f"actions_at.{point}", wanted, {one["id"]: _certainty(one) for one in visited[point]["actions"]})


def differences(expect, answer):
    """Sentences for each thing that is not as expected."""
    yield from _same("status", expect.status, answer["status"])
    if expect.outcome is not None:
        yield from _same("outcome", expect.outcome, answer["outcome"])
    if expect.criteria is not None:
        yield from _same("criteria", sorted(expect.criteria), sorted(one["id"] for one in answer["criteria"]))
    if expect.actions is not None:
        yield from _same("actions", expect.actions, {one["id"]: _certainty(one) for one in answer["actions"]})
    if expect.still_possible is not None:
        yield from _same(
            "still_possible", sorted(expect.still_possible), sorted(one["outcome"] for one in answer["still_possible"])
        )
    if expect.next_question is not None:
        yield from _same("next_question", expect.next_question, answer["next_question"] or "none")
    if expect.figures is not None:
        yield from _same("figures", expect.figures, {one["id"]: one["value"] or "none" for one in answer["figures"]})
    yield from _area_notes(expect, answer)
    shown = {one["id"] for one in answer["readings"]}
    for reading in expect.readings:
        if reading not in shown:
            yield f"readings: {reading} is not shown"
    if expect.deadlines is not None:
        found = {one["use"]: one for one in answer["deadlines"]}
        yield from _same("deadlines", sorted(expect.deadlines), sorted(found))
        for use, wanted in expect.deadlines.items():
            if use in found:
                yield from _deadline(use, wanted, found[use])


def area_notes(answer):
    """What areas say in an answer, as area.name: notes, contacts, and what they say of the journey itself."""
    found = []
    for area in answer["areas"]:
        found += [f"{area['id']}.{area['route']['journey']}"] if area["route"] else []
        found += [f"{area['id']}.{one['id']}" for one in (*area["notes"], *area["contacts"])]
    return found


def _area_notes(expect, answer):
    if expect.area_notes is not None:
        yield from _same("area_notes", sorted(expect.area_notes), sorted(area_notes(answer)))


def _deadline(use, wanted, found):
    for key in ("last_day", "last_moment", "target"):
        value = getattr(wanted, key)
        if value is not None:
            yield from _same(f"{use}.{key}", value, found[key] or "none")
    if wanted.certain is not None:
        yield from _same(f"{use}.certain", wanted.certain, _certainty(found))


def _certainty(entry):
    return "certain" if entry["certain"] else "depending"


def _same(name, expected, found):
    if expected != found:
        if isinstance(expected, dict):
            missing = {key: value for key, value in expected.items() if found.get(key) != value}
            extra = {key: value for key, value in found.items() if expected.get(key) != value}
            yield f"{name}: expected besides {_text(missing)}, found besides {_text(extra)}"
        else:
            yield f"{name}: expected {_text(expected)}, found {_text(found)}"


def _text(value):
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items()) or "nothing"
    return ", ".join(value) or "nothing" if isinstance(value, list) else str(value)
