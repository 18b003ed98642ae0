"""The dialog for signing in to a team: the code that an administrator gave."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.style.parts import button, label

_LONGEST, _WIDTH_PX = 400, 420


class SignInDialog(QDialog):
    """Emits `given` with the code."""

    given = Signal(str)

    def __init__(self, team: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Sign in to your team")
        self.code = QLineEdit()
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setPlaceholderText("vrc.…")
        self.code.setAccessibleName("Code from your administrator")
        self.code.setMaxLength(_LONGEST)
        self.accept_button = button("Sign in", self._give, "primary")
        self.code.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        self.code.returnPressed.connect(self._give)
        self.accept_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(f"Sign in to {team}", "title"))
        words = "Paste the code that your administrator gave you. It is good once; this computer stays signed in."
        told = label(words, "soft", wrap=True)
        told.setFixedWidth(_WIDTH_PX)
        column.addWidget(told)
        column.addWidget(self.code)
        foot = QHBoxLayout()
        foot.addStretch(1)
        cancel = button("Cancel", self.reject)
        cancel.setAutoDefault(False)
        foot.addWidget(cancel)
        foot.addWidget(self.accept_button)
        column.addSpacing(6)
        column.addLayout(foot)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        code = self.code.text().strip()
        if code:
            self.given.emit(code)
            self.accept()
