"""The list of keyboard shortcuts, read from the commands, and the words about the program."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QMessageBox, QScrollArea, QVBoxLayout, QWidget

from ui.commands.catalogue import MENUS
from ui.commands.registry import Commands
from ui.style.parts import button, label

_SIZE_PX = (740, 790)
_VIEWPORT_KEYS = (
    ("Walk, run", "W A S D, with Shift"), ("Rise, sink while flying", "E, Q"), ("Look around", "Drag"),
    ("Orbit", "Alt + drag"), ("Move sideways", "Right or middle drag"),
    ("Closer, farther", "Wheel"), ("Next work, previous work", "Page Down, Page Up"), ("See everything", "End"),
    ("Select", "Click"), ("Select more", "Ctrl + click"), ("Select with a box", "Shift + drag"),
    ("Select with a lasso", "Ctrl + drag"), ("Move what is selected", "Drag it"),
    ("Nudge it by 1 cm, by 10 cm", "Arrows, Shift + arrows"), ("Nothing snaps or slides", "Alt while dragging"),
    ("Let go, nothing happened", "Esc while dragging"), ("Fly to a work, walk to a place", "Double click"),
)  # fmt: skip


class ShortcutsDialog(QDialog):
    """Every key, by menu."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        menus = (*MENUS, ("focus", "Go to"), ("tour", "Tour"), ("panels", "Panels"))
        blocks = [(title.replace("&", ""), self._keys(commands, menu)) for menu, title in menus]
        blocks.append(("Viewport", list(_VIEWPORT_KEYS)))
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setSpacing(44)
        sides = [QVBoxLayout(), QVBoxLayout()]
        heights = [0, 0]
        for title, keys in blocks:
            if keys:
                shorter = heights.index(min(heights))
                sides[shorter].addWidget(_block(title, keys))
                heights[shorter] += len(keys) + 2
        for side in sides:
            side.setSpacing(18)
            side.addStretch(1)
            columns.addLayout(side, 1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setAccessibleName("Shortcuts")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.addWidget(area)
        column.addWidget(button("Close", self.reject), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(QSize(*_SIZE_PX).boundedTo(parent.screen().availableGeometry().size() - QSize(40, 60)))

    def _keys(self, commands: Commands, menu: str) -> list[tuple[str, str]]:
        found = []
        for group in commands.groups(menu):
            for command_id in group:
                keys = [sequence.toString() for sequence in commands.actions[command_id].shortcuts()]
                if keys:
                    found.append((commands.known[command_id].title.rstrip("…"), "  or  ".join(keys)))
        return found


def _block(title: str, keys: list[tuple[str, str]]) -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    grid.addWidget(label(title, "strong"), 0, 0, 1, 2)
    for row, (words, key) in enumerate(keys, start=1):
        grid.addWidget(label(words, "soft"), row, 0)
        grid.addWidget(label(key, "caption"), row, 1, Qt.AlignmentFlag.AlignRight)
    return block


def show_about(parent: QWidget) -> QMessageBox:
    """A few words about the program."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("vernissage")
    except PackageNotFoundError:
        number = ""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About Vernissage")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Vernissage {number}".strip())
    box.setInformativeText(
        "A vernissage is the private view before an exhibition opens. Say what to show, walk into the proposal, "
        "approve it piece by piece."
    )
    box.open()
    return box
