"""Words as pixels, drawn by Pillow with a font the system has or the one that Pillow brings."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
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

EAST_ASIAN_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/YuGothM.ttc",
)
"""Fonts for Chinese and Japanese, which most of the system fonts lack."""
_EAST_ASIAN = ("\u2e80", "\uffef")

LINE_SHARE = 1.08
"""Distance of two lines relative to the size of the font."""

BUILT_IN = frozenset(map(chr, range(32, 127))) | frozenset("©«°±´·»‘’“”…")
"""What the font that Pillow brings can write."""
PLAIN_FOR = {"–": "-", "—": "-", "−": "-", "•": "·", "×": "x"}


@lru_cache(maxsize=48)
def font_for(size_px: int, built_in: bool, east_asian: bool = False) -> Font | None:
    """Pillow's own face, or the first system font with more scripts; None when the system has none of them."""
    if built_in:
        return ImageFont.load_default(size_px)
    paths = (*EAST_ASIAN_FONTS, *SYSTEM_FONTS) if east_asian else SYSTEM_FONTS
    path = next((path for path in paths if Path(path).is_file()), None)
    return ImageFont.truetype(path, size_px) if path is not None else None


def lettering(text: str, size_px: int, most_px: int = 2048) -> NDArray[np.uint8]:
    """How much of each pixel the words cover, 0 to 255; longer lines than `most_px` end in an ellipsis."""
    line = " ".join(text.split())
    while line and _length_px(line, size_px) > most_px:
        line = line[: max(0, len(line) - max(2, len(line) // 12))].rstrip("… ") + "…" if len(line) > 2 else ""
    runs = _runs(line, size_px)
    if len(runs) > 1:
        return _in_several_fonts(runs, size_px)
    line, font = runs[0]
    left, _, right, bottom = (int(edge) for edge in font.getbbox(line or " "))
    ascent = round(size_px * 1.25)
    image = Image.new("L", (max(1, right - min(0, left)) + 2, max(ascent, bottom) + 2), 0)
    ImageDraw.Draw(image).text((1 - min(0, left), 0), line, fill=255, font=font)
    return np.asarray(image)


def lines_of_lettering(text: str, size_px: int, most_px: int = 2048) -> NDArray[np.uint8]:
    """The same for words in several lines, each in the middle; the lines are those of the text."""
    lines = [lettering(line, size_px, most_px) for line in text.split("\n") if line.strip()]
    if len(lines) == 1:
        return lines[0]
    pitch, width = round(size_px * LINE_SHARE), max((line.shape[1] for line in lines), default=1)
    sheet = np.zeros((pitch * max(0, len(lines) - 1) + (lines[-1].shape[0] if lines else 1), width), np.uint8)
    for k, line in enumerate(lines):
        left, top = (width - line.shape[1]) // 2, k * pitch
        part = sheet[top : top + line.shape[0], left : left + line.shape[1]]
        np.maximum(part, line[: part.shape[0]], out=part)
    return sheet


def wrapped(text: str, size_px: int, width_px: int, most_lines: int) -> list[str]:
    """Words broken into lines of at most `width_px`."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _length_px(longer, size_px) <= width_px or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
    return [line for line in lines if line]


def _in_several_fonts(runs: Sequence[tuple[str, Font]], size_px: int) -> NDArray[np.uint8]:
    """Runs of letters one after the other on one baseline."""
    baseline = max((font.getmetrics()[0] for _, font in runs if isinstance(font, ImageFont.FreeTypeFont)), default=0)
    width = sum(font.getlength(words) for words, font in runs)
    image = Image.new("L", (round(width) + 4, max(round(size_px * 1.25), round(baseline + size_px * 0.35)) + 2), 0)
    pen, x = ImageDraw.Draw(image), 1.0
    for words, font in runs:
        pen.text((x, baseline), words, fill=255, font=font, anchor="ls")
        x += font.getlength(words)
    return np.asarray(image)


def _length_px(line: str, size_px: int) -> float:
    return float(sum(font.getlength(words) for words, font in _runs(line, size_px)))


def _runs(line: str, size_px: int) -> list[tuple[str, Font]]:
    """The line in parts that one font each can write: fonts for Chinese and Japanese may lack all other letters."""
    parts = [(east, "".join(letters)) for east, letters in groupby(line, _is_east_asian)]
    east_asian = font_for(size_px, False, True) if any(east for east, _ in parts) else None
    if east_asian is None:
        return [_writable(line, size_px)]
    return [(words, east_asian) if east else _writable(words, size_px) for east, words in parts]


def _is_east_asian(letter: str) -> bool:
    return _EAST_ASIAN[0] <= letter <= _EAST_ASIAN[1]


def _writable(text: str, size_px: int) -> tuple[str, Font]:
    """The text in letters that a font at hand can write, and that font."""
    plain = "".join(PLAIN_FOR.get(letter, letter) for letter in text)
    built_in = font_for(size_px, True)
    assert built_in is not None
    if BUILT_IN.issuperset(plain):
        return plain, built_in
    system = font_for(size_px, False)
    if system is not None:
        return text, system
    stripped = unicodedata.normalize("NFKD", plain)
    letters = (letter for letter in stripped if not unicodedata.combining(letter))
    return "".join(letter if letter in BUILT_IN else "?" for letter in letters), built_in
