"""Off-screen render windows: EGL where the system has it, OSMesa otherwise; no display is needed."""

import os

from vtkmodules.vtkCommonCore import reference
from vtkmodules.vtkRenderingCore import vtkRenderWindow
from vtkmodules.vtkRenderingOpenGL2 import vtkOpenGLRenderWindow

LEAST_OPENGL = (3, 2)
BACKENDS = ("vtkEGLRenderWindow", "vtkOSOpenGLRenderWindow")


class NoRenderer(OSError):
    """Neither EGL nor OSMesa could be started; the message says what to install."""


def offscreen_window(width: int, height: int) -> vtkRenderWindow:
    """A window that nobody sees; raises NoRenderer when no software or hardware OpenGL is there."""
    for backend in BACKENDS:
        window = _tried(backend, width, height)
        if window is not None:
            return window
    raise NoRenderer(
        "No OpenGL 3.2 could be started. Install libegl1 and libgl1-mesa-dri (or libosmesa6) and try again."
    )


def _tried(backend: str, width: int, height: int) -> vtkRenderWindow | None:
    before = os.environ.get("VTK_DEFAULT_OPENGL_WINDOW")
    os.environ["VTK_DEFAULT_OPENGL_WINDOW"] = backend
    try:
        window = vtkRenderWindow()
    finally:
        _restore(before)
    window.SetOffScreenRendering(True)
    window.SetMultiSamples(0)
    window.SetSize(max(1, width), max(1, height))
    if not isinstance(window, vtkOpenGLRenderWindow) or not window.SupportsOpenGL():
        return None
    return window if _is_new_enough(window) else None


def _is_new_enough(window: vtkOpenGLRenderWindow) -> bool:
    """Whether it has OpenGL 3.2: software that draws into memory does not say so until it has begun."""
    if window.IsA("vtkEGLRenderWindow"):
        return True
    window.Initialize()
    major, minor = reference(0), reference(0)
    window.GetOpenGLVersion(major, minor)  # type: ignore[arg-type]  # VTK writes into the references
    return (int(major), int(minor)) >= LEAST_OPENGL


def _restore(before: str | None) -> None:
    if before is None:
        del os.environ["VTK_DEFAULT_OPENGL_WINDOW"]
    else:
        os.environ["VTK_DEFAULT_OPENGL_WINDOW"] = before
