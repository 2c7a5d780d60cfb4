"""Coverage-guided fuzzing of what reads foreign bytes.

`python -m tests.hostile.fuzzing NAME -runs=N [FOLDER]`: NAME is one of tests.hostile.properties, options are
libFuzzer's, FOLDER keeps inputs that reached new code. Needs the extra `fuzz` (atheris). What it finds
becomes a row of test_fuzzing.py.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["reader"], enable_loader_override=False):
    # Imported when they are first needed, which is too late to be watched.
    import reader.ingest.formats.html
    import reader.ingest.formats.letters
    import reader.ingest.formats.mail
    import reader.ingest.formats.markdown  # noqa: F401
    from reader.ingest import isolation
    from tests.hostile import properties


def _too_heavy(*_: object, **__: object) -> None:
    """A process for each heavy input would leave time for nothing else, and be out of the fuzzer's sight."""
    raise isolation.TooHeavy


def main() -> None:
    """Fuzz one property."""
    name = sys.argv.pop(1)
    isolation.isolated = _too_heavy  # type: ignore[assignment]
    atheris.Setup(sys.argv, properties.PROPERTIES[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
