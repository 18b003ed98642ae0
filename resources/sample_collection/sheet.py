"""Contact sheets: many pictures on one, in rows of even height."""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image


def contact_sheet(files: Iterable[Path], width_px: int = 1800, row_px: int = 300, gap_px: int = 8) -> Image.Image:
    """The pictures in reading order, each row filled to the sheet's width."""
    rows: list[list[Image.Image]] = [[]]
    used = gap_px
    for file in files:
        with Image.open(file) as picture:
            picture.draft("RGB", (row_px * 3, row_px))
            small = picture.convert("RGB").resize((round(row_px * picture.width / picture.height), row_px))
        if rows[-1] and used + small.width + gap_px > width_px:
            rows.append([])
            used = gap_px
        rows[-1].append(small)
        used += small.width + gap_px
    sheet = Image.new("RGB", (width_px, len(rows) * (row_px + gap_px) + gap_px), (24, 24, 26))
    for number, row in enumerate(rows):
        left = gap_px
        for small in row:
            sheet.paste(small, (left, gap_px + number * (row_px + gap_px)))
            left += small.width + gap_px
    return sheet
