"""What the tests of the library share."""

from collections.abc import Iterator

import pytest

from tests.library.writer import Writer


@pytest.fixture(scope="session")
def writer() -> Iterator[Writer]:
    """A process that writes to libraries, and may be killed at it."""
    writer = Writer()
    yield writer
    writer.close()
