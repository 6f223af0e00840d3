"""`os.popen` would start a process; there are none."""

PIPE = -1
STDOUT = -2
DEVNULL = -3
