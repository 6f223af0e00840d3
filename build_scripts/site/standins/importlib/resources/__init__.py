"""No file that belongs to a module is ever opened."""
