"""Quotations: which stretches of an article are somebody's words. Needs no language model."""

from reader.language.quotations.finder import QuotedSpan, find_quotations
from reader.language.quotations.turns import Turn, find_turns

__all__ = ["QuotedSpan", "Turn", "find_quotations", "find_turns"]
