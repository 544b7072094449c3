"""How well texts are read and answers found, on labelled sets; not part of the package that is installed."""
