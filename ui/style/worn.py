"""Which of the two looks the application wears now; whoever draws asks for it each time."""

from PySide6.QtCore import QCoreApplication

from ui.style.tokens import DARK, LIGHT, Tokens

_WORN = "vernissage_scheme"


def tokens() -> Tokens:
    """The tokens of the look that is worn; the dark one where none was put on yet."""
    app = QCoreApplication.instance()
    return LIGHT if app is not None and app.property(_WORN) == LIGHT.scheme else DARK


def put_on(app: QCoreApplication, worn: Tokens) -> None:
    """From now on `tokens` gives these."""
    app.setProperty(_WORN, worn.scheme)


def colour_of(name: str) -> str:
    """The colour of a token's name ("faint") in the look that is worn; any other colour as it is."""
    return str(getattr(tokens(), name, name))
