"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from careconsole.language import encoder


@pytest.fixture(autouse=True)
def without_the_extra(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The extra for meanings is not there, whoever has it installed, but where a test is about it."""
    if request.node.get_closest_marker("semantic") is None:
        monkeypatch.setattr(encoder, "PACKAGE", "careconsole_without_the_extra")
    yield
