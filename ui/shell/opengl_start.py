"""Makes a window one that OpenGL draws into before it is first shown: later, it would be made anew and flash black."""

from PySide6.QtGui import QGuiApplication, QOpenGLContext
from PySide6.QtWidgets import QWidget

WITHOUT = ("offscreen", "minimal")
"""Platforms of Qt that have no screen."""


def has_opengl() -> bool:
    """Whether a context can be had at all; where not, a window that asks for one stays black."""
    return QGuiApplication.platformName() not in WITHOUT and QOpenGLContext().create()


def begin_with_opengl(window: QWidget) -> bool:
    """Call it before the window is shown. An unseen widget is enough to tell Qt; whether there is OpenGL."""
    if not has_opengl():
        return False
    from PySide6.QtOpenGLWidgets import QOpenGLWidget

    QOpenGLWidget(window).hide()
    return True
