"""From bytes to an article: decode, sanitise, extract, clean.

Importing this package is cheap: the library that a format needs is imported when one is read.
"""

from reader.ingest.formats.text import from_text
from reader.ingest.sources import expand, read

__all__ = ["expand", "from_text", "read"]
