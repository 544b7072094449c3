"""The files of the page: ours, and the terminal that textual-serve brings along; nothing comes from another host."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

OURS = {
    "": ("wall.html", "text/html; charset=utf-8"),
    "wall.js": ("wall.js", "text/javascript; charset=utf-8"),
    "wall.css": ("wall.css", "text/css; charset=utf-8"),
}
THEIRS = {
    "textual.js": ("static/js/textual.js", "text/javascript; charset=utf-8"),
    "xterm.css": ("static/css/xterm.css", "text/css; charset=utf-8"),
    "mono.ttf": ("static/fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "sandbox allow-scripts allow-same-origin"
    ),
    "Permissions-Policy": (
        "camera=(), clipboard-read=(), clipboard-write=(), display-capture=(), geolocation=(), microphone=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Server": "careconsole",
}
"""With every answer: a page that may run these files alone and reach nobody else, open no window, be framed by nobody,
touch no clipboard, and tell nobody its address."""


def page_file(name: str) -> tuple[bytes, str] | None:
    """A file of the page by its name, with its type; None if there is none of that name."""
    for package, known in (("careconsole.console.wallboard.serving", OURS), ("textual_serve", THEIRS)):
        if name in known:
            path, kind = known[name]
            return _file(package, path).read_bytes(), kind
    return None


def _file(package: str, path: str) -> Traversable:
    folder = files(package)
    return folder.joinpath("page" if package.startswith("careconsole") else "", path)
