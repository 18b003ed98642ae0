"""How large words and buttons are, besides what the screen itself asks for: kept, and used from the next start on."""

from collections.abc import MutableMapping

from PySide6.QtCore import QSettings

SETTING = "view/interface_percent"
PERCENTS = (90, 100, 110, 125, 150, 175, 200)
_FACTOR = "QT_SCALE_FACTOR"


def interface_percent(settings: QSettings) -> int:
    """The size that was chosen; 100 where none was, or something strange stands in the file."""
    kept = str(settings.value(SETTING, "100"))
    return int(kept) if kept.isdecimal() and int(kept) in PERCENTS else 100


def use_interface_size(settings: QSettings, environment: MutableMapping[str, str]) -> bool:
    """Tell Qt before its application is made, unless the factor was set from outside. Whether it was told."""
    percent = interface_percent(settings)
    if percent == 100 or _FACTOR in environment:
        return False
    environment[_FACTOR] = f"{percent / 100:g}"
    return True


def forget_interface_size(environment: MutableMapping[str, str]) -> None:
    """The application has read it; windows that are opened later read the setting anew."""
    environment.pop(_FACTOR, None)
