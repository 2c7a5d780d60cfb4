"""Attribution: who said each quotation, on what evidence, and how sure that is."""

from reader.language.attribution.engine import attribute

__all__ = ["attribute"]
