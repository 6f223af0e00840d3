"""What the signatures of asyncio.events name; there are no sockets."""

AF_UNSPEC = 0
AI_PASSIVE = 1
