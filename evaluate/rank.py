"""Write what `careconsole simulate` says of the sample into the README, and its picture into docs.

python -m evaluate.rank README.md docs/rank.svg
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from careconsole.__main__ import main as careconsole

LINE = "careconsole simulate --agents 4 --speed max --from sample --seed 1"
_MARKED = re.compile(r"(?<=<!-- rank -->\n).*?(?=<!-- /rank -->)", re.DOTALL)


def told(picture: Path) -> str:
    """What the command prints; its picture goes into a file. No settings of anybody play a part."""
    printed = io.StringIO()
    with tempfile.TemporaryDirectory() as home, redirect_stdout(printed):
        code = careconsole(["--home", home, *LINE.split()[1:], "--svg", str(picture)])
    if code:
        raise SystemExit(code)
    return printed.getvalue()


def block(printed: str) -> str:
    """The part of the README between its marks."""
    return f"```\n$ {LINE}\n{printed}```\n"


def marked(readme: str) -> str:
    """What stands between the marks. Raises SystemExit where there are none."""
    found = _MARKED.search(readme)
    if found is None:
        raise SystemExit("there is no <!-- rank --> ... <!-- /rank --> in it")
    return found[0]


def main(readme: Path, picture: Path) -> None:
    """Write both."""
    before = readme.read_text("utf-8")
    marked(before)
    after = block(told(picture))
    readme.write_text(_MARKED.sub(lambda _: after, before), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
