"""The library in memory, column by column: what a search reads instead of the disk; SQL can always rebuild it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Asset
from platform_service.search.codes import Codes
from platform_service.search.columns import Growing
from platform_service.search.copies import Copies
from platform_service.search.postings import Postings, tag_key
from platform_service.search.remembered import Remembered
from platform_service.search.words import fold

ORIENTATIONS = ("landscape", "portrait", "square", "panorama")
NO_DATE = 0


@dataclass(frozen=True)
class Row:
    """One asset as the mirror takes it in; vectors are unit length or zero."""

    asset: Asset
    visual: NDArray[np.float32]
    text: NDArray[np.float32] | None = None


class Mirror:
    """Assets in the order of their import; rows are only ever appended, text vectors may come later."""

    def __init__(self, text_dimensions: int = 384) -> None:
        self.ids: list[str] = []
        self.row_of: dict[str, int] = {}
        self.documents: list[bytes] = []
        self.postings = Postings()
        self.tags: dict[str, list[int]] = {}
        self.folders: dict[str, list[int]] = {}
        self.creators: dict[str, list[int]] = {}
        self.tags_shown: list[tuple[str, ...]] = []
        self.folder_shown: list[str] = []
        self.creator_shown: list[str] = []
        self.colours: dict[str, int] = {}
        self.shares = Growing(np.float32, 32)
        self.brightness = Growing(np.float32)
        self.saturation = Growing(np.float32)
        self.taken = Growing(np.int32)
        self.orientation = Growing(np.int8)
        self.phash = Growing(np.uint64)
        self.pixels = Growing(np.int64)
        self.group = Growing(np.intp)
        self.visual = Growing(np.float32, 1)
        self.text = Growing(np.float32, text_dimensions)
        self.codes = Codes()
        """The text vectors as bytes; `Nearness` brings them up to date."""
        self.has_text = Growing(np.bool_)
        self._copies = Copies()
        self.state = 0
        """Grows with every change: what was computed before it is out of date."""
        self.remembered = Remembered()

    def __len__(self) -> int:
        return len(self.ids)

    def asset(self, row: int) -> Asset:
        """The asset of a row."""
        return Asset.model_validate_json(self.documents[row])

    def add(self, row: Row) -> None:
        """Append an asset; one that is there already is left as it is."""
        asset = row.asset
        if asset.id in self.row_of:
            return
        number = len(self.ids)
        self._note_words(number, asset)
        self._note_measures(asset)
        self._note_copies(row)
        self.visual.widen(len(row.visual))
        self.visual.append(_padded(row.visual, self.visual.width))
        self.text.append(0.0 if row.text is None else row.text)
        self.has_text.append(row.text is not None)
        self.documents.append(asset.model_dump_json().encode())
        self.ids.append(asset.id)
        self.row_of[asset.id] = number
        self.state += 1

    @property
    def known(self) -> Remembered:
        """What was computed from the library as it is now."""
        return self.remembered.at(self.state)

    @property
    def crowded(self) -> NDArray[np.intp]:
        """The rows that are not the only ones with their picture, ascending."""
        return self.known.of("crowded", lambda: np.array(sorted(self._copies.crowded), np.intp))

    def set_text(self, vectors: Iterable[tuple[str, NDArray[np.float32]]]) -> None:
        """Give assets their text vectors, unit length."""
        self.state += 1
        for asset_id, vector in vectors:
            row = self.row_of.get(asset_id)
            if row is not None:
                self.text.view[row] = vector
                self.codes.put(row)
                self.has_text.view[row] = True

    def rows(self, ids: Iterable[str]) -> NDArray[np.intp]:
        """The rows of those ids that are known, in the order given."""
        return np.array([self.row_of[i] for i in ids if i in self.row_of], np.intp)

    def share(self, colour: str) -> NDArray[np.float32]:
        """How much of each asset shows the colour of that exact name, 0 to 1; nobody may change it."""
        column = self.colours.get(colour)
        if column is None:
            return np.zeros(len(self), np.float32)
        return self.known.of(("share of", column), lambda: np.ascontiguousarray(self.shares.view[:, column]))

    def shares_of(self, rows: NDArray[np.intp], colours: Sequence[str]) -> NDArray[np.float32]:
        """How much a few assets show of each colour, shape (colours, rows)."""
        found = np.zeros((len(colours), len(rows)), np.float32)
        for number, colour in enumerate(colours):
            if colour in self.colours:
                found[number] = self.shares.view[rows, self.colours[colour]]
        return found

    def _note_words(self, number: int, asset: Asset) -> None:
        self.postings.add(number, asset)
        for tag in dict.fromkeys(tag_key(tag) for tag in asset.tags):
            self.tags.setdefault(tag, []).append(number)
        self.tags_shown.append(tuple(dict.fromkeys(tag.lower() for tag in asset.tags)))
        self.folder_shown.append(asset.folder)
        self.creator_shown.append(asset.creator)
        self.folders.setdefault(fold(asset.folder), []).append(number)
        if asset.creator:
            self.creators.setdefault(fold(asset.creator), []).append(number)

    def _note_copies(self, row: Row) -> None:
        asset = row.asset
        self._copies.add(_hash_number(asset.phash), asset.width_px / asset.height_px, row.visual)
        self.group.append(self._copies.group[-1])
        self.pixels.append(asset.width_px * asset.height_px)

    def _note_measures(self, asset: Asset) -> None:
        for swatch in asset.palette:
            self.colours.setdefault(fold(swatch.name), len(self.colours))
        self.shares.widen(len(self.colours))
        shares = np.zeros(self.shares.width, np.float32)
        for swatch in asset.palette:
            shares[self.colours[fold(swatch.name)]] += swatch.share
        self.shares.append(shares)
        self.brightness.append(asset.brightness)
        self.saturation.append(asset.saturation)
        self.taken.append(asset.taken.toordinal() if asset.taken else NO_DATE)
        self.orientation.append(ORIENTATIONS.index(asset.orientation))
        self.phash.append(_hash_number(asset.phash))


def _padded(vector: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    if len(vector) == width:
        return vector
    whole = np.zeros(width, np.float32)
    whole[: len(vector)] = vector
    return whole


def _hash_number(phash: str) -> int:
    try:
        return int(phash[:16], 16)
    except ValueError:
        return 0
