"""Learns which meaning a phrase has from the table of paraphrases: `python -m platform_service.embedding.teach`.

One linear layer over the sentence embedding, learnt by softmax regression; its weights lie beside the table, so that
nothing but the few phrases of a request has to be encoded while the program runs.
"""

import random

import numpy as np
from numpy.typing import NDArray

from agent.offline.acts_learnt import ActTable, act_table, acts_file
from agent.offline.meanings import MeaningTable, meaning_table, weights_file
from platform_service.embedding.encoder import Encoder
from platform_service.embedding.meaning import Meaning
from platform_service.embedding.weights import model_folder

_SEED = 7
_STEPS = 900
_BATCH = 512
_RATE = 0.03
_SHRINK = 5e-4
_SHARP = 8.0
_BEGUN = ("please {}", "could you {}", "i would like {}", "can we have {}", "{} please", "maybe {}", "and {}")
_NO_ACT = frozenset({"talk", "ask"})
_SHOWN = ("pictures of {}", "photos of {}", "my {} photos", "ten {} pictures", "show me {}", "a gallery of {}")

Rows = NDArray[np.float32]


def learnt(table: MeaningTable, encoder: Encoder) -> Rows:
    """The weights, shape (dimensions + 1, meanings); the last row is what is added."""
    texts, kinds = _examples(table)
    rows = encoder.encode(texts)
    given = np.concatenate([rows, np.full((len(rows), 1), 1.0, np.float32)], axis=1)
    wanted = np.array([table.names.index(kind) for kind in kinds])
    return _fitted(given, wanted, len(table.names))


def learnt_acts(table: ActTable, others: MeaningTable, encoder: Encoder) -> Rows:
    """The weights of what is asked over a show, shape (dimensions + 1, acts and other meanings)."""
    names = table.names_beside(others)
    texts, kinds = list[str](), list[str]()
    chance = random.Random(_SEED)
    for text, name in table.examples():
        for pattern in ("{}", *chance.sample(_BEGUN if name not in _NO_ACT else ("{}",), 1)):
            texts.append(pattern.format(text))
            kinds.append(name)
    for said in others.said:
        if f"other {said.name}" in names:
            texts.append(said.text)
            kinds.append(f"other {said.name}")
    rows = encoder.encode(texts)
    given = np.concatenate([rows, np.full((len(rows), 1), 1.0, np.float32)], axis=1)
    return _fitted(given, np.array([names.index(kind) for kind in kinds]), len(names))


def _examples(table: MeaningTable) -> tuple[list[str], list[str]]:
    """Every paraphrase as it is, and once more within words that change nothing."""
    chance = random.Random(_SEED)
    texts, kinds = list[str](), list[str]()
    for said in table.said:
        around = _BEGUN if said.name not in ("", "aside") else _SHOWN if not said.name else ("{}",)
        for pattern in ("{}", *chance.sample(around, min(2, len(around)))):
            texts.append(pattern.format(said.text))
            kinds.append(said.name)
    return texts, kinds


def _fitted(given: Rows, wanted: NDArray[np.int64], kinds: int) -> Rows:
    """Softmax regression by Adam; meanings with few paraphrases count somewhat more."""
    chance = np.random.default_rng(_SEED)
    share = 1.0 / np.sqrt(np.bincount(wanted, minlength=kinds)[wanted])
    share = (share / share.mean()).astype(np.float32)
    weights = np.zeros((given.shape[1], kinds), np.float32)
    slope, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        some = chance.choice(len(given), min(_BATCH, len(given)), replace=False)
        off = shares(given[some] @ weights)
        off[np.arange(len(some)), wanted[some]] -= 1.0
        change = _SHARP * given[some].T @ (off * share[some, None]) / len(some) + _SHRINK * weights
        slope = 0.9 * slope + 0.1 * change
        square = 0.99 * square + 0.01 * change**2
        rate = _RATE * (1.0 - step / (_STEPS + 1))
        weights -= rate * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights * _SHARP


def shares(scores: Rows) -> Rows:
    """Softmax of sharpened scores."""
    raised = np.exp(_SHARP * (scores - scores.max(axis=1, keepdims=True)))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def main() -> None:
    """Learn, and write the weights beside the table."""
    table, acts, encoder = meaning_table(), act_table(), Encoder(model_folder())
    weights = learnt(table, encoder)
    np.savez(
        acts_file(),
        weights=learnt_acts(acts, table, encoder).astype(np.float16),
        model=np.array(Meaning.name),
        digest=np.array(acts.digest_beside(table)),
    )
    np.savez(
        weights_file(),
        weights=weights.astype(np.float16),
        names=np.array(table.names),
        model=np.array(Meaning.name),
        digest=np.array(table.digest),
    )


if __name__ == "__main__":
    main()
