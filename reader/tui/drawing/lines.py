"""What the lines around the article say, derived from the session and from where the reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import set_cell_size

from reader.index import TYPE_NAMES, Index, duration
from reader.text.dates import moment_in_words
from reader.text.safety import one_line
from reader.tui.session import Failed, Nothing, Reading, Showing

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.tui.drawing.article_rows import Cursor
    from reader.tui.session import State

    KeyOf = Callable[[str], str]

_STAGES = {
    "quotations": "Looking for names",
    "entities": "Looking for names",
    "speakers": "Looking for speakers",
}


class Notice(NamedTuple):
    """The line above the article; ``error`` when something went wrong."""

    text: str
    error: bool = False


class Words(NamedTuple):
    """What stands where the article would be: a title, more about it, the keys that work."""

    title: str
    detail: str = ""
    keys: str = ""


def title(state: State, among: str) -> tuple[str, str]:
    """Return the article's title, and its length; ``among`` says which of several it is."""
    if state.shown is None:
        return "On Record", among
    article = state.shown.article
    length = f"{duration(Index(article).minutes)} · {article.word_count:,} words"
    facts = [among, length] if among else [length]
    return one_line(article.title or article.source or "Untitled"), " · ".join(facts)


def notice(state: State, key_of: KeyOf) -> Notice:
    """Return what must be known about the article that is shown."""
    shown = state.shown
    if shown is None:
        return Notice("")
    if isinstance(state, Failed):
        again = f"{key_of('reload')} tries again"
        return Notice(f"What was read before stays. {_sentences(state.trouble)} {again}", error=True)
    if isinstance(state, Reading):
        return Notice(f"Reading it again {_progress(state)}".rstrip())
    if shown.changed:
        return Notice(f"This file has changed. {key_of('reload')} reads it again and keeps your place")
    if shown.trouble is not None:
        return Notice(_sentences(shown.trouble), error=True)
    told = [one_line(text) for text in shown.article.notices]
    if shown.kept is not None:
        told.append(f"As read on {moment_in_words(shown.kept)}. {key_of('reload')} reads it again")
    return Notice(" ".join(told))


def words(state: State, key_of: KeyOf, *, back: bool = False) -> Words | None:
    """Return what stands where the article would be; ``None`` when the article itself does.

    ``back`` tells that the key to quit leads to a list first.
    """
    leave = "goes back" if back else "quits"
    if isinstance(state, Nothing):
        return Words("")
    if isinstance(state, Reading) and state.shown is None:
        keys = [_progress(state), f"{key_of('quit')} stops"]
        return Words("Reading", one_line(state.source), " · ".join(filter(None, keys)))
    if isinstance(state, Failed) and state.shown is None:
        leave = "goes back" if state.before else leave
        keys = [
            f"{key_of('reload')} tries again",
            f"{key_of('open')} opens another",
            f"{key_of('quit')} {leave}",
        ]
        return Words(one_line(state.trouble.title), one_line(state.trouble.hint), " · ".join(keys))
    if state.shown is not None and not state.shown.article.blocks:
        keys = [f"{key_of('open')} opens another", f"{key_of('quit')} {leave}"]
        return Words("There is no text in this", one_line(state.shown.article.source), " · ".join(keys))
    return None


def _progress(state: Reading) -> str:
    if not state.done:
        return ""
    of = f" of {state.total:,}" if state.total else ""
    return f"{state.done:,}{of} bytes"


def _sentences(trouble: tuple[str, str]) -> str:
    return " ".join(f"{one_line(part).rstrip('.')}." for part in trouble if part)


def current(shown: Showing, cursor: Cursor) -> str:
    """Return what is current in the article, in a few words."""
    index = shown.findings
    if index is None:
        return ""
    if cursor.mention is not None:
        entity, number = cursor.mention.entity, cursor.mention.number
        place = f" · {number + 1} of {len(entity.mentions)}" if number >= 0 else ""
        return f"{index.name(entity)} · {TYPE_NAMES[entity.type][0]}{place}"
    if cursor.quotation is not None:
        number, speaker = index.number(cursor.quotation), index.speaker(cursor.quotation)
        return f"Quotation {number} of {len(index.quotations)} · {speaker}"
    return ""


def found(cursor: Cursor) -> str:
    """Return how many matches there are, and which is current; nothing when nothing is searched for."""
    matches = cursor.matches
    if not len(matches):
        return ""
    place = f"{matches.current + 1:,} of " if matches.current is not None else ""
    return f"{place}{len(matches):,} found"


def busy(state: State) -> str:
    """Return what is being looked for in the article that is shown; nothing when all is known."""
    shown = state.shown
    if not isinstance(state, Showing) or shown is None or shown.complete or shown.trouble is not None:
        return ""
    if not shown.article.blocks:
        return ""
    if shown.found is None:
        return "Getting ready to look for names and quotations"
    return _STAGES.get(shown.found.stage, "Analysing")


def progress(state: State) -> str:
    """Return what is being looked for, with a gauge; why nothing is stands in the notice."""
    text, shown = busy(state), state.shown
    if text and shown is not None and shown.found is not None:
        return f"{text} {gauge(shown.found.done, shown.found.total)}"
    return text


def gauge(done: int, total: int, width: int = 10) -> str:
    """Return a bar of ``width`` cells for ``done`` of ``total``."""
    filled = round(width * done / total) if total else 0
    return set_cell_size("━" * filled, width).replace(" ", "─")
