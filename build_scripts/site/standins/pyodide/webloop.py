"""Nothing is awaited in Python: the worker asks, and Python answers."""

# Held though unused, as what stands in _package_loader.py: a snapshot of the memory is only made where it finds these.
from pyodide_js._api import scheduleCallback  # noqa: F401

__all__ = []


def _initialize_event_loop():
    """There is none."""
