"""Programs that the user has configured: given arguments, never a command line that a shell would read."""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING

from reader.text.safety import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Sequence


def arguments(words: Sequence[str], url: str, title: str) -> list[str]:
    """Return the words of a program with the address and the title in their places.

    Each is put in as a whole argument. A title is foreign text: on one line, without what acts on a terminal,
    and without the hyphens in front that would make it an option.
    """
    shown = one_line(title).lstrip("-‐‑ ").strip() or url
    places = {"{url}": url, "{title}": shown}
    return [places.get(word, word) for word in words]


def start(words: Sequence[str], url: str, title: str) -> str:
    """Start a program, which has no terminal and is not waited for; return why it cannot be started."""
    command = arguments(words, url, title)
    try:
        process = subprocess.Popen(  # noqa: S603 -- the user's own words; no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        return f"{printable(words[0])} cannot be started: {reason}"
    threading.Thread(target=process.wait, name="program", daemon=True).start()
    return ""
