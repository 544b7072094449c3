"""The words by which the coach knows a tone, one file a language."""

from __future__ import annotations
