"""In which order the works of the library stand: by how well they fit, by date, by title, by creator."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from agent.ports.library import Asset, Hit
from ui.style.parts import ToolButton

ORDERS = {
    "fit": "Best fit", "newest": "Newest first", "oldest": "Oldest first", "title": "Title", "creator": "Creator",
    "added": "Last imported",
}  # fmt: skip
_FIRST = "fit"
_PARTS = re.compile(r"(\d+)")
Key = tuple[object, ...]


def in_order(hits: Sequence[Hit], order: str) -> tuple[Hit, ...]:
    """The works in that order; those that do not fit what is searched for stay behind those that do.

    Works that lack what they are ordered by come last; equals stay as they were.
    """
    if order not in _ORDERED:
        return tuple(hits)
    key, newest = _ORDERED[order]
    told = [hit for hit in hits if key(hit.asset) is not None]
    rest = [hit for hit in hits if key(hit.asset) is None]
    told.sort(key=lambda hit: key(hit.asset) or (), reverse=newest)  # stable, also in reverse
    return tuple(sorted([*told, *rest], key=lambda hit: not hit.fits))


def _title(asset: Asset) -> Key:
    """Numbers in titles count as numbers: "Walk 9" stands before "Walk 10"."""
    parts = _PARTS.split((asset.title or asset.file_name).casefold())
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part)


def _taken(asset: Asset) -> Key | None:
    return (asset.taken,) if asset.taken else None


def _creator(asset: Asset) -> Key | None:
    return (asset.creator.casefold(), _title(asset)) if asset.creator else None


def _added(asset: Asset) -> Key | None:
    return (asset.added,) if asset.added else None


_ORDERED: dict[str, tuple[Callable[[Asset], Key | None], bool]] = {
    "newest": (_taken, True), "oldest": (_taken, False), "title": (_title, False), "creator": (_creator, False),
    "added": (_added, True),
}  # fmt: skip


class OrderButton(ToolButton):
    """Says the order; a click lists the others. Emits `chosen` with one of `ORDERS`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.order = _FIRST
        self.setProperty("look", "status")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu, group = QMenu(self), QActionGroup(self)
        self.actions_of = {order: menu.addAction(words) for order, words in ORDERS.items()}
        for order, action in self.actions_of.items():
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, order=order: self._choose(order))
            group.addAction(action)
        self.setMenu(menu)
        self.show_order(_FIRST)

    def show_order(self, order: str) -> None:
        """As it was chosen; an order that there is not is the first one."""
        self.order = order if order in ORDERS else _FIRST
        self.actions_of[self.order].setChecked(True)
        self.setText(f"{ORDERS[self.order]} ▾")
        self.setAccessibleName(f"Order of the works: {ORDERS[self.order]}")
        self.setToolTip("In which order the works stand; without a search, “best fit” is as they were imported")

    def _choose(self, order: str) -> None:
        self.show_order(order)
        self.chosen.emit(order)
