"""No source is in the browser: a report of an error names file and line, and quotes none."""


def getline(filename, lineno, module_globals=None):
    return ""


def lazycache(filename, module_globals):
    return False


def checkcache(filename=None):
    """Nothing is kept."""
