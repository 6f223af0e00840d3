"""What a step was done for. A step writes its stamp last, so a step that was cut short has none and is done again."""

import hashlib
import os


def key(root, names, *more):
    """A fingerprint of the named files and of whatever else decides the outcome."""
    fingerprint = hashlib.sha256()
    for name in names:
        with open(os.path.join(str(root), name), "rb") as file:
            # Line ends do not count: a checkout on another system is no reason to install everything again.
            content = file.read().replace(b"\r\n", b"\n")
        fingerprint.update("{}:{}:".format(name, len(content)).encode())
        fingerprint.update(content)
    for text in more:
        fingerprint.update("|{}".format(text).encode())
    return fingerprint.hexdigest()


def matches(path, expected):
    try:
        with open(str(path)) as file:
            return file.read().strip() == expected
    except OSError:
        return False


def write(path, content):
    part = "{}.part".format(path)
    with open(part, "w") as file:
        file.write(content + "\n")
    os.replace(part, str(path))


def remove(path):
    try:
        os.remove(str(path))
    except FileNotFoundError:
        pass
