"""`onrecord clean`: the cleaned article, or what was dropped."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import Inputs, complain
from reader.commands.options import PRIVATE, SOURCES, job_options

if TYPE_CHECKING:
    from reader.model.article import Article


@click.command()
@SOURCES
@click.option(
    "--removed", is_flag=True, help="Print what was dropped (line, reason, text) instead of the text."
)
@click.option("--keep-everything", is_flag=True, help="Put back all that cleaning would remove.")
@click.option(
    "--site-rules", is_flag=True, help="Print what your rules for single sites find, instead of the text."
)
@PRIVATE
def clean(
    sources: tuple[str, ...], removed: bool, keep_everything: bool, site_rules: bool, allow_private: bool
) -> None:
    """Print the cleaned article, or what was dropped.

    One block per line, a blank line between; code keeps its own lines.

    \b
    onrecord clean pasted.txt
    onrecord clean --removed pasted.txt
    """
    from reader.model.restoration import restore

    run = Inputs(sources, job_options(allow_private=allow_private, no_library=True))
    for report in run.rule_trials() if site_rules else ():
        click.echo("\n".join(report))
    for article in () if site_rules else run.articles():
        if keep_everything:
            article = restore(article, [line.line for line in article.removed])
        for notice in article.notices:
            complain(notice)
        sys.stdout.buffer.write("".join(_removed(article) if removed else _text(article)).encode())
        sys.stdout.buffer.flush()
    run.finish()


def _removed(article: Article) -> list[str]:
    return [f"{line.line}\t{line.reason}\t{line.text}\n" for line in article.removed]


def _text(article: Article) -> list[str]:
    texts = ((block.kind, article.text[block.start : block.end]) for block in article.blocks)
    return [(text if kind == "code" else " ".join(text.split())) + "\n\n" for kind, text in texts]
