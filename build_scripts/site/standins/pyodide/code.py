"""What Pyodide's scripts ask for by name; no source text is ever run but Pyodide's own."""

from _pyodide._base import eval_code

__all__ = ["eval_code"]
