"""Dresses the application: Fusion, the palette, the typeface and the one style sheet, all from the tokens."""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.style.emblem import emblem
from ui.style.sheet import style_sheet
from ui.style.tokens import DARK, TYPEFACES, Tokens
from ui.style.worn import put_on


def dress(app: QApplication, tokens: Tokens = DARK) -> None:
    """Give the application its look: before the first window, and whenever another one is wanted."""
    put_on(app, tokens)
    app.setStyle("Fusion")
    app.setPalette(palette(tokens))
    app.setFont(typeface(tokens.body_px))
    app.setStyleSheet(style_sheet(tokens))
    app.setWindowIcon(emblem())


def typeface(size_px: int) -> QFont:
    """The first typeface of the stack that is installed, with the rest as fallbacks."""
    installed = set(QFontDatabase.families())
    found = [family for family in TYPEFACES if family in installed]
    font = QFont()
    if found:
        font.setFamilies(found)
    font.setPixelSize(size_px)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def palette(tokens: Tokens) -> QPalette:
    """The palette behind the style sheet, for what the sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.panel,
        role.WindowText: tokens.text,
        role.Base: tokens.raised,
        role.AlternateBase: tokens.panel,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.faint,
        role.Highlight: tokens.fill,
        role.HighlightedText: tokens.on_fill,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
        role.Light: tokens.hover,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.void,
        role.Shadow: "#000000" if tokens.scheme == "dark" else tokens.disabled,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.disabled))
    return made
