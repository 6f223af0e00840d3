"""What the signatures of asyncio.events name; there are no processes."""

PIPE = -1
STDOUT = -2
DEVNULL = -3
