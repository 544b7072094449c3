"""Large digits for a wall: each sign five blocks high, as many times as large as there is room."""

from __future__ import annotations

_GLYPHS = {
    "0": ("####", "#  #", "#  #", "#  #", "####"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("####", "   #", "####", "#   ", "####"),
    "3": ("####", "   #", " ###", "   #", "####"),
    "4": ("#  #", "#  #", "####", "   #", "   #"),
    "5": ("####", "#   ", "####", "   #", "####"),
    "6": ("####", "#   ", "####", "#  #", "####"),
    "7": ("####", "   #", "  # ", " #  ", " #  "),
    "8": ("####", "#  #", "####", "#  #", "####"),
    "9": ("####", "#  #", "####", "   #", "####"),
    "%": ("#  #", "  # ", " #  ", "#   ", "#  #"),
    ".": (" ", " ", " ", " ", "#"),
    ",": (" ", " ", " ", "#", "#"),
    "-": ("    ", "    ", "####", "    ", "    "),
    "h": ("#   ", "#   ", "####", "#  #", "#  #"),
    "m": ("     ", "     ", "## ##", "# # #", "# # #"),
    "s": ("    ", "####", "##  ", "  ##", "####"),
    "d": ("   #", "   #", "####", "#  #", "####"),
    " ": ("  ", "  ", "  ", "  ", "  "),
}
ROWS = 5


def large(text: str, width: int, height: int) -> list[str]:
    """Lines of at most `width` cells and `height` rows: the text in blocks, as large as fits; small if nothing does."""
    signs = [_GLYPHS.get(char, _GLYPHS["-"]) for char in text]
    columns = sum(len(sign[0]) for sign in signs) + len(signs) - 1
    times = min(width // max(1, columns), height // ROWS)
    if times < 1:
        return [text[:width]] if height > 0 else []
    lines = []
    for row in range(ROWS):
        blocks = " ".join(sign[row] for sign in signs)
        line = "".join(("█" if block == "#" else " ") * times for block in blocks)
        lines += [line.rstrip()] * times
    return lines
