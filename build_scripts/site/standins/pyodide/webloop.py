"""Nothing is awaited in Python: the worker asks, and Python answers."""

__all__ = []


def _initialize_event_loop():
    """There is none."""
