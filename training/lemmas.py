"""A rule lemmatizer whose exceptions and known words come from the treebanks."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spacy.lookups import Lookups
from spacy.pipeline import Lemmatizer

from training.treebank import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacy.language import Language

_DOUBLED = "bdgklmnprtz"
RULES: dict[str, list[list[str]]] = {
    "noun": [
        ["ies", "y"],
        ["ches", "ch"],
        ["shes", "sh"],
        ["sses", "ss"],
        ["xes", "x"],
        ["zes", "z"],
        ["men", "man"],
        ["ss", "ss"],
        ["us", "us"],
        ["is", "is"],
        ["s", ""],
    ],
    "verb": [
        ["ies", "y"],
        ["ied", "y"],
        ["sses", "ss"],
        ["ches", "ch"],
        ["shes", "sh"],
        *([f"{letter}{letter}{ending}", letter] for letter in _DOUBLED for ending in ("ing", "ed")),
        ["ss", "ss"],
        ["es", "e"],
        ["s", ""],
        ["ed", ""],
        ["ed", "e"],
        ["ing", ""],
        ["ing", "e"],
    ],
    "adj": [["ier", "y"], ["iest", "y"], ["er", ""], ["er", "e"], ["est", ""], ["est", "e"]],
}
RULES["aux"] = RULES["verb"]
_EXCEPTIONS_FOR = (*RULES, "adv", "pron", "det", "adp", "part")


def add_lemmatizer(nlp: Language, treebanks: Iterable[Path]) -> None:
    """Append a rule lemmatizer, fitted to the words of the treebanks, to a pipeline that sets coarse tags."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for path in treebanks:
        for sentence in sentences(path):
            for word in sentence:
                lemma = "not" if word.form.lower() == "n't" else word.lemma.lower()
                counts[word.pos.lower()][word.form.lower()][lemma] += 1
    known = {
        pos: {form: lemmas.most_common(1)[0][0] for form, lemmas in forms.items()}
        for pos, forms in counts.items()
    }
    # A mapping rather than a list: the lemmatizer asks whether a form is in it for every rule.
    index = {pos: dict.fromkeys(sorted(set(known[pos].values())), 1) for pos in RULES if pos in known}
    lookups = Lookups()
    lookups.add_table("lemma_rules", RULES)
    lookups.add_table("lemma_index", index)
    exceptions = {
        pos: {
            form: [lemma]
            for form, lemma in known.get(pos, {}).items()
            if lemma != by_rule(form, RULES.get(pos, []), frozenset(index.get(pos, ())))
        }
        for pos in _EXCEPTIONS_FOR
    }
    lookups.add_table("lemma_exc", exceptions)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    assert isinstance(lemmatizer, Lemmatizer)
    lemmatizer.initialize(lookups=lookups)


def by_rule(form: str, rules: list[list[str]], index: frozenset[str]) -> str:
    """What spaCy's rules make of a form: the last result that is known, else the first one, else the form."""
    results = [form[: -len(old)] + new for old, new in rules if form.endswith(old) and len(form) > len(old)]
    known = [result for result in results if result in index]
    return known[-1] if known else next(iter([*results, form]))
