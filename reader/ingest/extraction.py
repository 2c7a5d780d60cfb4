"""The process that takes heavy documents apart: a task and a document come in, an extraction goes out.

Run by :mod:`reader.ingest.isolation` as ``python -m reader.ingest.extraction``.
"""

from __future__ import annotations

import json
import sys

from reader.ingest.isolation import MEMORY_LIMIT, PROCESSOR_LIMIT, encoded, encoded_error
from reader.model.errors import SourceError


def main() -> None:
    """Read a task from standard input, write its result to standard output."""
    _limit()
    header = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        if header["task"] == "html":
            from reader.ingest.formats.html import extract

            answer = encoded(extract(data.decode("utf-8", "surrogatepass"), header["address"]))
        elif header["task"] == "markdown":
            from reader.ingest.formats.markdown import extract_markdown

            answer = encoded((*extract_markdown(data.decode("utf-8", "surrogatepass")), ()))
        elif header["task"] in ("pdf", "docx"):
            from reader.ingest.formats.documents import extract_document

            answer = encoded(extract_document(header["task"], data))
        else:
            raise ValueError("unknown task")
    except SourceError as error:
        answer = encoded_error(error)
    sys.stdout.write(answer)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the limit on time holds there too
        return
    for what, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, PROCESSOR_LIMIT)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    main()
