"""The list of keyboard shortcuts, read from the commands, and the words about the program."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QMessageBox, QScrollArea, QVBoxLayout, QWidget

from ui.commands.catalogue import MENUS
from ui.commands.registry import Commands
from ui.style.parts import label

_VIEWPORT_KEYS = (
    ("Walk", "W A S D"), ("Look around", "Drag"), ("Orbit", "Alt + Drag"), ("Closer, farther", "Wheel"),
    ("Select", "Click"), ("Select more", "Ctrl + Click"), ("Fly to a work", "Double click"),
)  # fmt: skip


class ShortcutsDialog(QDialog):
    """Every key, by menu."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        content = QWidget()
        columns = QGridLayout(content)
        columns.setHorizontalSpacing(40)
        columns.setVerticalSpacing(14)
        blocks = [(title.replace("&", ""), self._keys(commands, menu)) for menu, title in MENUS]
        blocks.append(("Viewport", list(_VIEWPORT_KEYS)))
        heights = [0, 0]
        for title, keys in blocks:
            if not keys:
                continue
            column = heights.index(min(heights))
            columns.addWidget(_block(title, keys), heights[column], column, len(keys) + 1, 1, Qt.AlignmentFlag.AlignTop)
            heights[column] += len(keys) + 1
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setAccessibleName("Shortcuts")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(20, 18, 20, 14)
        column_layout.addWidget(area)
        column_layout.addWidget(buttons)
        self.resize(680, 620)

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
