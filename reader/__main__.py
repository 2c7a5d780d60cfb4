"""The command ``onrecord``, also as ``python -m reader``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; ``onrecord FILE`` in a terminal takes a shorter way to the same end.

    Opening a file is what the command is mostly for: it need not wait for all other commands to be
    imported. Whatever has an option, or could be the name of a command, goes the long way.
    """
    if (
        len(sys.argv) == 2
        and _is_file(sys.argv[1])
        and sys.stdout.isatty()
        and os.environ.get("TERM") != "dumb"
    ):
        sys.exit(_read(sys.argv[1]))
    from reader.commands.group import main as command_line

    command_line(prog_name="onrecord")


def _is_file(name: str) -> bool:
    return not name.startswith("-") and ("." in name or os.sep in name) and os.path.isfile(name)  # noqa: PTH113 -- no pathlib yet


def _read(source: str) -> int:
    from reader.model.errors import ReaderError
    from reader.tui.start import run

    try:
        return run([source])
    except ReaderError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    main()
