"""The texts behind a look-up: what it cites, what areas say besides, and what the engine says when it refuses something."""

from decision_logic import clock
from decision_logic.engine import cited, read_so
from decision_logic.errors import HandbookError
from decision_logic.local import changed_rules, said_briefly, said_of


class Texts:
    """Collects the provisions and readings that a look-up names, and what areas say of the things in it."""

    def __init__(self, rules):
        self.rules, self.areas = rules, {}
        self._cites, self._readings = {}, {}

    def cites(self, names):
        """Names of provisions, noted as met."""
        self._cites.update(dict.fromkeys(names))
        return list(names)

    def readings(self, names):
        """Names of readings, noted as met."""
        self._readings.update(dict.fromkeys(names))
        return list(names)

    def areas_at(self, place, things):
        """The areas that a place is in, nearest first; what they say of ``things`` (kind, name) is noted, with what it is said of."""
        found = self.rules.areas_at(place)
        for area in found:
            if area.id not in self.areas:
                self.areas[area.id] = self._said(area, dict.fromkeys(things))
        return [area.id for area in found]

    def _said(self, area, things):
        said = said_of(self.rules, area, things, set())
        said["changed"] = []
        for word, kind, tool, entry in changed_rules(self.rules, area):
            at = ("tool", tool) if tool else (kind, entry.id)
            if at in things:
                changed = {"how": word, "kind": kind, "id": entry.id, "title": said_briefly(entry)}
                said["changed"].append(changed | {"at": list(at)})
        for one in (*([said["own_rules"]] if said["own_rules"] else []), *said["notes"], *said["contacts"]):
            self.cites(one["cites"])
            self.readings(one["readings"])
        return said

    def plain(self):
        """All that was met: {"areas", "provisions", "readings"}, each by its name."""
        return {
            "areas": self.areas,
            "provisions": {one["id"]: one for one in cited(self.rules, self._cites)},
            "readings": {one["id"]: one for one in read_so(self.rules, self._readings)},
        }


def refused(ask):
    """What the engine says when it refuses something, so that the look-up says the same."""
    try:
        ask()
    except HandbookError as error:
        return {"message": error.message, "expected": error.expected, "hint": error.hint}
    raise AssertionError("the engine took what it should refuse")


def with_gap(said, day):
    """A refusal with {day} where it names the day."""
    return said | {"message": said["message"].replace(clock.say_date(day), "{day}")}
