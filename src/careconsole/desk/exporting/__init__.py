"""The desk's own days as a recording to practise on, in which nobody can be known."""
