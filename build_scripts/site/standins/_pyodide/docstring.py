"""Nobody reads in the browser what the methods of Pyodide's own objects are for."""


def get_cmeth_docstring(function):
    return ""


def dedent_docstring(text):
    return text
