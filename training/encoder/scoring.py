"""Quick scores of a network on prepared streams, read as they are in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from training.encoder.objective import MEANT, SPEAKER, arc_scores, question_scores
from training.encoder.packs import IN_USE, batches, collate, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from training.encoder.network import Hidden, Network
    from training.encoder.packs import Stream

SHOWN_TYPES = ("PERSON", "PLACE", "ORG")
# Answers kept of every question.
MOST = 8


def on(device: str, batch: dict[str, Any]) -> dict[str, Any]:
    """The batch's tensors on a device."""
    return {
        key: value.to(device, non_blocking=True) if isinstance(value, torch.Tensor) else value
        for key, value in batch.items()
    }


def read(
    network: Network, stream: Stream, documents: Iterable[int], device: str, size: int, budget: int = IN_USE
) -> Iterator[tuple[Hidden, dict[str, Any]]]:
    """Read documents without training."""
    groups = [group for number in documents for group in pack(stream, number, budget, None)]
    network.eval()
    with torch.inference_mode():
        for part in batches(groups, size, None):
            batch = on(device, collate(part, keep=True))
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                hidden = network(batch["ids"], batch["cases"], batch["segment"] >= 0)
            yield type(hidden)(*(layer.float() for layer in hidden)), batch
    network.train()


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """The spans of a sequence of labels, a stray continuation beginning one."""
    found = set()
    start, kind = -1, ""
    for place, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            found.add((start, place, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = place, label[2:]
    return {span for span in found if span[2] in SHOWN_TYPES}


def names(network: Network, stream: Stream, labels: Sequence[str], device: str, size: int) -> float:
    """F of names, per cent, without what the article says as a whole."""
    hit = found = gold = 0
    for hidden, batch in read(network, stream, stream.all_documents(), device, size):
        best = network.heads.names(hidden.names).argmax(-1).cpu().numpy()
        wanted, word = batch["name"].cpu().numpy(), batch["word"].cpu().numpy() == 1
        for row in range(len(best)):
            at = word[row]
            got = spans([labels[n] for n in best[row][at]])
            want = spans([labels[n] if 0 <= n < len(labels) else "O" for n in wanted[row][at]])
            hit, found, gold = hit + len(got & want), found + len(got), gold + len(want)
    return 200 * hit / max(1, found + gold)


def parse(network: Network, stream: Stream, device: str, size: int, budget: int) -> dict[str, float]:
    """Tags, sentence starts and arcs, per cent; arcs within the paragraph, sentences not given."""
    count = dict.fromkeys(("n", "tag", "pos", "uas", "las", "start", "found", "gold"), 0)
    for hidden, batch in read(network, stream, stream.all_documents(), device, size, budget):
        heads = network.heads
        known = batch["head"] >= 0
        best = arc_scores(network, hidden.syntax, batch).argmax(-1)
        where = known.nonzero()
        relation = heads.relation_scores(
            heads.relation_dependent(hidden.syntax)[where[:, 0], where[:, 1]],
            heads.relation_head(hidden.syntax)[where[:, 0], best[known]],
        ).argmax(-1)
        right = best[known] == batch["head"][known]
        start = heads.starts(hidden.syntax)[known].argmax(-1) == 1
        first = batch["start"][known] == 1
        count["n"] += int(known.sum())
        count["uas"] += int(right.sum())
        count["las"] += int((right & (relation == batch["relation"][known])).sum())
        count["tag"] += int((heads.tags(hidden.syntax)[known].argmax(-1) == batch["tag"][known]).sum())
        count["pos"] += int((heads.parts(hidden.syntax)[known].argmax(-1) == batch["pos"][known]).sum())
        count["start"] += int((start & first).sum())
        count["found"] += int(start.sum())
        count["gold"] += int(first.sum())
    n = max(1, count["n"])
    scores = {key: round(100 * count[key] / n, 2) for key in ("uas", "las", "tag", "pos")}
    scores["starts"] = round(200 * count["start"] / max(1, count["found"] + count["gold"]), 2)
    return scores


def pointers(network: Network, stream: Stream, device: str, size: int) -> dict[str, float]:
    """How often the likeliest word is an answer, and whether a stretch is a quotation, per cent."""
    tally: dict[str, list[int]] = {}
    for hidden, batch in read(network, stream, stream.all_documents(), device, size):
        for kind, name in ((SPEAKER, "speaker"), (MEANT, "meant")):
            scores, chosen, question = question_scores(network, hidden.speech, batch, kind)
            if not len(chosen):
                continue
            links, answers = batch["links"][chosen], batch["answers"][chosen]
            best = scores.argmax(-1)
            right = answers[torch.arange(len(chosen), device=answers.device), best]
            told = links[:, 5] == 1
            within = told & ~answers[:, 0]
            for key, mask in ((name, told), (f"{name} here", within)):
                tally.setdefault(key, [0, 0])
                tally[key][0] += int((right & mask).sum())
                tally[key][1] += int(mask.sum())
            if kind == SPEAKER:
                judged = links[:, 4] >= 0
                agreed = (network.heads.genuine(question)[:, 0] > 0) == (links[:, 4] == 1)
                tally.setdefault("genuine", [0, 0])
                tally["genuine"][0] += int((agreed & judged).sum())
                tally["genuine"][1] += int(judged.sum())
    return {key: round(100 * right / max(1, total), 2) for key, (right, total) in tally.items()}


def outlook(
    network: Network, stream: Stream, documents: Iterable[int], device: str, size: int, *, meant: bool
) -> dict[str, np.ndarray]:
    """What the heads for attribution say about documents: the likeliest answers of every link, and roles.

    ``speakers`` has a row per link: its number, then per answer its piece in the stream (-1: none here)
    and its probability in thousandths, then the probability that it is a quotation.
    """
    rows: list[list[int]] = []
    who: list[np.ndarray] = []
    roles = np.zeros((len(stream.arrays["ids"]), 3), np.uint8)
    for hidden, batch in read(network, stream, documents, device, size):
        source = batch["source"]
        told = torch.sigmoid(network.heads.roles(hidden.speech)).cpu().numpy()
        inside = source >= 0
        roles[source[inside]] = np.round(255 * told[inside])
        scores, chosen, question = question_scores(network, hidden.speech, batch, SPEAKER)
        if len(chosen):
            likelihood = scores.softmax(-1)
            none = likelihood[:, 0].cpu().numpy()
            values, places = likelihood[:, 1:].topk(min(MOST, likelihood.shape[1] - 1))
            genuine = torch.sigmoid(network.heads.genuine(question)[:, 0]).cpu().numpy()
            table = batch["links"][chosen].cpu().numpy()
            values, places = values.cpu().numpy(), places.cpu().numpy() + 1
            for number in range(len(chosen)):
                answers: list[int] = []
                for value, place in zip(values[number], places[number], strict=True):
                    answers += [int(source[table[number, 0], place]), round(1000 * float(value))]
                answers += [-1, 0] * (MOST - len(values[number]))
                rows.append(
                    [
                        int(table[number, 6]),
                        round(1000 * none[number]),
                        round(1000 * genuine[number]),
                        *answers,
                    ]
                )
        if meant:
            who.extend(_meant(network, hidden, batch))
    found: dict[str, Any] = {"speakers": np.array(rows, np.int32), "roles": roles}
    if meant:
        found["meant"] = np.concatenate(who)
    return found


def _meant(network: Network, hidden: Hidden, batch: dict[str, Any]) -> Iterator[np.ndarray]:
    """For every word: its piece, the probability that it means nobody here, and the likeliest answers."""
    heads = network.heads
    scores = heads.meant(heads.anaphor(hidden.speech), heads.antecedent(hidden.speech)).float()
    allowed = batch["word"] == 1
    allowed[:, 0] = True
    likelihood = scores.masked_fill(~allowed[:, None, :], -1e4).softmax(-1)
    none = likelihood[..., :1]
    values, places = likelihood[..., 1:].topk(min(MOST, likelihood.shape[2] - 1))
    for row, source in enumerate(batch["source"]):
        at = np.flatnonzero((source >= 0) & (batch["word"][row].cpu().numpy() == 1))
        pieces = source[places[row].cpu().numpy()[at] + 1]
        shares = np.round(1000 * values[row].cpu().numpy()[at]).astype(np.int32)
        nobody = np.round(1000 * none[row].cpu().numpy()[at]).astype(np.int32)
        told = np.full((len(at), 2 + 2 * MOST), -1, np.int32)
        told[:, 0], told[:, 1] = source[at], nobody[:, 0]
        told[:, 2 : 2 + pieces.shape[1]] = pieces
        told[:, 2 + MOST : 2 + MOST + pieces.shape[1]] = shares
        yield told
