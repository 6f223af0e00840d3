"""The engine's dataclasses in the browser, whose constructors are written out before, against those that Python makes."""

import ast
import dataclasses
import importlib.util
import sys
from pathlib import Path

import pytest

from build_scripts.site.constructors import with_constructors
from build_scripts.site.errors import SiteError

ROOT = Path(__file__).resolve().parents[2]
STANDIN = ROOT / "build_scripts" / "site" / "standins" / "dataclasses.py"
SOURCE = b'''
import dataclasses
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Leaf:
    """One line."""

    name: str
    size: int = 3
    marks: list = field(default_factory=list)
    told: str = field(default="so", metadata={"about": "what"})

    def twice(self):
        return self.size * 2


@dataclasses.dataclass(frozen=True, eq=False)
class Same:
    """Text of
    three
    lines."""

    one: object

    def __post_init__(self):
        assert self.one is not None

    def __repr__(self):
        return "Same!"


@dataclass(frozen=True)
class Nothing:
    """No field."""


def line():
    raise ValueError
'''


def made(source, dataclasses_):
    """A module of that source, and of those dataclasses."""
    names, real = {"__name__": "leaves"}, sys.modules["dataclasses"]
    sys.modules["dataclasses"] = dataclasses_
    try:
        exec(compile(source, "leaves.py", "exec"), names)
    finally:
        sys.modules["dataclasses"] = real
    return names


@pytest.fixture(scope="module")
def standin():
    specification = importlib.util.spec_from_file_location("standin_dataclasses", STANDIN)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(params=["python", "browser"])
def leaves(request, standin):
    """The module as CPython makes it, and as the browser does."""
    if request.param == "python":
        return made(SOURCE, dataclasses)
    return made(with_constructors(SOURCE, "leaves"), standin)


def test_both_make_the_same(leaves):
    """Arguments by place and by name, defaults, equality, hash, text, patterns and copies with a change."""
    Leaf, Same = leaves["Leaf"], leaves["Same"]
    leaf = Leaf("a", told="x")
    assert (leaf.name, leaf.size, leaf.marks, leaf.told, leaf.twice()) == ("a", 3, [], "x", 6)
    assert Leaf("a").marks is not Leaf("a").marks
    assert repr(leaf) == "Leaf(name='a', size=3, marks=[], told='x')"
    assert leaf == Leaf("a", 3, [], "x") and leaf != Leaf("b") and leaf != "a"
    assert hash(Leaf("a", marks=())) == hash(("a", 3, (), "so"))
    assert Leaf.size == 3 and not hasattr(Leaf, "marks")
    assert leaves["dataclass"].__module__ != "leaves"
    replace = leaves["dataclasses"].replace
    assert replace(leaf, size=4) == Leaf("a", 4, [], "x")
    fields = leaves["dataclasses"].fields(Leaf)
    assert [(one.name, dict(one.metadata)) for one in fields][-2:] == [("marks", {}), ("told", {"about": "what"})]
    match leaf:
        case Leaf(name, size):
            assert (name, size) == ("a", 3)
    one = Same(1)
    assert one == one and one != Same(1) and repr(one) == "Same!" and hash(one)
    assert leaves["Nothing"]() == leaves["Nothing"]()
    for wrong in (lambda: Leaf(), lambda: Leaf("a", other=1), lambda: Leaf("a", 1, [], "x", 5)):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(AssertionError):
        Same(None)


def test_every_other_line_stays_where_it_was():
    """An error in the browser names the line of the source."""
    written = with_constructors(SOURCE, "leaves").splitlines()
    assert len(written) == len(SOURCE.splitlines())
    changed = [number for number, (new, old) in enumerate(zip(written, SOURCE.splitlines(), strict=True)) if new != old]
    assert changed == [7, 20, 21, 22, 35]


@pytest.mark.parametrize("source", [b'@dataclass\nclass A:\n    a: int\n', b'@dataclass(frozen=True)\nclass A(B):\n    """A."""\n    a: int\n'])
def test_what_cannot_be_written_out_is_refused(source):
    """Without a docstring there is no line for it; with a base the fields are not known."""
    with pytest.raises(SiteError, match=r"a\.py:2"):
        with_constructors(source, "a.py")


def test_each_of_the_engines_is_written_out():
    """No class of the engine is left that the browser would refuse, and no source changes otherwise."""
    for file in sorted((ROOT / "decision_logic").glob("*.py")):
        source = file.read_bytes()
        for node in ast.walk(ast.parse(with_constructors(source, file.name))):
            if isinstance(node, ast.ClassDef) and "dataclass" in " ".join(map(ast.unparse, node.decorator_list)):
                fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
                written = node.body[0]
                assert not fields or (isinstance(written, ast.FunctionDef) and len(written.args.args) == len(fields) + 1), node.name
