"""From the bytes of a file to an upright sRGB picture, shrunk while it is decoded; runs in the guarded child only."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFile, ImageStat, UnidentifiedImageError

from platform_service.ingest.colour_profile import to_srgb
from platform_service.ingest.content import HEAD_BYTES, picture_format, why_no_picture
from platform_service.ingest.damage import DECODING_ERRORS, cut_or_damaged, forgiving, incomplete, missing_share
from platform_service.ingest.limits import Limits
from platform_service.ingest.refusal import Refused
from platform_service.ingest.shrink import shrink
from platform_service.ingest.text import clean

_ORIENTATION = 274
_LIGHT = 225
"""Mean grey value from which a drawing is lost on white."""
_DARK_GROUND = (48, 48, 52)
_HARMLESS = (
    "Corrupt EXIF", "Possibly corrupt EXIF", "Metadata Warning", "Truncated File Read", "Tag data larger than file",
    "Invalid APNG", "Image appears to be a malformed MPO",
)  # fmt: skip
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


_SIDEWAYS = {
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Decoded:
    """A picture, upright, longest edge at most the one asked for, over a plain ground where it is transparent."""

    format: str
    width_px: int
    """Size of the original, upright."""
    height_px: int
    picture: Image.Image
    """RGB."""
    coverage: Image.Image | None
    """L, 255 where opaque; None when all is."""
    source: ImageFile.ImageFile
    """Still holds EXIF, XMP and the like."""


def decode(raw: bytes, edge_px: int, limits: Limits) -> Decoded:
    """Decode once, at the smallest scale that still fills `edge_px`. Raises `Refused` with a plain reason."""
    form = picture_format(raw[:HEAD_BYTES])
    if form is None:
        raise Refused(why_no_picture(raw[:HEAD_BYTES]))
    with _strict_warnings():
        try:
            image = _opened(raw, form, limits)
            whole = image.size
            _load(image, raw, form, edge_px)
            if form != "JPEG":  # a JPEG was shrunk while it was loaded, a TIFF turned
                whole = image.size
            turn = _turn(image)
            picture, coverage = _shrunk(image, edge_px)
        except MemoryError as error:
            raise Refused(_too_much_memory(limits)) from error
    if turn is not None:
        picture, coverage = picture.transpose(turn), coverage.transpose(turn) if coverage else None
        whole = whole[::-1] if turn in _SIDEWAYS else whole
    return Decoded(form, *whole, picture, coverage, image)


@contextmanager
def _strict_warnings() -> Iterator[None]:
    """Any warning refuses the file, except those about its metadata, which cost only that metadata."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for start in _HARMLESS:
            warnings.filterwarnings("ignore", message=re.escape(start))
        yield


def _opened(raw: bytes, form: str, limits: Limits) -> ImageFile.ImageFile:
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        image = Image.open(io.BytesIO(raw), formats=[form])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        found = re.search(r"(\d+) pixels", str(error))
        raise Refused(_too_many_pixels(int(found[1]) if found else 0, limits)) from error
    except UnidentifiedImageError as error:
        raise Refused(cut_or_damaged(raw, form, "its header can't be read")) from error
    except DECODING_ERRORS as error:
        raise Refused(cut_or_damaged(raw, form, clean(str(error), 120))) from error
    if image.width * image.height > limits.pixels:
        raise Refused(_too_many_pixels(image.width * image.height, limits))
    if not image.width or not image.height:
        raise Refused("is damaged: its width or height is zero")
    return image


def _load(image: ImageFile.ImageFile, raw: bytes, form: str, edge_px: int) -> None:
    try:
        if form == "JPEG":
            longest = max(image.size)
            wanted = (max(1, image.width * edge_px // longest), max(1, image.height * edge_px // longest))
            image.draft("RGB", wanted)
        image.load()
    except DECODING_ERRORS as error:
        missing = missing_share(raw, form)
        if missing == 0.0:
            _load_what_is_there(image, raw, form)
        elif missing is None:
            raise Refused(cut_or_damaged(raw, form, clean(str(error), 120))) from error
        else:
            raise Refused(incomplete(missing, "truncated" in str(error).lower())) from error


def _load_what_is_there(image: ImageFile.ImageFile, raw: bytes, form: str) -> None:
    """Only the end mark is missing: every pixel can be had."""
    again = Image.open(io.BytesIO(raw), formats=[form])
    with forgiving():
        again.load()
    image.im, image._size, image._mode, image.tile = again.im, again.size, again.mode, []


def _shrunk(image: ImageFile.ImageFile, edge_px: int) -> tuple[Image.Image, Image.Image | None]:
    """RGB over a ground and the coverage, at most `edge_px` long."""
    profile = image.info.get("icc_profile")
    small = shrink(_resizable(image), edge_px)
    if small.mode == "RGBA":
        coverage = small.getchannel("A")
        colours = to_srgb(small.convert("RGB"), profile)
        if coverage.getextrema() == (255, 255):
            return colours, None
        return _over_ground(colours, coverage), coverage
    return to_srgb(small, profile), None


def _over_ground(colours: Image.Image, coverage: Image.Image) -> Image.Image:
    """Over white; over dark grey when what is drawn is so light that it would be lost there."""
    covered = ImageStat.Stat(colours.convert("L"), mask=coverage)
    is_light = covered.count[0] > 0 and covered.mean[0] > _LIGHT
    ground = Image.new("RGB", colours.size, _DARK_GROUND if is_light else (255, 255, 255))
    ground.paste(colours, mask=coverage)
    return ground


def _resizable(image: Image.Image) -> Image.Image:
    """Of a mode that may be resampled: RGB, RGBA, L or CMYK."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("RGB", "L", "CMYK"):
        return image
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return Image.fromarray(_eight_bit(np.asarray(image)))
    return image.convert("RGB")


def _eight_bit(values: np.ndarray) -> np.ndarray:
    """Long integers and floats: 0 to 1, 0 to 255 and sixteen bits are read as such, else the range is stretched."""
    real = np.nan_to_num(values.astype(np.float32), posinf=0.0, neginf=0.0)
    low, high = float(real.min()), float(real.max())
    top = next((top for least, top in ((0.0, 1.0), (1.0, 255.0), (16_384.0, 65_535.0)) if least < high <= top), high)
    bottom = min(low, 0.0)
    return ((real - bottom) * (255.0 / max(top - bottom, 1e-9))).clip(0, 255).astype(np.uint8)


def _turn(image: ImageFile.ImageFile) -> Image.Transpose | None:
    """What makes it upright as EXIF has it; a TIFF was turned while it was loaded and no longer says so."""
    try:
        return _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a broken EXIF block can fail in any way; the picture itself is fine
        return None


def _too_many_pixels(pixels: int, limits: Limits) -> str:
    size = f"{pixels / 1e6:,.0f} megapixels and would need {pixels * 3 / 2**20:,.0f} MiB decoded"
    return f"has {size}; the limit is {limits.pixels / 1e6:.0f} megapixels"


def _too_much_memory(limits: Limits) -> str:
    return f"needs more memory to decode than the limit of {limits.memory_bytes / 2**20:,.0f} MiB"
