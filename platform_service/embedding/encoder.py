"""Texts to unit vectors: the tokenizer and the graph in one onnxruntime session."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.graph import OUTPUT, write_graph
from platform_service.embedding.weights import NoModel, map_tensors, read_shape

MOST_TOKENS = 128
TOGETHER = 32
MOST_IN_A_ROW = 160
"""More tokens than this would look at too many that are none of theirs."""
UNSEEN = np.float32(-1e9)

Vectors = NDArray[np.float32]


class Encoder:
    """The loaded model; `encode` may be called from several threads. Raises NoModel when it cannot be loaded."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self.shape = read_shape(folder)
        self._tokenizer = _tokenizer(folder)
        self._tensors = map_tensors(folder / "model.safetensors")
        self._session = self._start(threads or min(4, os.cpu_count() or 1))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text, shape (len(texts), width)."""
        vectors = np.zeros((len(texts), self.shape.width), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), TOGETHER):
            places = order[start : start + TOGETHER]
            vectors[places] = self._encode_together([texts[place] for place in places])
        return vectors

    def _encode_together(self, texts: list[str]) -> Vectors:
        lists = [one.ids for one in self._tokenizer.encode_batch(texts)]
        given = _in_a_row(lists) if sum(map(len, lists)) <= MOST_IN_A_ROW else _side_by_side(lists)
        return np.asarray(self._session.run([OUTPUT], given)[0], np.float32)

    def _start(self, threads: int) -> Any:
        import onnxruntime  # a tenth of a second and 50 MB: only when a model is there

        try:
            model, names = write_graph(self.shape, {name: tensor.shape for name, tensor in self._tensors.items()})
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 3
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(self._tensors[name]) for name in names]
            options.add_external_initializers(names, values)
            return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except (KeyError, RuntimeError, ValueError, NotImplementedError) as error:
            raise NoModel(f"the model cannot be started: {error}") from error


def _in_a_row(lists: Sequence[Sequence[int]]) -> dict[str, NDArray[Any]]:
    """Short texts as one: each token sees those of its own text, and no room is filled up."""
    lengths = [len(ids) for ids in lists]
    whose = np.repeat(np.arange(len(lists)), lengths)
    own = whose[:, np.newaxis] == whose
    return {
        "tokens": np.array([[token for ids in lists for token in ids]], np.int64),
        "places": np.concatenate([np.arange(length, dtype=np.int64) for length in lengths])[np.newaxis],
        "unseen": np.where(own, np.float32(0.0), UNSEEN)[np.newaxis, np.newaxis],
        "means": (np.arange(len(lists))[:, np.newaxis] == whose).astype(np.float32),
    }


def _side_by_side(lists: Sequence[Sequence[int]]) -> dict[str, NDArray[Any]]:
    """Long texts in a row each, filled up to the longest."""
    count, length = len(lists), max(map(len, lists))
    tokens, unseen = np.zeros((count, length), np.int64), np.full((count, 1, 1, length), UNSEEN)
    means = np.zeros((count, count, length), np.float32)
    for row, ids in enumerate(lists):
        tokens[row, : len(ids)] = ids
        unseen[row, ..., : len(ids)] = 0.0
        means[row, row, : len(ids)] = 1.0
    places = np.ascontiguousarray(np.broadcast_to(np.arange(length, dtype=np.int64), tokens.shape))
    return {"tokens": tokens, "places": places, "unseen": unseen, "means": means.reshape(count, -1)}


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises plain Exception for every bad file
        raise NoModel(f"the tokenizer cannot be read: {error}") from error
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer
