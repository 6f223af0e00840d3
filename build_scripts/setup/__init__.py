"""Set-up: from a fresh clone to .venv, node_modules and a Chromium for the tests.

It runs before anything is installed, on whatever Python 3 the machine has: the standard library only, and
nothing newer than Python 3.6.

    start.sh      finds a Python 3 that runs, and starts __main__ with it
    __main__      the steps, in order
    pythons       finds Python 3.13, or obtains it through uv
    environment   .venv, from requirements/requirements.txt
    node          node_modules, from package-lock.json
    browser       a Chromium for the tests
    relock        chooses package versions anew (`make lock`)
    stamps        what a step was done for, so that a second run skips it
    tell          progress, child processes, and the one kind of error
"""
