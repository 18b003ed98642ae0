"""Products of all rows of a large matrix with a few vectors, reading it once; numpy's library copies it for that."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.graph import OPSET
from platform_service.embedding.onnx_writer import FLOAT, GraphWriter

Numbers = NDArray[np.float32]
MOST_AT_ONCE = 16
"""So many vectors take hardly longer than one; of more, the next has to read the matrix again."""


class Products:
    """One thread for each call; may be called from several threads."""

    def __init__(self) -> None:
        self._session: Any = None
        self._making = threading.Lock()

    def of(self, matrix: Numbers, vectors: Sequence[Numbers]) -> Numbers:
        """Each vector's products with all rows, shape (len(vectors), len(matrix))."""
        if len(vectors) == 1:
            return np.asarray((matrix @ vectors[0])[np.newaxis], np.float32)
        given = {"rows": matrix, "vectors": np.ascontiguousarray(np.stack(vectors).T, np.float32)}
        return np.asarray(self._started().run(["products"], given)[0], np.float32)

    def _started(self) -> Any:
        with self._making:
            if self._session is None:
                self._session = started(_graph())
            return self._session


def _graph() -> GraphWriter:
    graph = GraphWriter()
    rows, vectors = graph.input("rows", FLOAT, ("size", "width")), graph.input("vectors", FLOAT, ("width", "count"))
    graph.node("Transpose", graph.node("MatMul", rows, vectors), to="products", perm=[1, 0])
    graph.output("products", FLOAT, ("count", "size"))
    return graph


def started(graph: GraphWriter) -> Any:
    """A session of one thread over a graph."""
    import onnxruntime  # whoever has vectors has loaded it already

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # or what the largest call took stays taken
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph.model(OPSET), options, providers=["CPUExecutionProvider"])
