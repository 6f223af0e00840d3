"""What builds, checks and serves the handbook.

This file stays empty of code: set-up passes through it on whatever Python 3 a machine has.
"""
