"""Colours as people name them, by distance in OKLab."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SHADES: dict[str, str] = {
    "black": "000000 121212 181614 202024 242424",
    "grey": "2c2c2c 363636 3c3a46 484848 606060 6e6e76 808080 8c8c96 9c9c9c 5a646c 6e6a66",
    "silver": "b4b4b4 c8ccd0 d8d8d8",
    "white": "e8e8e8 f4f4f4 ffffff",
    "cream": "fff6dc f5ecd2 f0e6c8",
    "beige": "dcc8a0 d2b48c c8b496 b4a082",
    "brown": "5a3216 7a4a24 96643c 3c2412 6b4c3a 503c2c 8c7058 2d1e14",
    "maroon": "500a14 781420 8c2030 5a1e2d 3c0a14 6e2d3c",
    "red": "c81414 ff0000 dc2838 e63246 b42832",
    "coral": "ff7f6a e8705a fa9682 d2826e c86e5a",
    "orange": "ff8c00 e87818 ffa53c c86414 f0964b",
    "gold": "d4a514 b8901c e6bc46 f0c850",
    "yellow": "ffff00 f0dc28 fff078 fae664 f5e196",
    "olive": "808000 5a5a1e 9a9640 3c3c14 78783c a08c3c",
    "lime": "96ff00 b4e632 c8f078 a0c832",
    "green": "00b400 00ff00 1e6428 50a050 0a3c14 78c878 283c1e 3c5a32 6e8c5a 96b482 1e2d19 aad2aa 14501e 46824b",
    "teal": "008080 0a505a 28787c 5a9696 0a323c 3c8282 78aaa5",
    "turquoise": "28d2be 40e0d0 64c8b4 96dcd2",
    "cyan": "00ffff 14c8e6 78f0ff 6ee6fa c8faff",
    "blue": "0000ff 1e5ad2 3c8ce6 6496c8 78b4f0 a0c8e8 1e4b8c 2864a0 50729b 7896b4 c8e1f5 32507d 1478c8 4655c8 96c8fa",
    "navy": "00004b 0a1e50 142850 0a1430 1e3764 14143c 142d46",
    "purple": "800080 6a2ca0 4b1478 8c50c8 280a46 7a00ff 5a3c78 6e5087 3c1e50 41325a 8c6eaa 281428",
    "lavender": "c8b4f0 b496dc d2c8e6 a08cc8",
    "magenta": "ff00ff e614a0 c800b4 ff32c8 dc28c8 aa1482",
    "pink": "ffb4c8 ff82b4 f096aa e8a0c8 fad2dc d78c9b ff69b4 c8828c",
}
"""Each name with shades that people would call so, vivid and dull."""

COLOUR_NAMES = tuple(_SHADES)
FAMILIES: dict[str, str] = {
    "silver": "grey", "cream": "white", "beige": "brown", "maroon": "red", "coral": "orange", "gold": "yellow",
    "olive": "green", "lime": "green", "teal": "cyan", "turquoise": "cyan", "navy": "blue", "lavender": "purple",
    "magenta": "pink",
}  # fmt: skip
"""The broader name that a finer one also answers to."""

_LMS_FROM_LINEAR = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]], np.float32).T  # fmt: skip
_LAB_FROM_LMS = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]], np.float32).T  # fmt: skip
"""Both from Björn Ottosson, "A perceptual color space for image processing", 2020."""


def oklab(srgb: NDArray[np.generic]) -> Floats:
    """OKLab (L 0 to 1, a, b about -0.4 to 0.4) of sRGB values 0 to 255, shape (n, 3)."""
    unit = np.asarray(srgb, np.float32) / np.float32(255.0)
    linear = np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** np.float32(2.4)).astype(np.float32)
    return np.asarray(np.cbrt(linear @ _LMS_FROM_LINEAR) @ _LAB_FROM_LMS, np.float32)


def _prototypes() -> tuple[Floats, NDArray[np.intp]]:
    shades = [(index, shade) for index, shades in enumerate(_SHADES.values()) for shade in shades.split()]
    srgb = np.array([list(bytes.fromhex(shade)) for _, shade in shades])
    return oklab(srgb), np.array([index for index, _ in shades])


_PROTOTYPES, _NAME_OF_PROTOTYPE = _prototypes()
_PROTOTYPE_SQUARES = (_PROTOTYPES**2).sum(axis=1)


def name_indices(lab: Floats) -> NDArray[np.intp]:
    """For each OKLab row the index into `COLOUR_NAMES` of the nearest shade."""
    nearest = np.argmin(_PROTOTYPE_SQUARES - 2.0 * (lab @ _PROTOTYPES.T), axis=1)
    return np.asarray(_NAME_OF_PROTOTYPE[nearest], np.intp)


def colour_name(hex_code: str) -> str:
    """The plain name of "#rrggbb"."""
    srgb = np.array([list(bytes.fromhex(hex_code.lstrip("#")))])
    return COLOUR_NAMES[int(name_indices(oklab(srgb))[0])]
