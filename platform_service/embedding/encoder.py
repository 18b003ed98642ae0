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
        encoded = self._tokenizer.encode_batch(texts)
        length = max(len(one.ids) for one in encoded)
        tokens = np.zeros((len(texts), length), np.int64)
        mask = np.zeros((len(texts), length), np.float32)
        for row, one in enumerate(encoded):
            tokens[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1.0
        places = np.broadcast_to(np.arange(length, dtype=np.int64), tokens.shape)
        given = {"tokens": tokens, "mask": mask, "places": np.ascontiguousarray(places)}
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


def _tokenizer(folder: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises plain Exception for every bad file
        raise NoModel(f"the tokenizer cannot be read: {error}") from error
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer
