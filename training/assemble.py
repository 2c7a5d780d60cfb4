"""Put the encoder and the lemmatizer together into the pipeline that ships.

usage: python -m training.assemble --encoder FOLDER --treebanks FILE.conllu... --output FOLDER
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy

from reader.language.encoder import component
from training.lemmas import add_lemmatizer
from training.licences import LICENCE, SOURCES

NAME, VERSION = "onrecord", "2.0.0"
SPACY = ">=3.8.0,<3.9.0"


def main() -> None:
    """Write the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    nlp = spacy.blank("en")
    encoder = nlp.add_pipe("onrecord_encoder")
    assert isinstance(encoder, component.Encoder)
    encoder.from_disk(arguments.encoder)
    add_lemmatizer(nlp, arguments.treebanks)
    nlp.meta.update(
        name=NAME,
        version=VERSION,
        description="English news: people, places, organisations, groups; tags, lemmas, parse; speakers.",
        author="On Record",
        license=LICENCE,
        spacy_version=SPACY,
        sources=SOURCES,
    )
    nlp.to_disk(arguments.output)
    size = sum(path.stat().st_size for path in arguments.output.rglob("*") if path.is_file())
    print(f"{arguments.output}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
