"""pyodide.webloop's policy is made from the default one, of which it replaces what makes a loop."""

from . import events

__all__ = ("DefaultEventLoopPolicy",)


class DefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """Makes no loop of its own."""
