"""From the colours of an embedded profile to sRGB."""

import io
from functools import lru_cache
from typing import Any

from PIL import Image, ImageCms

_SRGB_NAMES = (b"sRGB", "sRGB".encode("utf-16-be"))
_MOST_PROFILE_BYTES = 4 * 1024 * 1024


def to_srgb(image: Image.Image, profile: Any) -> Image.Image:
    """RGB in sRGB. Without a usable profile the numbers are taken as sRGB already."""
    if isinstance(profile, bytes) and 128 < len(profile) <= _MOST_PROFILE_BYTES and not _says_srgb(profile):
        transform = _transform(profile, image.mode)
        if transform is not None:
            return ImageCms.applyTransform(image, transform) or image
    return image if image.mode == "RGB" else image.convert("RGB")


def _says_srgb(profile: bytes) -> bool:
    return any(name in profile for name in _SRGB_NAMES)


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(source, _srgb(), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


@lru_cache(maxsize=1)
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
