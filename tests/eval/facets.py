"""What a facet of an asset means to the evaluation: words, colours, dates, shape and tone, read anew."""

import re

from agent.ports.library import Asset


def speaks_of(asset: Asset, words: str) -> bool:
    """Whether title, tags, folder or description have one of the words (parted by |), singular or plural."""
    text = " ".join((asset.title, *asset.tags, asset.folder, asset.description)).casefold()
    return any(re.search(rf"(?<!\w){re.escape(_stem(word.casefold()))}", text) for word in words.split("|"))


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


HUES_DEG = {
    "red": (-18, 14),
    "orange": (12, 45),
    "yellow": (42, 70),
    "green": (70, 172),
    "blue": (172, 262),
    "teal": (150, 205),
    "purple": (245, 325),
    "pink": (300, 375),
    "brown": (8, 50),
    "gold": (28, 62),
}
_SHY_DEG = 14
"""Neighbouring hues have no sharp border: a wished colour may lie so far over it, a barred one so far inside."""


def is_colour(colour: str, hex_colour: str, slack_deg: float) -> bool:
    """Whether a palette colour is called so, with so much slack at the borders of its hue."""
    hue, saturation, value = _hsv(hex_colour)
    if colour == "black":
        return value < 0.25
    if colour in ("grey", "white"):
        return saturation < 0.22 and (colour == "grey" or value > 0.8)
    low, high = HUES_DEG[colour]
    inside = any(low - slack_deg <= turned <= high + slack_deg for turned in (hue, hue - 360, hue + 360))
    strong = saturation > (0.4 if slack_deg < 0 else 0.12) and value > (0.25 if slack_deg < 0 else 0.06)
    return inside and strong


def share_of(asset: Asset, colour: str, slack_deg: float) -> float:
    """How much of the picture's palette is of the colour, by hue, saturation and value."""
    return sum(swatch.share for swatch in asset.palette if is_colour(colour, swatch.hex, slack_deg))


def _hsv(hex_colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    high, low = max(red, green, blue), min(red, green, blue)
    span = high - low
    if span == 0:
        return 0.0, 0.0, high
    hue = {red: ((green - blue) / span) % 6, green: (blue - red) / span + 2, blue: (red - green) / span + 4}[high]
    return hue * 60, span / high, high


_SOME, _MUCH = 0.1, 0.25
"""The share of a picture that a wished colour must have, and that a barred one may not have."""


def fits(asset: Asset, facet: str, *, barred: bool = False) -> bool:
    """Whether an asset has a facet: "colour blue", "words crab|fish", "dated 1990..1999", "tone dark" ...

    A colour that is `barred` counts where it is plain to see, a wished one already where it shows.
    """
    kind, _, value = facet.partition(" ")
    match kind:
        case "words":
            return speaks_of(asset, value)
        case "colour":
            least, slack_deg = (_MUCH, -_SHY_DEG / 2) if barred else (_SOME, _SHY_DEG)
            return any(share_of(asset, colour, slack_deg) >= least for colour in value.split("|"))
        case "dated":
            first, last = value.split("..")
            day = asset.taken.isoformat() if asset.taken else ""
            return bool(day) and (not first or day >= first) and (not last or day[: len(last)] <= last)
        case "undated":
            return asset.taken is None
        case "creator":
            return value.casefold() in asset.creator.casefold()
        case "orientation":
            ratio = asset.width_px / asset.height_px
            return {
                "portrait": ratio < 0.95,
                "landscape": ratio > 1.05,
                "square": 0.9 <= ratio <= 1.1,
                "panorama": ratio >= 1.75,
            }[value]
        case "tone":
            return {
                "dark": asset.brightness < 0.45,
                "bright": asset.brightness > 0.5,
                "colourful": asset.saturation > 0.3,
                "muted": asset.saturation < 0.4,
            }[value]
        case "folder":
            return value.casefold() in asset.folder.casefold()
    raise ValueError(f"there is no facet {kind!r}")
