"""The one style sheet, written as a template over the tokens."""

from string import Template

from ui.style.tokens import Tokens

_SHEET = Template("""
QWidget { color: $text; font-size: ${body_px}px; }
QMainWindow, QMainWindow::separator { background: $void; }
QMainWindow::separator { width: 1px; height: 1px; background: $void; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $raised; color: $text; border: 1px solid $strong_line; padding: 5px 7px; }

/* words */
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display_px}px; font-weight: 500; }
QLabel[role="title"] { font-size: ${title_px}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="soft"] { color: $soft; }
QLabel[role="caption"] { color: $faint; font-size: ${small_px}px; }
QLabel[role="faint"] { color: $faint; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="accent"] { color: $accent; font-weight: 600; }
QLabel[role="good"] { color: $good; }
QLabel[role="warn"] { color: $warn; }

/* menus */
QMenuBar { background: $void; padding: 3px 6px; spacing: 0; }
QMenuBar::item { background: transparent; color: $soft; padding: 4px 9px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; color: $text; }
QMenu { background: $raised; border: 1px solid $strong_line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 24px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::indicator { width: 6px; height: 6px; left: 10px; border-radius: 3px; background: transparent; }
QMenu::indicator:checked { background: $accent; }
QMenu::right-arrow { width: 8px; }

/* bars */
QToolBar { background: $void; border: 0; border-bottom: 1px solid $line; spacing: 4px; padding: 3px 10px 6px 3px; }
QStatusBar { background: $void; border-top: 1px solid $line; color: $faint; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $faint; font-size: ${small_px}px; }
QToolButton[look="status"] { background: transparent; border: 1px solid transparent; color: $faint; padding: 1px 6px;
  font-size: ${small_px}px; }
QToolButton[look="status"]:hover { background: $hover; color: $text; }
QToolButton[look="status"]:focus { border-color: $accent; }
QSizeGrip { width: 0; height: 0; }

/* docks */
QDockWidget { color: $soft; }
QDockWidget > QWidget { background: $panel; }
QWidget#panel { background: $panel; }
QWidget#stage, QWidget#welcome, QWidget#closer_look, QWidget#veil { background: $void; }
QWidget#dock_title { background: $panel; }
QWidget#dock_title QLabel { color: $soft; font-weight: 600; font-size: ${body_px}px; }
QTabBar { background: $panel; qproperty-drawBase: 0; }
QMainWindow > QTabBar { background: $panel; }
QTabBar::tab { background: $panel; color: $faint; padding: 8px 12px 7px 12px; border: 0;
  border-bottom: 2px solid transparent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }

/* buttons */
QPushButton, QToolButton { background: $raised; color: $text; border: 1px solid $line; border-radius: ${radius}px;
  padding: 5px 11px; }
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $strong_line; }
QPushButton:pressed, QToolButton:pressed, QToolButton:open { background: $pressed; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: transparent; border-color: $line; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:checked, QToolButton:checked { background: $pressed; color: $text; border-color: $strong_line; }
QPushButton[look="primary"] { background: $fill; color: $on_fill; border-color: $fill; font-weight: 600; }
QPushButton[look="primary"]:hover { background: $fill_hover; border-color: $fill_hover; }
QPushButton[look="primary"]:pressed { background: $fill_pressed; }
QPushButton[look="primary"]:focus { border: 1px solid $text; }
QPushButton[look="primary"]:disabled { background: $hover; color: $disabled; border-color: $hover; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; border-color: transparent;
  color: $soft; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $hover; color: $text; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border-color: $accent; }
QPushButton[look="quiet"]:disabled, QToolButton[look="quiet"]:disabled { color: $disabled; border-color: transparent; }
QPushButton[look="split"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QToolButton[look="split"] { border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: 0; padding: 5px 3px; }
QToolButton[look="split"]:focus { border: 1px solid $accent; }
QPushButton[look="link"] { background: transparent; border: 0; color: $accent; padding: 2px 0; text-align: left; }
QPushButton[look="link"]:hover { color: $accent_hover; }
QPushButton[look="link"]:focus { text-decoration: underline; border: 0; }
QPushButton[look="suggestion"] { text-align: left; padding: 8px 12px; background: transparent; border: 1px solid $line;
  color: $soft; }
QPushButton[look="suggestion"]:hover { color: $text; background: $hover; border-color: $strong_line; }
QPushButton[look="suggestion"]:focus { border-color: $accent; }
QToolButton[look="icon"] { background: transparent; border: 1px solid transparent; padding: 3px; }
QToolButton[look="icon"]:hover { background: $hover; }
QToolButton[look="icon"]:focus { border-color: $accent; }
QToolButton[look="chip"] { background: $raised; border: 1px solid $strong_line; border-radius: 11px; padding: 2px 9px;
  font-size: 12px; color: $text; }
QToolButton[look="chip"]:hover { background: $hover; border-color: $faint; }
QToolButton[look="chip"]:focus { border-color: $accent; }
QToolButton[look="chip"]:checked { background: $accent_wash; border-color: $accent; color: $accent; }
QToolButton[look="chip"]:disabled { color: $faint; border-color: $line; }
QToolButton[look="segment"] { border-radius: 4px; border: 1px solid transparent; padding: 3px 10px; color: $soft;
  background: transparent; }
QToolButton[look="segment"]:checked { background: $pressed; color: $text; }
QToolButton[look="segment"]:focus { border-color: $accent; }
QFrame[look="segments"] { background: $void; border: 1px solid $line; border-radius: ${radius}px; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QFileDialog QToolButton { padding: 3px; min-width: 18px; min-height: 18px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialog QPushButton:default { background: $fill; color: $on_fill; border-color: $fill; font-weight: 600; }
QDialog QPushButton:default:hover { background: $fill_hover; border-color: $fill_hover; }

/* fields */
QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit { background: $raised; border: 1px solid $line;
  border-radius: ${radius}px; padding: 5px 8px; placeholder-text-color: $faint;
  selection-background-color: $fill; selection-color: $on_fill; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: $strong_line; }
QFrame[look="card"] QDoubleSpinBox { padding: 2px 6px; }
QCheckBox { color: $soft; spacing: 8px; }
QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid $strong_line; border-radius: 3px;
  background: $raised; }
QCheckBox::indicator:hover, QCheckBox:focus::indicator { border-color: $accent; }
QCheckBox::indicator:checked { background: $fill; border-color: $fill; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QCheckBox:disabled {
  color: $disabled; }
QFrame[look="composer"] { background: $raised; border: 1px solid $strong_line; border-radius: ${radius_large}px; }
QFrame[look="composer"][focused="true"] { border-color: $accent; }
QFrame[look="composer"] QPlainTextEdit { background: transparent; border: 0; padding: 0; }
QComboBox { background: $raised; border: 1px solid $line; border-radius: ${radius}px; padding: 5px 8px; }
QComboBox:hover { border-color: $strong_line; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $strong_line; }
QAbstractSpinBox { min-height: 18px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QAbstractSpinBox QLineEdit:hover {
  background: transparent; border: 0; padding: 0 0 0 8px; margin: 0; }

/* lists */
QAbstractItemView { background: $panel; border: 0; outline: 0; selection-background-color: $accent_wash;
  selection-color: $text; alternate-background-color: $panel; }
QListWidget#settings_pages { background: $void; padding: 12px 8px; }
QListWidget#settings_pages::item { padding: 8px 8px; }
QTreeView[look="table"] { padding-left: 8px; }
QTreeView::item { padding: 3px 2px; border: 0; }
QTreeView::item:hover { background: $raised; }
QTreeView::item:selected { background: $accent_wash; color: $text; }
QTreeView::branch { background: transparent; }
QListView::item { border: 0; padding: 3px 4px; border-radius: 4px; }
QListView::item:hover { background: $raised; }
QListView::item:selected { background: $accent_wash; color: $text; }
QFrame[look="popup"] QAbstractItemView, QFrame[look="card"] QAbstractItemView { background: transparent; }
QFrame[look="popup"] QListView::item:hover, QFrame[look="popup"] QListView::item:selected { background: $hover; }
QFrame[look="popup"] QLineEdit { background: $panel; }
QSplitter::handle { background: $line; width: 1px; }
QPlainTextEdit[look="code"] { font-family: monospace; font-size: ${small_px}px; background: $void; }
QHeaderView { background: $panel; }
QHeaderView::section { background: $panel; color: $faint; border: 0; padding: 4px; }

/* frames */
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QFrame[look="bubble"] { background: $raised; border: 0; border-radius: ${radius_large}px; }
QFrame[look="card"] { background: $raised; border: 1px solid $strong_line; border-radius: ${radius_large}px; }
QFrame[over="viewport"] { background: $glass; border-color: $line; }
QFrame[look="popup"] { background: $raised; border: 1px solid $strong_line; }
QFrame[look="inset"] { background: $panel; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[look="note"] { background: $accent_wash; border: 1px solid $strong_line; border-radius: ${radius}px; }
QFrame[look="alarm"] { background: $bad_wash; border: 1px solid $bad_line; border-radius: ${radius}px; }
QFrame[look="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QProgressBar { background: $hover; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px;
  color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $strong_line; border-radius: 3px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
  width: 0; height: 0; }
""")


def style_sheet(tokens: Tokens) -> str:
    """The style sheet with the tokens filled in; raises KeyError when it names one that does not exist."""
    return _SHEET.substitute(tokens.as_words())
