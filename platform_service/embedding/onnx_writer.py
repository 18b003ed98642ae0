"""Just enough of ONNX's protobuf to write a graph: nodes, small constants, weights that are handed over in memory.

Field numbers are those of onnx.proto3 (IR version 10).
"""

import struct
from collections.abc import Sequence

FLOAT, UINT8, INT8, INT32, INT64 = 1, 2, 3, 6, 7
_ATTRIBUTE_FLOAT, _ATTRIBUTE_INT, _ATTRIBUTE_INTS = 1, 2, 7
Attribute = float | int | Sequence[int]
Dimension = str | int


class GraphWriter:
    """Collects the parts of one graph; names tie them together."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._initializers: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []
        self._made = 0

    def input(self, name: str, kind: int, shape: Sequence[Dimension]) -> str:
        """An input of the graph."""
        self._inputs.append(_value_info(name, kind, shape))
        return name

    def output(self, name: str, kind: int, shape: Sequence[Dimension]) -> None:
        """An output of the graph."""
        self._outputs.append(_value_info(name, kind, shape))

    def weight(self, name: str, shape: Sequence[int]) -> str:
        """A float tensor that the session is given in memory under this name."""
        place = _field(13, _field(1, b"location") + _field(2, b"given in memory"))
        tensor = b"".join(_number(1, size) for size in shape) + _number(2, FLOAT) + _field(8, name.encode())
        self._initializers.append(tensor + place + _number(14, 1))
        return name

    def constant(self, values: Sequence[int] | float) -> str:
        """A small tensor kept in the graph: a list of int64, or one float."""
        name = self._name("constant")
        if isinstance(values, float):
            tensor = _number(2, FLOAT) + _field(8, name.encode()) + _field(9, struct.pack("<f", values))
        else:
            raw = struct.pack(f"<{len(values)}q", *values)
            tensor = _number(1, len(values)) + _number(2, INT64) + _field(8, name.encode()) + _field(9, raw)
        self._initializers.append(tensor)
        return name

    def signed_bytes(self, name: str, shape: Sequence[int], values: bytes) -> str:
        """A tensor of signed bytes kept in the graph."""
        sizes = b"".join(_number(1, size) for size in shape)
        self._initializers.append(sizes + _number(2, INT8) + _field(8, name.encode()) + _field(9, values))
        return name

    def node(self, operator: str, *inputs: str, to: str = "", **attributes: Attribute) -> str:
        """One operation; gives the name of its output."""
        output = to or self._name(operator)
        parts = b"".join(_field(1, name.encode()) for name in inputs) + _field(2, output.encode())
        parts += _field(4, operator.encode())
        parts += b"".join(_field(5, _attribute(name, value)) for name, value in attributes.items())
        self._nodes.append(parts)
        return output

    def model(self, opset: int) -> bytes:
        """The whole model, serialised."""
        graph = b"".join(_field(1, node) for node in self._nodes) + _field(2, b"encoder")
        graph += b"".join(_field(5, tensor) for tensor in self._initializers)
        graph += b"".join(_field(11, value) for value in self._inputs)
        graph += b"".join(_field(12, value) for value in self._outputs)
        return _number(1, 10) + _field(7, graph) + _field(8, _number(2, opset))

    def _name(self, kind: str) -> str:
        self._made += 1
        return f"{kind}_{self._made}"


def _attribute(name: str, value: Attribute) -> bytes:
    head = _field(1, name.encode())
    if isinstance(value, float):
        return head + b"\x15" + struct.pack("<f", value) + _number(20, _ATTRIBUTE_FLOAT)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, _ATTRIBUTE_INT)
    return head + b"".join(_number(8, item) for item in value) + _number(20, _ATTRIBUTE_INTS)


def _value_info(name: str, kind: int, shape: Sequence[Dimension]) -> bytes:
    dimensions = b"".join(
        _field(1, _field(2, size.encode()) if isinstance(size, str) else _number(1, size)) for size in shape
    )
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, kind) + _field(2, dimensions)))


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    """An integer field; negative values take their 64-bit two's complement."""
    return _varint(number << 3) + _varint(value & 0xFFFF_FFFF_FFFF_FFFF)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
