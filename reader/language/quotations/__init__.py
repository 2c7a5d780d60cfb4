"""Quotations: which stretches of an article are somebody's words. Needs no language model."""

from reader.language.quotations.finder import QuotedSpan, find_quotations

__all__ = ["QuotedSpan", "find_quotations"]
