"""Which of a theme's roles the types of entities are drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.analysis import EntityType

TYPE_ROLES: dict[EntityType, str] = {"PERSON": "person", "PLACE": "place", "ORG": "org", "GROUP": "group"}
