"""Messages between the service and a decoder: a length, a JSON header, raw bytes; nothing that can run."""

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
MOST_HEADER_BYTES = 512 * 1024


class Broken(Exception):
    """The other side closed, died or sent what is not a message."""


def send(stream: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one message. Raises `Broken`."""
    text = json.dumps(header, separators=(",", ":")).encode()
    try:
        stream.write(_LENGTHS.pack(len(text), len(body)) + text)
        stream.write(body)
        stream.flush()
    except (OSError, ValueError) as error:
        raise Broken(str(error)) from error


def receive(stream: BinaryIO, most_body_bytes: int) -> tuple[dict[str, Any], bytes]:
    """Read one message. Raises `Broken`, also for lengths past the bounds."""
    header_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header_length > MOST_HEADER_BYTES or body_length > most_body_bytes:
        raise Broken("a message is longer than allowed")
    try:
        header = json.loads(_exactly(stream, header_length))
    except (ValueError, RecursionError) as error:
        raise Broken("a header is not JSON") from error
    if not isinstance(header, dict):
        raise Broken("a header is not an object")
    return header, _exactly(stream, body_length)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    try:
        raw = stream.read(count)
    except (OSError, ValueError) as error:
        raise Broken(str(error)) from error
    if len(raw) != count:
        raise Broken("the other side closed")
    return raw
