"""A saved result beside what the same case gives by the rules of today."""

from decision_logic import AnswerError, EditionError, RequestError

AGAIN_FORMAT = "handbook.again/1"
UNLIKE = ("rules_hash",)  # told by itself


def compare(saved, ask, rules_hash, *, whom, settled, called):
    """The comparison, as plain data.

    ``ask``: saved result → the result of today, by the rules of ``rules_hash``. ``whom``: the key that names the tool or journey.
    ``settled``: the keys that say what came of it; ``called``: the key of its title, which may be reworded. Raises AnswerError, EditionError or RequestError where today's rules do not
    take the case any more, and says then by which rules it was worked out.
    """
    try:
        now = ask(saved)
    except (AnswerError, EditionError, RequestError) as error:
        if saved["rules_hash"] != rules_hash:
            since = f"the rules have changed since it was saved: then {saved['rules_hash']}, now {rules_hash}; a copy of the handbook with the rules of then still works it out"
            error.hint = f"{error.hint}; {since}" if error.hint else since
        raise
    then, today = ({key: one[key] for key in (*settled, called)} for one in (saved, now))
    return {
        "format": AGAIN_FORMAT,
        whom: saved[whom],
        "on": saved["on"],
        "in": saved["in"],
        "same_outcome": all(then[key] == today[key] for key in settled),
        "same_rules": saved["rules_hash"] == now["rules_hash"],
        "then": {**then, "rules_hash": saved["rules_hash"]},
        "now": {**today, "rules_hash": now["rules_hash"]},
        "changed": list(differing(saved, now)),
        "answer": now,
    }


def differing(then, now, path=""):
    """Where two results differ: ``actions.refer``, ``deadlines.follow_up.last_day`` … Entries of a list go by their names."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            if path or key not in UNLIKE:
                inner = f"{path}.{key}" if path else key
                if key in then and key in now:
                    yield from differing(then[key], now[key], inner)
                else:
                    yield inner
    elif (mine := _named(then)) is not None and (other := _named(now)) is not None:
        found = list(differing(mine, other, path))
        yield from found or ([path] if list(mine) != list(other) else [])
    elif then != now or type(then) is not type(now):
        yield path


def _named(entries):
    """{name: entry} of a list whose entries have names of their own, or None."""
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        return None
    for keys in (("use",), ("id",), ("point",), ("edge",), ("kind", "rule"), ("outcome",)):
        if entries and all(all(isinstance(one.get(key), str) for key in keys) for one in entries):
            named = {" ".join(one[key] for key in keys): one for one in entries}
            return named if len(named) == len(entries) else None
    return {} if not entries else None
