"""Attribution: who said each quotation, on what evidence, and how sure that is."""

from reader.language.attribution.engine import attribute
from reader.language.attribution.turns import attribute_turns, in_order, in_turns, labelled_people

__all__ = ["attribute", "attribute_turns", "in_order", "in_turns", "labelled_people"]
