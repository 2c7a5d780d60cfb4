"""The process that takes one heavy document apart: a document comes in, an extraction goes out.

Run by :mod:`reader.ingest.isolation` as ``python -m reader.ingest.extraction``. It ends when whoever started
it has gone.
"""

from __future__ import annotations

from queue import SimpleQueue
from typing import TYPE_CHECKING

from reader.ingest.isolation import MEMORY_LIMIT, PROCESSOR_LIMIT, Document, Extracted, Refused
from reader.model.errors import MissingExtraError, SourceError
from reader.processes import listen, voice, write_frame

if TYPE_CHECKING:
    from reader.ingest.isolation import Extraction


def main() -> None:
    """Take the document apart that comes on standard input, and answer on standard output."""
    out = voice()
    _limit()
    documents: SimpleQueue[Document] = SimpleQueue()
    listen(documents.put)
    answer: Extracted | Refused
    try:
        answer = Extracted(_extraction(documents.get()))
    except SourceError as error:
        answer = Refused(error.title, error.hint, isinstance(error, MissingExtraError))
    write_frame(out, answer)


def _extraction(document: Document) -> Extraction:
    if document.kind == "html":
        from reader.ingest.formats.html import extract

        return extract(document.data.decode("utf-8", "surrogatepass"), document.address)
    if document.kind == "markdown":
        from reader.ingest.formats.markdown import extract_markdown

        return (*extract_markdown(document.data.decode("utf-8", "surrogatepass")), ())
    if document.kind == "pdf":
        from reader.ingest.formats.pdf import extract_pdf

        return extract_pdf(document.data)
    if document.kind == "docx":
        from reader.ingest.formats.docx import extract_docx

        return extract_docx(document.data)
    raise ValueError(f"nothing to take apart in a document of kind {document.kind}")


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the limit on time holds there too
        return
    for what, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, PROCESSOR_LIMIT)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    # Under this name the classes in the frames are the ones that the other process knows.
    from reader.ingest.extraction import main as run

    run()
