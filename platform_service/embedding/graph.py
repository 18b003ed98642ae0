"""BERT with mean pooling and unit length as an ONNX graph over the tensor names of the safetensors file."""

from platform_service.embedding.onnx_writer import FLOAT, INT64, GraphWriter
from platform_service.embedding.weights import Shape

OPSET = 20
OUTPUT = "sentence"


def write_graph(shape: Shape, sizes: dict[str, tuple[int, ...]]) -> tuple[bytes, list[str]]:
    """The serialised model and the names of the weights that its session must be given."""
    return _Encoder(shape, sizes).write()


class _Encoder:
    """Tokens lie in rows, (batch x length, width), so that every dense layer is one matrix product.

    `unseen` is 0 where a token may look, else a large negative number; `means` makes one row of each text's own.
    """

    def __init__(self, shape: Shape, sizes: dict[str, tuple[int, ...]]) -> None:
        self._shape = shape
        self._sizes = sizes
        self._graph = GraphWriter()
        self._weights: list[str] = []

    def write(self) -> tuple[bytes, list[str]]:
        graph = self._graph
        tokens = graph.input("tokens", INT64, ("batch", "length"))
        places = graph.input("places", INT64, ("batch", "length"))
        unseen = graph.input("unseen", FLOAT, ("batch", 1, "looking", "length"))
        means = graph.input("means", FLOAT, ("texts", "rows"))
        hidden = self._embedded(tokens, places)
        for layer in range(self._shape.layers):
            hidden = self._layer(f"encoder.layer.{layer}", hidden, unseen, tokens)
        graph.node("LpNormalization", graph.node("MatMul", means, hidden), to=OUTPUT, axis=-1, p=2)
        graph.output(OUTPUT, FLOAT, ("texts", self._shape.width))
        return graph.model(OPSET), self._weights

    def _embedded(self, tokens: str, places: str) -> str:
        graph = self._graph
        words = graph.node("Gather", self._weight("embeddings.word_embeddings.weight"), tokens)
        position = graph.node("Gather", self._weight("embeddings.position_embeddings.weight"), places)
        first = graph.node(
            "Gather", self._weight("embeddings.token_type_embeddings.weight"), graph.constant([0]), axis=0
        )
        whole = graph.node("Add", graph.node("Add", words, position), first)
        rows = graph.node("Reshape", whole, graph.constant([-1, self._shape.width]))
        return self._normed("embeddings.LayerNorm", rows)

    def _layer(self, name: str, hidden: str, unseen: str, tokens: str) -> str:
        graph = self._graph
        attended = self._attended(f"{name}.attention.self", hidden, unseen, tokens)
        settled = self._dense(f"{name}.attention.output.dense", attended)
        hidden = self._normed(f"{name}.attention.output.LayerNorm", graph.node("Add", settled, hidden))
        wide = graph.node("Gelu", self._dense(f"{name}.intermediate.dense", hidden))
        narrow = self._dense(f"{name}.output.dense", wide)
        return self._normed(f"{name}.output.LayerNorm", graph.node("Add", narrow, hidden))

    def _attended(self, name: str, hidden: str, unseen: str, tokens: str) -> str:
        graph, shape = self._graph, self._shape
        split = graph.node(
            "Concat", graph.node("Shape", tokens), graph.constant([shape.heads, shape.width // shape.heads]), axis=0
        )
        parts = [
            graph.node("Reshape", self._dense(f"{name}.{part}", hidden), split) for part in ("query", "key", "value")
        ]
        query = graph.node("Transpose", parts[0], perm=[0, 2, 1, 3])
        key = graph.node("Transpose", parts[1], perm=[0, 2, 3, 1])
        value = graph.node("Transpose", parts[2], perm=[0, 2, 1, 3])
        scale = graph.constant(float((shape.width // shape.heads) ** -0.5))
        scores = graph.node("Add", graph.node("Mul", graph.node("MatMul", query, key), scale), unseen)
        mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
        together = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
        return graph.node("Reshape", together, graph.constant([-1, shape.width]))

    def _dense(self, name: str, rows: str) -> str:
        return self._graph.node("Gemm", rows, self._weight(f"{name}.weight"), self._weight(f"{name}.bias"), transB=1)

    def _normed(self, name: str, rows: str) -> str:
        return self._graph.node(
            "LayerNormalization",
            rows,
            self._weight(f"{name}.weight"),
            self._weight(f"{name}.bias"),
            axis=-1,
            epsilon=self._shape.epsilon,
        )

    def _weight(self, name: str) -> str:
        self._weights.append(name)
        return self._graph.weight(name, self._sizes[name])
