#!/bin/sh
# Starts set-up with the first Python 3 that really runs here. A version manager's `python3` can be on the
# PATH and still refuse, because this folder's .python-version names a version that it does not have.
cd "$(dirname "$0")/../.." || exit 1
for python in "${HANDBOOK_PYTHON:-}" python3 /usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3 python py; do
    if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1; then
        exec "$python" -m build_scripts.setup "$@"
    fi
done
cat >&2 <<'MESSAGE'

Set-up needs a Python 3 to start with.
  looked:    HANDBOOK_PYTHON, python3, python and py on the PATH; /usr/bin, /usr/local/bin, /opt/homebrew/bin
  found:     none that runs and is 3.6 or newer
  expected:  any Python from 3.6 on; set-up itself then looks for Python 3.13
  do:        install Python (best: 3.13), or set HANDBOOK_PYTHON to the program, and run the same command again
MESSAGE
exit 1
