"""The guarded child: bytes come in, pixels, measures and bounded strings go out; it opens no file and no socket."""

import contextlib
import gc
import io
import os
import sys
import time
from dataclasses import asdict
from typing import Any, BinaryIO

from PIL import Image

from platform_service.ingest.decode import Decoded, decode
from platform_service.ingest.limits import MEASURED_EDGE_PX, Limits
from platform_service.ingest.measures import measure
from platform_service.ingest.metadata import read_metadata
from platform_service.ingest.protocol import Broken, receive, send
from platform_service.ingest.refusal import Refused
from platform_service.ingest.shrink import shrink

_QUALITY = {64: 80, 256: 85}


def main() -> None:
    """Serve requests on standard input until it closes."""
    asks, answers = sys.stdin.buffer, _answers()
    header, _ = receive(asks, 0)
    limits = Limits(**header)
    _load_decoders()
    gc.freeze()  # what is loaded stays: no need to look through it for every picture
    _confine(limits)
    send(answers, {"ready": True})
    with contextlib.suppress(Broken):
        while True:
            _serve_one(asks, answers, limits)


def _answers() -> BinaryIO:
    """The stream to the service; what a codec might print to standard output goes nowhere."""
    stream = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return stream


def _serve_one(asks: BinaryIO, answers: BinaryIO, limits: Limits) -> None:
    request, raw = receive(asks, limits.file_bytes)
    _allow_time(limits.deadline_s)
    try:
        header, body = answer(request, raw, limits)
    except Refused as refusal:
        header, body = {"refused": refusal.why}, b""
    except MemoryError:
        header, body = {"refused": f"needs more memory than the limit of {limits.memory_bytes >> 20} MiB"}, b""
    except Exception as error:  # a decoder may fail in any way: the file is at fault, the next one is served
        header, body = {"refused": f"could not be decoded ({type(error).__name__})"}, b""
    send(answers, header, body)


def answer(request: dict[str, Any], raw: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Renditions for `request["edges_px"]` and, when `request["measure"]`, measures and metadata. Raises `Refused`."""
    edges_px = sorted((int(edge) for edge in request["edges_px"]), reverse=True)
    measured = bool(request.get("measure"))
    decoded = decode(raw, max([*edges_px, MEASURED_EDGE_PX if measured else 1]), limits)
    parts: dict[str, bytes] = {}
    picture = decoded.picture
    for edge_px in edges_px:
        picture = shrink(picture, edge_px)
        parts[str(edge_px)] = _jpeg(picture, edge_px)
    header: dict[str, Any] = {
        "format": decoded.format, "width_px": decoded.width_px, "height_px": decoded.height_px,
    }  # fmt: skip
    if measured:
        header["metadata"] = asdict(read_metadata(decoded.source))
        header["measures"], parts["features"] = _measured(decoded)
    header["parts"] = {name: len(part) for name, part in parts.items()}
    return header, b"".join(parts.values())


def _measured(decoded: Decoded) -> tuple[dict[str, Any], bytes]:
    picture = shrink(decoded.picture, MEASURED_EDGE_PX)
    coverage = decoded.coverage and decoded.coverage.resize(picture.size, Image.Resampling.BOX)
    measures = measure(picture, coverage)
    plain = {name: value for name, value in vars(measures).items() if name != "features"}
    return plain, measures.features.astype("<f4").tobytes()


def _jpeg(picture: Image.Image, edge_px: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY.get(edge_px, 88))
    return out.getvalue()


def _load_decoders() -> None:
    """Import and start every codec now, before the process is confined."""
    for form in ("JPEG", "PNG", "WEBP", "GIF", "TIFF"):
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, form)
        answer({"edges_px": [4], "measure": True}, out.getvalue(), Limits())


def _confine(limits: Limits) -> None:
    """Bound memory, forbid writing files and core dumps; where the system has no such bounds, the deadline remains."""
    try:
        import resource
    except ImportError:
        return
    for kind, bound in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, bound))


def _allow_time(seconds: float) -> None:
    """The system ends this process when one file takes more processor time than its deadline, parent or not."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 2, hard))


if __name__ == "__main__":
    main()
