"""Shows a file in the system's file manager, picked out where the system can do that."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

_MANAGER = ("org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1")
_PATIENCE_MS = 1_500


def reveal(file: Path) -> bool:
    """Show it; False where no file manager says that it did, though its folder may be opened all the same."""
    if sys.platform == "win32":
        return bool(QProcess.startDetached("explorer", ["/select,", str(file)])[0])
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("open", ["-R", str(file)])[0])
    if _shown_by_the_desktop(file):
        return True
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))  # its answer is only that something was tried
    return False


def _shown_by_the_desktop(file: Path) -> bool:
    from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    manager = QDBusInterface(*_MANAGER, bus)
    manager.setTimeout(_PATIENCE_MS)
    answer = manager.call("ShowItems", [QUrl.fromLocalFile(str(file)).toString()], "")
    return answer.type() == QDBusMessage.MessageType.ReplyMessage
