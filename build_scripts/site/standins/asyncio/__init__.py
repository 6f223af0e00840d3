"""Nothing is awaited in Python, so there is no loop of events."""


def get_event_loop():
    raise RuntimeError("no loop of events here")
