"""Crude lemmas, the same whichever pipeline tagged the text."""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think", "went": "go",
    "began": "begin", "put": "put", "read": "read", "spoke": "speak", "spoken": "speak", "sang": "sing",
    "knew": "know", "saw": "see", "made": "make", "gave": "give", "felt": "feel", "heard": "hear",
    "had": "have", "has": "have", "is": "be", "was": "be", "were": "be", "are": "be", "been": "be",
    "did": "do", "does": "do", "swore": "swear", "understood": "understand", "taught": "teach",
    "found": "find", "held": "hold", "shot": "shoot", "broke": "break", "chose": "choose", "took": "take",
    "came": "come", "got": "get", "kept": "keep", "left": "leave", "let": "let", "met": "meet",
    "sent": "send", "sought": "seek", "bit": "bite", "cried": "cry", "replied": "reply", "denied": "deny",
    "implied": "imply", "testified": "testify", "clarified": "clarify", "dying": "die", "lying": "lie",
    "saying": "say", "says": "say", "goes": "go", "summed": "sum", "quipped": "quip", "referred": "refer",
    "referring": "refer", "admitted": "admit", "submitted": "submit", "shrugged": "shrug",
    "forbade": "forbid",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude lemma for verbs and nouns, the same whichever pipeline is used: "declared" -> "declar"."""
    lower = word.lower()
    lower = _IRREGULAR.get(lower, lower)
    for ending in ("ing", "ed", "es", "s"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 3 and not lower.endswith("ss"):
            lower = lower[: -len(ending)]
            break
    if len(lower) > 3 and lower[-1] == lower[-2] and lower[-1] not in "lse":
        lower = lower[:-1]
    return lower[:-1] if lower.endswith(("e", "y", "i")) and len(lower) > 3 else lower
