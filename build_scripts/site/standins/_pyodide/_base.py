"""The little that Pyodide's scripts run as source text while they start, and the import of a module for JavaScript."""

import builtins
from importlib import import_module


def eval_code(source, globals=None, locals=None, **how):
    """The value of the last line, which is an expression."""
    globals = {} if globals is None else globals
    *before, last = [line for part in source.strip().splitlines() for line in part.split(";")]
    builtins.exec("\n".join(line.strip() for line in before), globals, locals)
    return builtins.eval(last.strip(), globals, locals)


def pyimport_impl(path):
    """A module, or what stands in one under the path's last name."""
    try:
        return import_module(path)
    except ModuleNotFoundError:
        module, _, name = path.rpartition(".")
        return getattr(import_module(module), name)
