"""careconsole: the agent console for social customer care, in a terminal."""

__version__ = "0.1.0"
