"""Measures careconsole against its budgets and its rivals: `python -m bench [--quick] [GROUP ...]`."""
