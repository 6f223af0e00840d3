"""Writing HTML from Python. Attributes are escaped here; children are HTML already, so whoever has text escapes it."""

from html import escape


def tag(element, /, *children, **attributes):
    """One element. In attribute names ``_`` stands for ``-``, and a trailing ``_`` is dropped.

    True gives a bare attribute; None and False leave it out, and children that are None or empty too.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    inner = "".join(child for child in children if child)
    return f"<{element}{written}>" if element == "input" else f"<{element}{written}>{inner}</{element}>"
