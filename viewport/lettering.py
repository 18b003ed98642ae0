"""Words as pixels, drawn by Pillow with a font the system has or the one that Pillow brings."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
SYSTEM_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/segoeui.ttf",
)


@lru_cache(maxsize=32)
def font_for(size_px: int, only_latin: bool) -> Font:
    """Pillow's own face for Latin letters; a system font with more scripts for the rest."""
    if not only_latin:
        for path in SYSTEM_FONTS:
            if Path(path).is_file():
                return ImageFont.truetype(path, size_px)
    return ImageFont.load_default(size_px)


def lettering(text: str, size_px: int, most_px: int = 2048) -> NDArray[np.uint8]:
    """How much of each pixel the words cover, 0 to 255; longer lines than `most_px` end in an ellipsis."""
    line = " ".join(text.split())
    font = _font(line, size_px)
    while line and font.getlength(line) > most_px:
        line = line[: max(0, len(line) - max(2, len(line) // 12))].rstrip("… ") + "…" if len(line) > 2 else ""
    left, _, right, bottom = (int(edge) for edge in font.getbbox(line or " "))
    ascent = round(size_px * 1.25)
    image = Image.new("L", (max(1, right - min(0, left)) + 2, max(ascent, bottom) + 2), 0)
    ImageDraw.Draw(image).text((1 - min(0, left), 0), line, fill=255, font=font)
    return np.asarray(image)


def wrapped(text: str, size_px: int, width_px: int, most_lines: int) -> list[str]:
    """Words broken into lines of at most `width_px`."""
    font, lines = _font(text, size_px), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width_px or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
    return [line for line in lines if line]


def _font(text: str, size_px: int) -> Font:
    return font_for(size_px, all(ord(letter) < 0x250 or letter in "–—‘’“”…•" for letter in text))
