"""The console: everything Textual."""

from __future__ import annotations

import os

# Textual reads these once, when it is imported: fewer frames and no animations, which matters over a slow line.
os.environ.setdefault("TEXTUAL_FPS", "30")
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
