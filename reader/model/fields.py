"""Plain data from JSON, asked for field by field; what is not as it should be is an error that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast, get_args

from reader.model.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Fields:
    """The fields of an object, asked for by name and type."""

    def __init__(self, value: object, name: str, hint: str) -> None:
        self.name, self.hint = name, hint
        if not isinstance(value, dict):
            refuse(name, "an object", self.hint)
        self._fields = cast("dict[str, object]", value)

    def value(self, key: str) -> object:
        """Return what a field holds."""
        if key not in self._fields:
            raise RecordError(f"The record lacks {self.name}.{key}", self.hint)
        return self._fields[key]

    def text(self, key: str) -> str:
        """Return the text that a field holds."""
        value = self.value(key)
        if not isinstance(value, str):
            refuse(f"{self.name}.{key}", "text", self.hint)
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return the text that a field holds, None when it is null or not there."""
        return None if self._fields.get(key) is None else self.text(key)

    def number(self, key: str, least: int, most: int | None = None, usual: int | None = None) -> int:
        """Return the whole number that a field holds, ``usual`` when it is not there."""
        value = self._fields.get(key, usual) if usual is not None else self.value(key)
        return offset(value, f"{self.name}.{key}", self.hint, least, most)

    def span(self, size: int) -> tuple[int, int]:
        """Return the offsets ``start`` and ``end`` into a text of a size."""
        start = self.number("start", 0, size)
        return start, self.number("end", start, size)

    def list(self, key: str) -> list[object]:
        """Return the array that a field holds, an empty one when it is not there."""
        value = self._fields.get(key, [])
        if not isinstance(value, list):
            refuse(f"{self.name}.{key}", "an array", self.hint)
        return cast("list[object]", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts that a field holds."""
        values = self.list(key)
        if not all(isinstance(value, str) for value in values):
            refuse(f"{self.name}.{key}", "an array of texts", self.hint)
        return tuple(cast("list[str]", values))

    def each(self, key: str, read: Callable[[Fields], T]) -> tuple[T, ...]:
        """Return what is read of each object in an array."""
        return tuple(
            read(Fields(value, f"{key}[{number}]", self.hint)) for number, value in enumerate(self.list(key))
        )

    def maybe(self, key: str, read: Callable[[Fields], T]) -> T | None:
        """Return what is read of an object, None when it is null or not there."""
        value = self._fields.get(key)
        return None if value is None else read(Fields(value, f"{self.name}.{key}", self.hint))

    def one_of(self, key: str, literal: Any) -> Any:
        """Return a text that is one of a ``Literal``'s."""
        value = self.text(key)
        if value not in get_args(literal):
            refuse(f"{self.name}.{key}", f"one of {', '.join(get_args(literal))}", self.hint)
        return value


def offset(value: object, name: str, hint: str, least: int, most: int | None) -> int:
    """Return a value that is a whole number in a range."""
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or value < least
        or (most is not None and value > most)
    ):
        refuse(name, f"a whole number from {least}" + (f" to {most}" if most is not None else ""), hint)
    return value


def refuse(name: str, wanted: str, hint: str) -> NoReturn:
    """Raise the :class:`RecordError` that says what a field should be."""
    raise RecordError(f"In the record, {name} is not {wanted}", hint)
