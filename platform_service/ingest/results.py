"""What comes of a file: an asset, one that is already there, or a bad file with its reason."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Asset


@dataclass(frozen=True)
class IngestedAsset:
    """A new asset with what the library keeps beside it. Its renditions are on disk already."""

    asset: Asset
    features: NDArray[np.float32]
    """Colour and texture, unit length, shape (features.FEATURES,)."""
    mean_colour: str
    """sRGB hex, the average over the picture."""
    original: Path
    notes: tuple[str, ...] = ()
    """What was left out of it, in plain words ("its XMP metadata is damaged and was left out")."""


@dataclass(frozen=True)
class AlreadyThere:
    """A file whose very bytes the library has, under this asset id."""

    id: str
    original: Path


@dataclass(frozen=True)
class BadFile:
    """A file that can't be imported; `why` completes "<file name> ..."."""

    original: Path
    why: str


Outcome = IngestedAsset | AlreadyThere | BadFile


@dataclass(frozen=True)
class Progress:
    """How far an import is; `seconds_left` is None until a rate is known."""

    done: int = 0
    total: int = 0
    added: int = 0
    already_there: int = 0
    bad: int = 0
    rate_per_s: float = 0.0
    seconds_left: float | None = None
