"""Chooses the package versions anew: requirements/*.txt from requirements/*.in, package-lock.json from package.json.

`make lock` runs it. The result is pinned with hashes for Linux, macOS and Windows alike, and names no address.
"""

import json
import os
import shutil
import sys

from . import node, pythons, tell
from .__main__ import ROOT

HEADER = "# Written by `make lock` from {}. Change that file, not this one.\n"


def main():
    try:
        uv = shutil.which("uv") or pythons.uv_from_pypi(ROOT)
        version = "{}.{}".format(*pythons.wanted_version(ROOT))
        for name in ("requirements", "uv"):
            python_packages(uv, version, "requirements/{}.in".format(name), "requirements/{}.txt".format(name))
        tell.say("package-lock.json")
        tell.run(node.npm(ROOT) + ["install", "--package-lock-only"], ROOT)
        without_addresses("package-lock.json")
    except tell.Failed as failure:
        said = "\n             ".join(failure.said)
        print("The versions could not be chosen anew.\n  found:     {}".format(said), file=sys.stderr)
        return 1
    except tell.Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def without_addresses(lock):
    """Where somebody may be thanked with money is no matter of versions, and the lock file names no address."""
    path = os.path.join(ROOT, lock)
    with open(path, encoding="utf-8") as file:
        locked = json.load(file)
    for package in locked["packages"].values():
        package.pop("funding", None)
    with open(path + ".part", "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(locked, indent=2, ensure_ascii=False) + "\n")
    os.replace(path + ".part", path)


def python_packages(uv, version, wanted, lock):
    tell.say(lock)
    part = lock + ".part"
    command = [uv, "pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes"]
    # Headers and notes would hold the command line, with this machine's paths and package index in it.
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    # A .part file is never read as a lock, so an interrupted run leaves the old one whole.
    tell.run(command + ["--python-version", version, wanted, "--output-file", part], ROOT)
    path = os.path.join(ROOT, part)
    with open(path, encoding="utf-8") as file:
        content = file.read()
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(HEADER.format(wanted) + content)
    os.replace(path, os.path.join(ROOT, lock))


if __name__ == "__main__":
    sys.exit(main())
