"""Proofs that the rules hold together and agree with the world outside."""
