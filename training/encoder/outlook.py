"""What encoders that had not seen an article say about its quotations, as the ranker is to learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from reader.language.attribution.readings import Pointed
from reader.language.quotations.finder import stretches_by_paragraph
from training.encoder.packs import load
from training.encoder.prepare import Article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.quotations.articles import GoldArticle

_LEAST = 0.01


def outlook(
    path: Path, data: Path, tokenizer: Path, stream: str, articles: Sequence[GoldArticle]
) -> list[dict[int, Pointed]]:
    """Per article, by the start of the quotation. ``articles`` must be those that ``data`` was made of."""
    cutter = Tokenizer.from_file(str(tokenizer))
    cutter.no_truncation()
    cutter.no_padding()
    streams, _ = load(data)
    pieces: list[int] = []
    spans: list[tuple[int, int]] = []
    owners: list[int] = []
    base = 0
    for number, gold in enumerate(articles):
        lines = [(low, high) for low, high, _ in stretches_by_paragraph(gold.text, ())]
        article = Article(cutter, gold.text, lines, base)
        pieces += article.piece
        spans += zip(article.starts, article.ends, strict=True)
        owners += [number] * len(article.piece)
        base += sum(len(part.ids) for part in article.parts)
    if base != len(streams[stream].arrays["ids"]):
        raise ValueError(f"{data} was not made of these articles")
    place = {piece: number for number, piece in enumerate(pieces)}
    found: list[dict[int, Pointed]] = [{} for _ in articles]
    with np.load(path) as stored:
        for row in stored[f"{stream}.speakers"].tolist():
            link, nobody, genuine, *told = row
            word = place[int(streams[stream].links[link, 1])]
            answers = tuple(
                (*spans[place[piece]], share / 1000)
                for piece, share in zip(told[::2], told[1::2], strict=True)
                if piece in place and share >= 1000 * _LEAST
            )
            found[owners[word]][spans[word][0]] = Pointed(answers, nobody / 1000, genuine / 1000)
    return found
