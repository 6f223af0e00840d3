"""Asks the pages' own script, under Node, what it makes of what stands behind the # of an address."""

import atexit
import json
import subprocess
from functools import cache

from tests.in_node import node
from tests.pages import ROOT

HARNESS = ROOT / "tests" / "property" / "link_harness.mjs"


@cache
def _process():
    started = subprocess.Popen([str(node()), "--no-warnings", str(HARNESS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(started.kill)
    return started


def read_links(texts):
    """What is made of each text, tried as it is and in the forms in which links hold a case. Raises AssertionError with what is wrong."""
    process = _process()
    process.stdin.write(json.dumps(texts) + "\n")
    process.stdin.flush()
    told = json.loads(process.stdout.readline() or '{"wrong": "the harness has ended"}')
    assert not told["wrong"], told["wrong"]
    return told["read"]
