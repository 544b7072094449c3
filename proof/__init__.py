"""Proofs at full size, run by hand: python -m proof.NAME."""
