"""``python -m reader`` is ``onrecord``."""

from reader.cli import main

if __name__ == "__main__":
    main(prog_name="onrecord")
