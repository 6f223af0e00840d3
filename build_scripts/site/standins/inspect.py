"""What Pyodide asks of a function before it calls it: none of the handbook's is a coroutine."""


def iscoroutinefunction(function):
    return False
