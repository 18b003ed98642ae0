"""Make a picture smaller, never larger."""

from PIL import Image


def shrink(picture: Image.Image, edge_px: int, resample: Image.Resampling = Image.Resampling.HAMMING) -> Image.Image:
    """The picture with its longest edge at most `edge_px`; itself when it is small enough."""
    longest = max(picture.size)
    if longest <= edge_px:
        return picture
    size = (max(1, round(picture.width * edge_px / longest)), max(1, round(picture.height * edge_px / longest)))
    return picture.resize(size, resample, reducing_gap=2.0)
