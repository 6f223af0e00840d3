"""The loop of a browser is pyodide.webloop's: none of this one's sockets, threads and processes."""

__all__ = ()
