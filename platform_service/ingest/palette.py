"""The colours that a picture is made of: weighted k-means in OKLab over a coarse histogram."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from platform_service.ingest.colours import COLOUR_NAMES, Floats, name_indices, oklab

_CENTRES = 8
_ROUNDS = 4
_SAME_COLOUR = 0.055
"""OKLab distance below which two swatches look alike."""
_LEAST_SHARE = 0.012
MOST_SWATCHES = 6


@dataclass(frozen=True)
class ColourCount:
    """The distinct colours of a picture (5 bits a channel): their mean sRGB, OKLab and share of the picture."""

    srgb: Floats
    lab: Floats
    share: Floats


def count_colours(srgb: NDArray[np.uint8], weight: Floats | None = None) -> ColourCount:
    """Count the rows of `srgb` (n, 3); `weight` (n,) lets transparent pixels count less."""
    coarse = (srgb >> 3).astype(np.int32)
    code = (coarse[:, 0] << 10) | (coarse[:, 1] << 5) | coarse[:, 2]
    count = np.bincount(code, weight, minlength=32_768)
    used = np.flatnonzero(count > 0)
    amount = count[used]
    sums = [
        np.bincount(code, srgb[:, channel] if weight is None else srgb[:, channel] * weight, minlength=32_768)[used]
        for channel in range(3)
    ]
    mean = (np.stack(sums, axis=1) / amount[:, None]).astype(np.float32)
    return ColourCount(mean, oklab(mean), (amount / amount.sum()).astype(np.float32))


def swatches(colours: ColourCount) -> list[tuple[str, str, float]]:
    """Up to six (hex, plain name, share), largest share first; a small but vivid colour is kept over a dull one."""
    owner = _cluster(colours)
    count = int(owner.max()) + 1
    share = np.bincount(owner, colours.share, count)
    lab = _means(colours.lab, colours.share, owner, share)
    srgb = _means(colours.srgb, colours.share, owner, share)
    kept = _merged(lab, srgb, share)
    vivid = sorted(kept, key=lambda one: -one[1] * (1.0 + 6.0 * float(np.hypot(*one[0][1:]))))
    strong = [one for one in vivid if one[1] >= _LEAST_SHARE] or vivid[:1]
    chosen = sorted(strong[:MOST_SWATCHES], key=lambda one: -one[1])
    names = name_indices(np.array([one[0] for one in chosen], np.float32))
    return [(_hex(one[2]), COLOUR_NAMES[int(n)], round(one[1], 4)) for one, n in zip(chosen, names, strict=True)]


def _cluster(colours: ColourCount) -> NDArray[np.intp]:
    """The cluster of each distinct colour; centres start at the far ends, so equal input gives equal output."""
    lab, share = colours.lab, colours.share
    centres = _far_apart(lab, share)
    for _ in range(_ROUNDS):
        owner = np.argmin((centres**2).sum(axis=1) - 2.0 * (lab @ centres.T), axis=1)
        total = np.bincount(owner, share, len(centres))
        centres = np.where(total[:, None] > 0, _means(lab, share, owner, total), centres).astype(np.float32)
    return np.unique(owner, return_inverse=True)[1]


def _far_apart(lab: Floats, share: Floats) -> Floats:
    """The commonest colour, then again and again the one that is far from all and not rare."""
    chosen = [int(np.argmax(share))]
    weight = np.sqrt(share)
    nearest = np.full(len(lab), np.inf, np.float32)
    while len(chosen) < min(_CENTRES, len(lab)):
        nearest = np.minimum(nearest, ((lab - lab[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(np.argmax(nearest * weight)))
    return lab[chosen]


def _means(values: Floats, share: Floats, owner: NDArray[np.intp], total: NDArray[Any]) -> Floats:
    sums = np.stack([np.bincount(owner, values[:, c] * share, len(total)) for c in range(3)], axis=1)
    return np.asarray(sums / np.maximum(total, 1e-12)[:, None], np.float32)


def _merged(lab: Floats, srgb: Floats, share: NDArray[Any]) -> list[tuple[Floats, float, Floats]]:
    """Clusters as (lab, share, srgb), those that look alike put together."""
    kept: list[tuple[Floats, float, Floats]] = []
    for index in np.argsort(-share):
        mine, part, colour = lab[index], float(share[index]), srgb[index]
        twin = next((k for k, one in enumerate(kept) if float(np.linalg.norm(one[0] - mine)) < _SAME_COLOUR), None)
        if twin is None:
            kept.append((mine, part, colour))
            continue
        other, already, tint = kept[twin]
        both = already + part
        kept[twin] = ((other * already + mine * part) / both, both, (tint * already + colour * part) / both)
    return kept


def _hex(srgb: Floats) -> str:
    return "#" + bytes(round(float(value)) for value in srgb.clip(0, 255)).hex()
