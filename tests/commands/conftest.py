"""Commands as they are typed, run in this process."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _loaded_once(loaded_once: None) -> None:
    """They share one pipeline."""
