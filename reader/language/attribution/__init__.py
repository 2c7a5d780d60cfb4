"""Attribution: who said each quotation, on what evidence, and how sure that is."""

from reader.language.attribution.engine import attribute
from reader.language.attribution.masking import mask
from reader.language.attribution.readings import Readings
from reader.language.attribution.scenes import in_view
from reader.language.attribution.turns import attribute_turns, in_order, in_turns, labelled_people

__all__ = [
    "Readings",
    "attribute",
    "attribute_turns",
    "in_order",
    "in_turns",
    "in_view",
    "labelled_people",
    "mask",
]
