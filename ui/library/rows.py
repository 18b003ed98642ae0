"""The rows of the library grid: assets in order, with thumbnails that are asked for only where they are seen."""

import json
from collections import OrderedDict, deque
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QImageReader, QPixmap

from agent.ports.library import Asset, Hit
from ui.library.describe import asset_details

MOST_PIXMAPS = 600
"""Thumbnails kept in memory, the most recently seen ones."""
ASSETS_MIME = "application/x-vernissage-assets"
"""The type of what is dragged out, as the viewport knows it."""
LOADING_BUDGET_S = 0.006
"""Time a frame for reading thumbnails from disk."""

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks the model for."""

    ASSET_ID = Qt.ItemDataRole.UserRole + 1
    PIXMAP = Qt.ItemDataRole.UserRole + 2
    COLOUR = Qt.ItemDataRole.UserRole + 3
    FITS = Qt.ItemDataRole.UserRole + 4
    HUNG = Qt.ItemDataRole.UserRole + 5


class AssetRows(QAbstractListModel):
    """Emits `thumbnail_wanted` with asset ids that have no thumbnail yet; answer with `set_thumbnail`."""

    thumbnail_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._row_of: dict[str, int] = {}
        self._hung: frozenset[str] = frozenset()
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._to_load: deque[tuple[str, str]] = deque()
        self._loader = QTimer(self)
        self._loader.setInterval(8)
        self._loader.timeout.connect(self._load_some)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._hits = hits
        self._row_of = {hit.asset.id: row for row, hit in enumerate(hits)}
        self.endResetModel()

    def show_hung(self, asset_ids: frozenset[str]) -> None:
        """Which assets hang in the scene; they are marked."""
        changed = asset_ids ^ self._hung
        self._hung = asset_ids
        for asset_id in changed:
            self._touch(asset_id)

    def asset(self, row: int) -> Asset:
        """The asset of a row."""
        return self._hits[row].asset

    def hit(self, row: int) -> Hit:
        """The hit of a row."""
        return self._hits[row]

    def row_of(self, asset_id: str) -> int | None:
        """Where an asset is among the rows, when it is."""
        return self._row_of.get(asset_id)

    def assets(self, ids: Sequence[str]) -> list[Asset]:
        """The assets of these ids that are among the rows, in the order of the ids."""
        return [self._hits[row].asset for asset_id in ids if (row := self._row_of.get(asset_id)) is not None]

    def pixmap(self, asset_id: str) -> QPixmap | None:
        """The thumbnail of an asset, when it is there."""
        return self._pixmaps.get(asset_id)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows may be dragged out."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """What is dragged are asset ids."""
        return [ASSETS_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The ids of these rows as a JSON list."""
        data = QMimeData()
        ids = [self._hits[row].asset.id for row in sorted(index.row() for index in indexes)]
        data.setData(ASSETS_MIME, json.dumps(ids).encode())
        return data

    def want(self, first: int, last: int) -> None:
        """Rows `first` to `last` are seen now: ask for the thumbnails they miss."""
        for row in range(max(0, first), min(last + 1, len(self._hits))):
            asset_id = self._hits[row].asset.id
            if asset_id not in self._pixmaps and asset_id not in self._asked:
                self._asked.add(asset_id)
                self.thumbnail_wanted.emit(asset_id)

    def set_thumbnail(self, asset_id: str, path: str | Path) -> None:
        """A thumbnail is on disk: read it within the frame's budget."""
        self._to_load.append((asset_id, str(path)))
        if not self._loader.isActive():
            self._loader.start()

    def forget_requests(self) -> None:
        """Ask again for what was asked and never came, such as after the platform restarted."""
        self._asked = set(self._pixmaps)

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows of the list."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate and screen readers ask for."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        asset = hit.asset
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return asset.title or asset.file_name
            case Qt.ItemDataRole.ToolTipRole:
                return asset_details(hit)
            case Role.ASSET_ID:
                return asset.id
            case Role.PIXMAP:
                return self._seen(asset.id)
            case Role.COLOUR:
                return asset.palette[0].hex if asset.palette else None
            case Role.FITS:
                return hit.fits
            case Role.HUNG:
                return asset.id in self._hung
        return None

    def _seen(self, asset_id: str) -> QPixmap | None:
        pixmap = self._pixmaps.get(asset_id)
        if pixmap is not None:
            self._pixmaps.move_to_end(asset_id)
        return pixmap

    def _load_some(self) -> None:
        end = perf_counter() + LOADING_BUDGET_S
        while self._to_load and perf_counter() < end:
            asset_id, path = self._to_load.popleft()
            image = QImageReader(path).read()
            if image.isNull():
                self._asked.discard(asset_id)
                continue
            self._pixmaps[asset_id] = QPixmap.fromImage(image)
            self._touch(asset_id)
        while len(self._pixmaps) > MOST_PIXMAPS:
            self._asked.discard(self._pixmaps.popitem(last=False)[0])
        if not self._to_load:
            self._loader.stop()

    def _touch(self, asset_id: str) -> None:
        row = self._row_of.get(asset_id)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)
