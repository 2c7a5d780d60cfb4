"""The command ``onrecord``, also as ``python -m reader``."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line; ``onrecord FILE`` in a terminal takes a shorter way to the same end.

    Opening a file is what the command is mostly for: it need not wait for all other commands to be
    imported. Whatever has an option, or could be the name of a command, goes the long way.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _take_closed_streams()
    try:
        _main()
    except (MemoryError, SystemError):
        # Also of whoever was about to tell of another error. Where memory lacks inside Python itself, it
        # calls that a system error; any other is told before it comes here.
        os.write(2, b"onrecord: There is not enough memory. Close something, or open a shorter text.\n")
        sys.exit(70)


def _main() -> None:
    if (
        len(sys.argv) == 2
        and _is_file(sys.argv[1])
        and sys.stdout.isatty()
        and os.environ.get("TERM") != "dumb"
    ):
        sys.exit(_read(sys.argv[1]))
    from reader.commands.group import main as command_line
    from reader.language.spacy_start import put_off_command_line

    put_off_command_line()
    command_line(prog_name="onrecord")


def _take_closed_streams() -> None:
    """Put something in the places of streams that whoever started us has closed.

    Otherwise the next file to be opened, the library for instance, would get their numbers and what is
    written to them. Standard output refuses what is written, so that nothing seems to have been delivered.
    """
    for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # gets the lowest number that is free
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- as long as we run
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- as long as we run


def _is_file(name: str) -> bool:
    return not name.startswith("-") and ("." in name or os.sep in name) and os.path.isfile(name)  # noqa: PTH113 -- no pathlib yet


def _read(source: str) -> int:
    from reader.model.errors import ReaderError
    from reader.tui.start import run

    try:
        return run([source])
    except ReaderError as error:
        failed = error
    except Exception as error:
        from reader.settings.crashes import told

        failed = told(error)
    with suppress(OSError):  # the terminal may have gone
        print(f"onrecord: {failed}", file=sys.stderr)
    return failed.exit_code


if __name__ == "__main__":
    main()
