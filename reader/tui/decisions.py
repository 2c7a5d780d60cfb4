"""The reader's decisions put over what the machine found, for the screen: at once, and with no model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.article import Article
    from reader.work.client import Found
    from reader.work.librarian import DatedDecision


class Overlaid(NamedTuple):
    """What is to be shown. ``machine`` is what it follows from; ``stale`` are decisions that found nothing.

    ``found`` is not complete when lines were put back that the machine has not seen yet.
    """

    article: Article
    found: Found | None
    machine: Found | None
    stale: tuple[DatedDecision, ...] = ()


def restores(decisions: Sequence[DatedDecision]) -> bool:
    """Whether any of these decisions puts lines back: the article itself is another then."""
    from reader.model.corrections import RestoreLine

    return any(isinstance(one.correction, RestoreLine) for one in decisions)


def over(read: Article, machine: Found | None, decisions: Sequence[DatedDecision]) -> Overlaid:
    """Return an article as it was read, and what the machine knows of it so far, with decisions over them.

    The machine may have looked at the article with lines put back; when other lines are there by now, what
    it found is of no use any more.
    """
    if not decisions:
        if machine is not None and machine.findings.article.restored != read.restored:
            machine = None
        return Overlaid(read, machine, machine)
    from reader.index import Index
    from reader.model.analysis import Analysis
    from reader.model.corrected import apply
    from reader.model.corrections import RestoreLine

    corrections = [one.correction for one in decisions]
    lines = [one for one in corrections if isinstance(one, RestoreLine)]
    article = apply(read, Analysis(), lines).article
    if machine is None or machine.findings.article.id not in (read.id, article.id):
        return Overlaid(article, None, None)
    seen = machine.findings.article
    result = apply(seen, machine.findings.analysis, corrections)
    found = machine._replace(findings=Index(article, result.analysis))
    if seen.id != article.id:
        found = found._replace(stage="quotations", done=0, total=0)
    stale = tuple(one for one in decisions if one.correction in result.stale) if machine.complete else ()
    return Overlaid(article, found, machine, stale)
