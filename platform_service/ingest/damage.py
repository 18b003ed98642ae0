"""What is left of a file that does not decode: how much of it is missing, and the sentence that says so."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageFile

DECODING_ERRORS = (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, EOFError, OverflowError,
                   ArithmeticError, AttributeError, AssertionError, RecursionError, Warning)  # fmt: skip
"""All that opening or loading a hostile file was seen to raise, short of running out of memory."""
_DECODER_WORDS = re.compile(
    r"decoder (error|object)|next frame|data stream|cannot load|seek to frame|broken", re.IGNORECASE
)


def missing_share(raw: bytes, form: str) -> float | None:
    """Share of pixels that don't come from the file: decoded twice over different grounds, they differ."""
    try:
        with forgiving():
            shots = [_continued(raw, tail) if form == "JPEG" else _over(raw, form, tail) for tail in (0, 255)]
    except (*DECODING_ERRORS, MemoryError):
        return None
    if shots[0].shape != shots[1].shape:
        return None
    differs = shots[0] != shots[1]
    return float((differs.any(axis=2) if differs.ndim == 3 else differs).mean())


def _over(raw: bytes, form: str, fill: int) -> np.ndarray:
    """Decoded into a picture that is `fill` everywhere; what the decoder never writes stays so."""
    image = Image.open(io.BytesIO(raw), formats=[form])
    image.im = Image.new(image.mode, image.size, (fill,) * len(image.getbands())).im
    image.load()
    return np.asarray(image)


def _continued(raw: bytes, tail: int) -> np.ndarray:
    """A JPEG, ended here (0) or going on with nonsense (255); its decoder fills what is missing by itself."""
    nonsense = bytes(range(1, 250)) * 256 if tail else b""
    image = Image.open(io.BytesIO(raw + nonsense + b"\xff\xd9"), formats=["JPEG"])
    image.load()
    return np.asarray(image)


@contextmanager
def forgiving() -> Iterator[None]:
    """Decode what is there without complaint."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def incomplete(missing: float, is_cut: bool) -> str:
    """Completes "<file name> ..." for a share of missing pixels above 0."""
    how = "cut off" if is_cut else "damaged"
    if missing > 0.995:
        return f"is {how}: none of its pixels can be decoded"
    return f"is {how}: {max(1, round(missing * 100))} % of its pixels are missing"


def cut_or_damaged(raw: bytes, form: str, detail: str) -> str:
    """WebP says how long it should be; of the others it is only known that they can't be decoded."""
    if form == "WEBP":
        promised = int.from_bytes(raw[4:8], "little") + 8
        if promised > len(raw):
            return f"is cut off: {max(1, round(100 * (1 - len(raw) / promised)))} % of its bytes are missing"
    if "truncated" in detail.lower() or len(raw) < 64:
        return "is cut off: too little of it is left to decode"
    if not detail or _DECODER_WORDS.search(detail):
        return "is damaged: its pixels can't be decoded"
    return f"is damaged: {detail}"
