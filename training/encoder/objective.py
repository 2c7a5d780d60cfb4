"""The loss of every head on a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from training.encoder.network import Hidden, Network

WEIGHTS = {
    "names": 1.0, "tags": 0.5, "parts": 0.5, "starts": 0.5, "arcs": 1.0, "relations": 1.0,
    "roles": 1.0, "speakers": 1.0, "genuine": 0.5, "meant": 0.5,
}  # fmt: skip
SPEAKER, MEANT = 0, 1
FORBIDDEN = -1e4
# About how many quotations a batch asks about.
QUESTIONS = 12


def arc_scores(network: Network, syntax: torch.Tensor, batch: dict[str, Any]) -> torch.Tensor:
    """Scores of heads (last axis) per piece, within the paragraph; the head of a root is place 0."""
    heads = network.heads
    scores = heads.arcs(heads.arc_dependent(syntax), heads.arc_head(syntax)).float()
    candidate = batch["head"] != -2
    segment = batch["segment"]
    allowed = candidate[:, None, :] & (segment[:, :, None] == segment[:, None, :])
    allowed[:, :, 0] = True
    allowed &= ~torch.eye(allowed.shape[1], dtype=torch.bool, device=allowed.device)
    return scores.masked_fill(~allowed, FORBIDDEN)


def question_scores(
    network: Network, speech: torch.Tensor, batch: dict[str, Any], kind: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """For every link of a kind: scores of the pieces (0: none of them), its row, and its vector."""
    heads = network.heads
    links = batch["links"]
    chosen = (links[:, 1] == kind).nonzero()[:, 0]
    row, first, last = links[chosen, 0], links[chosen, 2], links[chosen, 3]
    if kind == SPEAKER:
        question = heads.quotation(torch.cat([speech[row, first], speech[row, last]], -1))
        answers, pointer = heads.source(speech), heads.speakers
    else:
        question = heads.anaphor(speech[row, first])
        answers, pointer = heads.antecedent(speech), heads.meant
    keys = answers[row]
    scores = (
        torch.einsum("qi,qli->ql", question @ pointer.matrix, keys) + pointer.alone(keys)[..., 0]
    ).float()
    allowed = batch["word"][row] == 1
    allowed[:, 0] = True
    return scores.masked_fill(~allowed, FORBIDDEN), chosen, question


def losses(
    network: Network, hidden: Hidden, batch: dict[str, Any], permitted: torch.Tensor
) -> dict[str, torch.Tensor]:
    """Per head its mean loss over what is known in the batch; heads without anything known are missing."""
    heads = network.heads
    found: dict[str, torch.Tensor] = {}
    known = batch["name"] >= 0
    if known.any():
        likelihood = heads.names(hidden.names[known]).float().log_softmax(-1)
        found["names"] = -(likelihood + permitted[batch["name"][known]]).logsumexp(-1).mean()
    for key, name, layer in (
        ("tag", "tags", heads.tags),
        ("pos", "parts", heads.parts),
        ("start", "starts", heads.starts),
    ):
        known = batch[key] >= 0
        if known.any():
            found[name] = functional.cross_entropy(layer(hidden.syntax[known]).float(), batch[key][known])
    rows = (batch["head"] != -2).any(1).nonzero()[:, 0]
    if len(rows):
        part = {key: batch[key][rows] for key in ("head", "segment", "relation")}
        syntax = hidden.syntax[rows]
        scores = arc_scores(network, syntax, part)
        known = part["head"] >= 0
        told = scores.gather(2, part["head"].clamp(min=0)[..., None])[..., 0]
        known = known & (told > FORBIDDEN / 2)
        if known.any():
            found["arcs"] = functional.cross_entropy(scores[known], part["head"][known])
        known = known & (part["relation"] >= 0)
        where = known.nonzero()
        if known.any():
            dependents = heads.relation_dependent(syntax)[where[:, 0], where[:, 1]]
            above = heads.relation_head(syntax)[where[:, 0], part["head"][known].clamp(min=0)]
            found["relations"] = functional.cross_entropy(
                heads.relation_scores(dependents, above).float(), part["relation"][known]
            )
    known = (batch["role"] != 255) & (batch["word"] == 1)
    if known.any():
        wanted = batch["role"][known]
        bits = torch.stack([(wanted >> bit) & 1 for bit in range(3)], -1).float()
        found["roles"] = functional.binary_cross_entropy_with_logits(
            heads.roles(hidden.speech[known]).float(), bits
        )
    for kind, name in ((SPEAKER, "speakers"), (MEANT, "meant")):
        scores, chosen, question = question_scores(network, hidden.speech, batch, kind)
        if not len(chosen):
            continue
        links = batch["links"][chosen]
        told = links[:, 5] == 1
        if told.any():
            likelihood = scores[told].log_softmax(-1)
            answers = batch["answers"][chosen][told]
            each = -likelihood.masked_fill(~answers, FORBIDDEN).logsumexp(-1)
            # Over a fixed number: a mean of two or three would shake every weight that the tasks share.
            found[name] = each.sum() / QUESTIONS
        judged = links[:, 4] >= 0
        if kind == SPEAKER and judged.any():
            found["genuine"] = functional.binary_cross_entropy_with_logits(
                heads.genuine(question)[judged, 0].float(), links[judged, 4].float()
            )
    return found
