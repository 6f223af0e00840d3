"""The engine is made wrong on purpose: one function at a time, from the start where need be, and no change can hold up the rest."""

import signal
import sys
from types import ModuleType

import pytest

from build_scripts.prove import engine_mutation

SOURCE = '''
def double(number, times=2):
    return number * times

class Box:
    def __init__(self, inside):
        self.inside = inside

    @staticmethod
    def empty():
        return Box(0)

FOUR = double(2)
'''


@pytest.fixture
def small(tmp_path, monkeypatch):
    """(the changes to a small module, those that change nothing, the module)"""
    (tmp_path / "decision_logic").mkdir()
    (tmp_path / "decision_logic" / "small.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(engine_mutation, "ROOT", tmp_path)
    module = ModuleType("decision_logic.small")
    exec(SOURCE, vars(module))
    monkeypatch.setitem(sys.modules, "decision_logic.small", module)
    return *engine_mutation.changes_of("small"), module


def outcome(module):
    """What the small module does, an error by its name."""
    try:
        return module.double(3), module.Box(5).inside, module.Box.empty().inside
    except Exception as error:
        return type(error).__name__


def test_each_change_is_put_in_place(small):
    """A change to a function, its default values or a method makes the loaded module behave differently, and says in which line."""
    changes, _, module = small
    assert {change.function for change in changes} == {"double", "Box.__init__", "Box.empty"}
    assert any(change.defaults for change in changes)
    for change in changes:
        exec(SOURCE, vars(module))
        assert outcome(module) == (6, 5, 0)
        engine_mutation.put_in_place(change)
        assert outcome(module) != (6, 5, 0), change.lines
        assert [line[0] for line in change.lines] == ["-", "+"]


def test_a_function_exchanged_for_itself_changes_nothing(small):
    """What mutmut writes beside its changes, the function as it was, behaves as before: so a difference comes from the change."""
    _, controls, module = small
    for control in controls:
        engine_mutation.put_in_place(control)
    assert len(controls) == 3
    assert outcome(module) == (6, 5, 0)


def test_a_change_can_be_in_place_before_a_module_runs(small):
    """What a module works out while it is imported is worked out by the changed function."""
    changes, _, _ = small
    divided = next(change for change in changes if "+    return number / times" in change.lines)
    read = {}
    exec(engine_mutation._exchanged(compile(SOURCE, "small.py", "exec"), divided), read)
    assert read["FOUR"] == 1


def for_ever(_):
    engine_mutation.stop_after(0.1)
    while True:
        pass


def test_a_change_that_runs_on_for_ever_is_ended(capfd):
    """A fork that does not come to an end is stopped, and those beside it and after it are tried all the same."""
    jobs = [("first", lambda say: say(1)), ("endless", for_ever), ("last", lambda say: (say("a"), say("b")))]
    ended = {name: (said, stopped) for name, said, stopped in engine_mutation.in_forks(jobs, 2)}
    assert ended == {"first": ([1], 0), "endless": ([], signal.SIGPROF), "last": (["a", "b"], 0)}


def test_a_fork_that_goes_wrong_is_not_taken_for_a_change_that_was_noticed(capfd):
    """A mistake in trying a change stops everything; it never counts as a change that the tests noticed."""
    with pytest.raises(RuntimeError, match="trying wrong went wrong: ZeroDivisionError"):
        list(engine_mutation.in_forks([("wrong", lambda _: 1 / 0)], 1))
