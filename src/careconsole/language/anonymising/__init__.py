"""Texts with other names and numbers in place of the real ones, the same for the same everywhere."""
