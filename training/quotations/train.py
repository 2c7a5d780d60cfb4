"""Train everything that quotations and speakers need, and write it beside the code that uses it.

usage: python -m training.quotations.train --annotated ARTICLES.jsonl [--folds PIPELINE ...] [--cache FOLDER]

ARTICLES.jsonl holds annotated articles (see articles.py; we use the training part of PolNeAR); our own
corpus is added, without its held-out tenth. What the encoder says of articles that it learnt from is too good
to be trusted: ``--folds`` are pipelines whose encoders left out a part each (training.encoder.tower --fold),
and article ``number`` is read by pipeline ``number % folds``. Takes some ten minutes of one core; set
OMP_NUM_THREADS=1 on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reader.language
from reader.language.attribution import features
from reader.language.attribution import resolver as anaphora
from reader.language.attribution.confidence import Calibration
from reader.language.attribution.ranker import Ranker
from reader.language.pipeline import load_pipeline
from reader.language.quotations import surface
from reader.language.quotations.kinds import Judge
from reader.language.trees import Trees, load_trees
from training.quotations import calibrate, judge, resolution, speakers
from training.quotations.articles import from_corpus, from_jsonl
from training.quotations.export import arrays, save, stored
from training.quotations.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.quotations.articles import GoldArticle
    from training.quotations.prepared import Prepared

_DATA = Path(reader.language.__file__).parent / "data"
# Every so many articles, one serves to calibrate a ranker trained on the others.
_CALIBRATE_EVERY = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--annotated", type=Path, required=True, help="annotated articles, JSON lines")
    parser.add_argument("--pipeline", help="spaCy pipeline (default: the embedded one)")
    parser.add_argument("--folds", nargs="*", help="pipelines that left out a part of the articles each")
    parser.add_argument("--keep-resolver", action="store_true", help="leave the resolver that ships as it is")
    parser.add_argument("--cache", type=Path, help="folder to keep parses in")
    parser.add_argument("--output", type=Path, default=_DATA)
    parser.add_argument("--own-weight", type=float, default=2.0, help="weight of our own articles")
    parser.add_argument("--iterations", type=int, default=500, help="trees of the ranker")
    parser.add_argument("--judge-threshold", type=float, default=0.5)
    parser.add_argument("--least", type=float, default=0.2, help="confidence below which it is no quotation")
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args(arguments)
    started = time.monotonic()

    annotated = list(from_jsonl(options.annotated))
    own = list(from_corpus(kept_out=False))
    judging, near = judge.fit([*annotated, *own], options.seed)
    _tell(started, "judge fitted")

    pipelines = options.folds or [options.pipeline]
    prepared = [
        *_in_folds(annotated, pipelines, options.cache, "annotated"),
        *_in_folds(own, pipelines, options.cache, "own"),
    ]
    _tell(started, f"{len(prepared)} articles parsed")

    options.output.mkdir(parents=True, exist_ok=True)
    resolver: Trees | None = None
    if options.keep_resolver:
        (resolver,) = load_trees(_DATA / "speakers.npz", resolver=anaphora.NAMES)
        resolving: Any = stored(_DATA / "speakers.npz", "resolver")
    else:
        for _ in range(2):
            classifier = resolution.fit(prepared, resolver, options.seed)
            resolver = _as_trees(options.output, classifier)
        resolving = arrays(classifier, "resolver", anaphora.NAMES)
    assert resolver is not None
    _tell(started, "resolver fitted")

    trusted = Judge(_as_trees(options.output, judging), near, options.judge_threshold)
    learning = [article for number, article in enumerate(prepared) if number % _CALIBRATE_EVERY]
    kept = [article for number, article in enumerate(prepared) if number % _CALIBRATE_EVERY == 0]
    fitted, words = speakers.fit(
        learning, resolver, own_weight=options.own_weight, iterations=options.iterations, seed=options.seed
    )
    trial = Ranker(_as_trees(options.output, fitted), words, Calibration([], 0.0, 0.0))
    hearing = calibrate.fit(kept, trial, trusted, resolver, least=options.least)
    deaf = [replace(article, pointed={}) for article in kept]
    calibration = calibrate.fit(deaf, trial, trusted, resolver, least=options.least)
    _tell(started, "calibrated")

    ranking, words = speakers.fit(
        prepared, resolver, own_weight=options.own_weight, iterations=options.iterations, seed=options.seed
    )
    _write(
        options.output / "quotations.json",
        {"threshold": options.judge_threshold, "neighbours": _tables(near)},
    )
    _write(
        options.output / "speakers.json",
        {
            "calibration": _fields(calibration),
            "hearing": _fields(hearing),
            "verbs": words.verbs,
            "nouns": words.nouns,
        },
    )
    save(options.output / "quotations.npz", arrays(judging, "quotation", surface.NAMES))
    save(options.output / "speakers.npz", arrays(ranking, "speaker", features.NAMES), resolving)
    _tell(started, f"written to {options.output}")


def _in_folds(
    articles: Sequence[GoldArticle], pipelines: Sequence[str | None], cache: Path | None, name: str
) -> list[Prepared]:
    """The articles as they are read by pipelines that did not learn from them, in their order."""
    found: dict[int, Prepared] = {}
    for fold, pipeline in enumerate(pipelines):
        places = range(fold, len(articles), len(pipelines))
        path = cache / f"{name}-{fold}.pickle" if cache else None
        part = prepare([articles[place] for place in places], load_pipeline(pipeline), path)
        found.update(zip(places, part, strict=True))
    return [found[place] for place in range(len(articles))]


def _fields(calibration: Calibration) -> dict[str, Any]:
    return {"weights": calibration.weights, "bias": calibration.bias, "least": calibration.least}


def _as_trees(folder: Path, classifier: Any) -> Trees:
    """A classifier as it will be evaluated at run time."""
    path = folder / "trial.npz"
    save(path, arrays(classifier, "trial", ()))
    (trees,) = load_trees(path, trial=())
    path.unlink()
    return trees


def _tables(near: Any) -> dict[str, dict[str, float]]:
    return {name: dict(getattr(near, name)) for name in ("before", "earlier", "after", "later")}


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def _tell(started: float, what: str) -> None:
    print(f"{time.monotonic() - started:5.0f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
