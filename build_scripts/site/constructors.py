"""Constructors of dataclasses, written out in the source before it is compiled for the browser.

Python makes them while a module is imported, by writing source text and compiling it: half a millisecond a class here, several on a
phone, at every first visit. In the browser `standins/dataclasses.py` finds them made. Each stands in one line where the class had
its docstring, which no browser keeps, so that every other line stays where it was and an error names the right one.
"""

from __future__ import annotations

import ast

from build_scripts.site.errors import SiteError


def with_constructors(source: bytes, name: str) -> bytes:
    """`source` (of the module `name`) with `__init__` in every dataclass in place of its docstring."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.ClassDef) and any(map(_is_dataclass, node.decorator_list))):
            continue
        text = node.body[0]
        if not (isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)) or node.bases:
            raise SiteError(
                "The constructor of a dataclass cannot be written out for the browser.",
                where=f"{name}:{node.lineno}",
                found=f"{node.name}, " + ("which is derived from another class" if node.bases else "without a docstring"),
                expected="a dataclass with a docstring of its own and no base",
                hint="build_scripts/site/constructors.py says why.",
            )
        written = _constructor(node)
        ending = lines[text.end_lineno - 1][text.end_col_offset :]
        lines[text.lineno - 1 : text.end_lineno] = [
            lines[text.lineno - 1][: text.col_offset] + written.encode() + (b"\n" if text.lineno != text.end_lineno else ending),
            *[b"\n"] * (text.end_lineno - text.lineno),
        ]
    return b"".join(lines)


def _is_dataclass(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)) == "dataclass"


def _constructor(node: ast.ClassDef) -> str:
    """One line; a field that was given a value may be left out, and `Field.new` then knows whether it had one."""
    fields = [(one.target.id, one.value is not None) for one in node.body if isinstance(one, ast.AnnAssign)]
    if not fields:
        return "pass"
    optional, parameters, settings = False, [], []
    for name, valued in fields:
        optional = optional or valued
        parameters.append(f"{name}=..." if optional else name)
        settings.append(f"self.{name} = " + (f'self.__dataclass_fields__["{name}"].new() if {name} is ... else {name}' if optional else name))
    if any(isinstance(one, ast.FunctionDef) and one.name == "__post_init__" for one in node.body):
        settings.append("self.__post_init__()")
    return f"def __init__(self, {', '.join(parameters)}): {'; '.join(settings)}"
