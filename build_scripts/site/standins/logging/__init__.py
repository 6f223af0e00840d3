"""`hashlib` would log a kind of hash that it could not make; the handbook's one is always there."""
