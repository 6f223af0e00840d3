"""What Pyodide's start asks of its loader of packages; no package is ever loaded."""

from pyodide_js import loadedPackages  # noqa: F401 - see webloop.py


class _Folder:
    def __init__(self, path):
        self._path = path

    def __str__(self):
        return self._path


SITE_PACKAGES = _Folder("/lib/python3.13/site-packages")
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages():
    """There are none."""
