"""Rows of bytes laid out once for products: these are had four times as fast as those of floating point numbers."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.onnx_writer import INT32, UINT8, GraphWriter
from platform_service.embedding.products import started

MIDDLE = 64
"""It stands for 0 in what is looked for."""
MOST, MOST_ASKED = 127, 63
"""Two products of bytes have to fit into 16 bits, where some processors add them up."""
STEP = 1 / 400
"""What one code of a row stands for: numbers of unit vectors are rarely beyond 0.3."""
ROUNDING = 1e-5
"""More than what adding up floating point numbers may be off."""

Vectors = NDArray[np.float32]


class Asked:
    """Vectors that are looked for, as bytes: about `steps` times `codes`; what that lacks is `off` long."""

    def __init__(self, vectors: Sequence[Vectors]) -> None:
        whole = np.stack(vectors)
        most = np.abs(whole).max(axis=1, initial=0.0)
        self.steps = np.where(most > 0.0, most / MOST_ASKED, 1.0).astype(np.float32)
        codes = np.rint(whole / self.steps[:, np.newaxis])
        self.codes = (codes + MIDDLE).astype(np.uint8)
        self.lengths = np.linalg.norm(whole, axis=1)
        self.off = np.linalg.norm(whole - codes * self.steps[:, np.newaxis], axis=1)


class Packed:
    """Some rows as bytes; may be called from several threads."""

    def __init__(self, rows: Vectors) -> None:
        codes = np.clip(np.rint(rows / np.float32(STEP)), -MOST, MOST)
        self.size = len(rows)
        self._off = float(np.linalg.norm(rows - codes * np.float32(STEP), axis=1).max(initial=0.0))
        self._longest = float(np.linalg.norm(rows, axis=1).max(initial=0.0))
        self._session = started(_graph(np.ascontiguousarray(codes.T, np.int8)))

    def reaching(self, asked: Asked, least: float) -> list[NDArray[np.intp]]:
        """For each vector the rows whose product with it may be `least` or more, ascending; all others are below."""
        found = self._session.run(["products"], {"vectors": asked.codes, "middle": np.array(MIDDLE, np.uint8)})[0]
        return [
            np.flatnonzero(products >= self._from(least, *about))
            for products, *about in zip(found, asked.steps, asked.lengths, asked.off, strict=True)
        ]

    def _from(self, least: float, step: float, length: float, lacks: float) -> int:
        """From which product of codes on the true one may be `least`."""
        off = self._off * length + (self._longest + self._off) * lacks + ROUNDING
        return math.floor((least - off) / (STEP * step))


def _graph(codes: NDArray[np.int8]) -> GraphWriter:
    graph = GraphWriter()
    vectors, middle = graph.input("vectors", UINT8, ("count", len(codes))), graph.input("middle", UINT8, ())
    rows = graph.signed_bytes("rows", codes.shape, codes.tobytes())
    graph.node("MatMulInteger", vectors, rows, middle, to="products")
    graph.output("products", INT32, ("count", "size"))
    return graph
