"""Looked at by `importlib.abc`, for old names of what is here."""
