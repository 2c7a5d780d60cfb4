"""Fine-tune the encoder on the public corpora and our own.

usage: python -m training.train_encoder --pretrained FOLDER --open open_train.jsonl --output FOLDER

Runs anywhere torch does; on a processor with bfloat16 instructions, in that precision. Each pass
takes a share of the public corpora and several copies of our own articles (--passes). Checkpoints
hold only what was trained: the word embeddings stay as pretrained, so that names never seen in
training stay where pretraining put them.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.corpora import open_documents, own_documents
from training.encoder_data import PAD, Sample, batches, encode, pack
from training.encoder_model import Tagger
from training.labels import IGNORED, LABELS, allowed

BATCH_PIECES = 1024
WARM_UP = 0.08
WEIGHT_DECAY = 0.01


def collate(batch: list[Sample]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Piece numbers, cases, mask and targets of a batch, padded."""
    longest = max(map(len, batch))

    def padded(row: list[int], filler: int) -> list[int]:
        return row + [filler] * (longest - len(row))

    return (
        torch.tensor([padded(item.ids, PAD) for item in batch]),
        torch.tensor([padded(item.cases, 0) for item in batch]),
        torch.tensor([padded([1] * len(item), 0) for item in batch]),
        torch.tensor([padded(item.targets, IGNORED) for item in batch]),
    )


def loss(scores: torch.Tensor, targets: torch.Tensor, permitted: torch.Tensor) -> torch.Tensor:
    """Mean negative log-likelihood of the labels that each word's target permits."""
    known = targets != IGNORED
    likelihood = scores[known].float().log_softmax(-1)
    return -(likelihood + permitted[targets[known]]).logsumexp(-1).mean()


def main() -> None:
    """Train, saving a checkpoint every --save steps and at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--open", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint to continue from")
    parser.add_argument(
        "--passes", default="1.0:2,0.7:3,0.4:3", help="share of public corpora:copies of ours"
    )
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save", type=int, default=300)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    chance = random.Random(arguments.seed)
    tokenizer = Tokenizer.from_file(str(arguments.pretrained / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    public = encode(tokenizer, open_documents(arguments.open))
    own = encode(tokenizer, own_documents(kept_out=False))
    schedule: list[list[Sample]] = []
    for step in arguments.passes.split(","):
        share, copies = step.split(":")
        documents = chance.sample(public, round(float(share) * len(public))) + own * int(copies)
        sequences = [sequence for document in documents for sequence in pack(document, chance)]
        schedule.extend(batches(sequences, BATCH_PIECES, chance))
    total = len(schedule)
    print(f"{len(public)} public documents, {len(own)} own, {total} steps", flush=True)

    model = Tagger(arguments.pretrained)
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start), strict=False)
    fresh = {id(parameter) for parameter in (*model.case.parameters(), *model.output.parameters())}
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    new_rate = arguments.rate if arguments.start else 10 * arguments.rate
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if id(p) not in fresh], "lr": arguments.rate},
            {"params": [p for p in trained if id(p) in fresh], "lr": new_rate},
        ],
        weight_decay=WEIGHT_DECAY,
        fused=True,
    )
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * total), max(0.0, 1 - step / total))
    )
    permitted = torch.where(torch.tensor(allowed()), 0.0, -1e4)
    assert permitted.shape == (len(LABELS) + 1, len(LABELS))

    def save(name: str) -> None:
        state = {key: value for key, value in model.state_dict().items() if "word_embeddings" not in key}
        torch.save(state, arguments.output / f"{name}.pt")

    model.train()
    started, running = time.monotonic(), 0.0
    for number, batch in enumerate(schedule, start=1):
        ids, cases, mask, targets = collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(ids, cases, mask)
        value = loss(scores, targets, permitted)
        value.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad(set_to_none=True)
        running = value.item() if number == 1 else 0.98 * running + 0.02 * value.item()
        if number % 25 == 0:
            print(f"{number}/{total} loss {running:.4f} {time.monotonic() - started:.0f} s", flush=True)
        if number % arguments.save == 0:
            save(f"step-{number:05d}")
    save("last")


if __name__ == "__main__":
    main()
