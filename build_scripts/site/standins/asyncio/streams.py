"""There are no sockets and no processes."""

__all__ = ()
