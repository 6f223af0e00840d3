"""Which modules of the standard library the browser needs, found by reading their sources.

A module counts as needed when something needed imports it while it is itself being imported. An import inside a
function happens later, and nearly all of those never happen in the worker; following them would bring in most of the
standard library. Three rules keep this from breaking only in the browser:

* `decision_logic` may not import the standard library inside functions: `late_imports` finds where it does, and the
  build refuses it;
* of the modules that `decision_logic` imports by name, the late imports are followed too;
* what C code imports when a method is called is listed in `C_LATE_IMPORTS`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# What Python and Pyodide import before the first line of ours; the rest follows from what these import. Whether the
# list is still enough after a change of version shows in the test that starts the shipped files.
START_ROOTS = (
    "asyncio",
    "inspect",
    "encodings",
    "encodings.aliases",
    "encodings.ascii",
    "encodings.latin_1",
    "encodings.utf_8",
    "linecache",
    "traceback",
    "pyodide",
    "pyodide._package_loader",
    "pyodide.code",
    "pyodide.ffi",
    "pyodide.webloop",
    "_pyodide",
    "_pyodide._future_helper",
    "_pyodide.docstring",
    "_pyodide.docs_argspec",
    "_pyodide.jsbind",
)

# Frozen into the interpreter: never read from the archive.
FROZEN = frozenset(
    {
        "_collections_abc",
        "_sitebuiltins",
        "abc",
        "codecs",
        "genericpath",
        "importlib._bootstrap",
        "importlib._bootstrap_external",
        "importlib.machinery",
        "importlib.util",
        "io",
        "ntpath",
        "os",
        "posixpath",
        "site",
        "stat",
        "zipimport",
    }
)

# Alternatives that are written down as imports and never taken under Pyodide: the slow twin of a module in C, and
# what only Windows has.
NEVER_TAKEN = frozenset(
    {
        "_pydatetime",
        "_pydecimal",
        "asyncio.proactor_events",
        "asyncio.windows_events",
        "asyncio.windows_utils",
    }
)

# A name used in the source, and the module that C code imports when it is called.
C_LATE_IMPORTS = {"strptime": "_strptime"}


@dataclass(frozen=True)
class LateImport:
    """An import that would happen only when a function runs."""

    file: Path
    line: int
    module: str


def needed_modules(stdlib: Mapping[str, bytes], package: Path) -> list[str]:
    """The names of the files of `stdlib` that the start and `package` need, sorted.

    `stdlib` maps paths as they stand in Pyodide's archive (`json/decoder.py`) to their sources.
    """
    files = {_module_name(path): path for path in stdlib if path.endswith(".py")}
    trees: dict[str, ast.Module] = {}

    def imports_of(module: str, late: bool) -> Iterator[str]:
        if module not in trees:
            trees[module] = ast.parse(stdlib[files[module]])
        package_name = module if files[module].endswith("/__init__.py") else module.rpartition(".")[0]
        yield from _imports(trees[module], package_name, late)

    asked = _imports_of_package(package)
    waiting = [*START_ROOTS, *asked]
    for module in sorted(asked):
        if module in files:
            waiting += imports_of(module, late=True)

    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        # `from a import b` may name a module or something in it, so the longest part that is a module counts; and a
        # module is only imported after the packages around it.
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            module = ".".join(parts[:length])
            if module in files and module not in found and module not in FROZEN | NEVER_TAKEN:
                found.add(module)
                waiting += imports_of(module, late=False)
    return sorted(files[module] for module in found)


def late_imports(package: Path) -> list[LateImport]:
    """Imports that stand inside a function of `package`, where the browser would meet them too late.

    What `package` imports from itself is spared: all of it is in the browser anyway.
    """
    found = []
    for file in sorted(package.rglob("*.py")):
        tree = ast.parse(file.read_bytes())
        early = {id(node) for node in _import_nodes(tree, late=False)}
        for node in _import_nodes(tree, late=True):
            if id(node) in early or (isinstance(node, ast.ImportFrom) and node.level):
                continue
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found += [LateImport(file, node.lineno, name) for name in names if name.split(".")[0] != package.name]
    return found


def _imports_of_package(package: Path) -> set[str]:
    modules: set[str] = set()
    for file in sorted(package.rglob("*.py")):
        source = file.read_bytes()
        inside = file.relative_to(package.parent)
        around = ".".join(inside.parent.parts)
        modules |= {
            name for name in _imports(ast.parse(source), around, late=True) if name.split(".")[0] != package.name
        }
        modules |= {module for name, module in C_LATE_IMPORTS.items() if name.encode() in source}
    return modules


def _imports(tree: ast.Module, package: str, late: bool) -> Iterator[str]:
    for node in _import_nodes(tree, late):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
            continue
        base = node.module or ""
        if node.level:
            around = package.split(".")
            around = around[: len(around) - node.level + 1]
            base = ".".join([*around, base] if base else around)
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names if alias.name != "*")


def _import_nodes(tree: ast.AST, late: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            if late:
                yield from _import_nodes(node, late)
        elif isinstance(node, ast.If) and _never_runs(node.test):
            yield from _from_all(node.orelse, late)
        elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _import_nodes(node, late)


def _from_all(nodes: Iterable[ast.AST], late: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    yield from _import_nodes(ast.Module(body=list(nodes), type_ignores=[]), late)


def _never_runs(test: ast.expr) -> bool:
    """`if TYPE_CHECKING:` and `if __name__ == "__main__":`."""
    text = ast.unparse(test)
    return text in {"TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING"} or text.startswith("__name__ == ")


def _module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def foreign_imports(package: Path) -> list[str]:
    """What `package` imports from outside the standard library: the browser has none of it."""
    return sorted(name for name in _imports_of_package(package) if name.split(".")[0] not in sys.stdlib_module_names)
