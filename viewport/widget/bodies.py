"""The bodies of the viewport: VTK draws into a widget's own OpenGL context, or off-screen into an image, or not."""

import threading

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QOpenGLContext, QPainter, QPaintEvent, QResizeEvent, QSurfaceFormat
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget
from vtkmodules.vtkCommonCore import vtkCommand
from vtkmodules.vtkRenderingOpenGL2 import vtkGenericOpenGLRenderWindow

from viewport.view import SceneView

LEAST_OPENGL = (3, 2)
WIDEST_WORDS_PX = 460
BLANK_WORDS = (
    "The scene cannot be drawn in 3D on this computer: OpenGL 3.2 is needed.\n\n"
    "Library, conversation, outline, plan and saving work as usual. "
    "A newer graphics driver, or Mesa's software renderer, brings the picture back."
)

GL_LEQUAL = 0x0203


class GlBody(QOpenGLWidget):
    """VTK draws into this widget's own OpenGL context."""

    ready = Signal()
    broken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        wanted = QSurfaceFormat(self.format())
        wanted.setOption(QSurfaceFormat.FormatOption.ResetNotification)
        self.setFormat(wanted)
        self.window_vtk = vtkGenericOpenGLRenderWindow()
        self.window_vtk.SetOffScreenRendering(False)
        self.window_vtk.SetMultiSamples(0)
        self.window_vtk.SetFrameBlitModeToBlitToCurrent()
        self.window_vtk.AddObserver(vtkCommand.WindowMakeCurrentEvent, lambda *_: self._make_current())
        self.window_vtk.AddObserver(vtkCommand.WindowIsCurrentEvent, lambda *_: self._tell_current())
        self.view: SceneView | None = None
        self.is_ready = False
        self._drawn_on = threading.get_ident()

    def initializeGL(self) -> None:
        """Let VTK use the context that Qt made."""
        context = self.context()
        if context is None or not context.isValid() or context.isOpenGLES():
            self.broken.emit("OpenGL 3.2 is not to be had here")
            return
        version = context.format().version()
        if version < LEAST_OPENGL:
            self.broken.emit(f"The window needs OpenGL 3.2 and has {version[0]}.{version[1]}")
            return
        self.window_vtk.SetReadyForRendering(True)
        self.window_vtk.InitializeFromCurrentContext()
        context.aboutToBeDestroyed.connect(self.release, Qt.ConnectionType.DirectConnection)
        self.is_ready = True
        self.ready.emit()

    @property
    def is_lost(self) -> bool:
        """Whether the context that was there is gone for good, as after a reset of the graphics driver."""
        context = self.context()
        return self.is_ready and (context is None or not context.isValid())

    def resizeGL(self, width: int, height: int) -> None:
        """VTK's window takes the size in physical pixels."""
        del width, height
        scale = self.devicePixelRatioF()
        self.window_vtk.SetSize(max(1, round(self.width() * scale)), max(1, round(self.height() * scale)))

    def paintGL(self) -> None:
        """Draw one frame."""
        if self.view is not None and self.is_ready:
            self.window_vtk.GetState().Reset()
            self.window_vtk.GetState().Push()
            self.window_vtk.GetState().vtkglDepthFunc(GL_LEQUAL)  # Qt's default hides what is drawn over itself
            self.view.render()
            self.window_vtk.GetState().Pop()

    def release(self) -> None:
        """Give VTK's graphics memory back while the context still exists."""
        if self.is_ready:
            self.is_ready = False
            self.makeCurrent()
            self.window_vtk.Finalize()
            self.window_vtk.SetReadyForRendering(False)
            self.doneCurrent()

    def _make_current(self) -> None:
        """VTK asks for the context; on another thread than the window's there is none to be had, and Qt would abort."""
        context = self.context()
        if threading.get_ident() == self._drawn_on and context is not None and context.isValid():
            context.makeCurrent(context.surface())

    def _tell_current(self) -> None:
        self.window_vtk.SetIsCurrent(QOpenGLContext.currentContext() is self.context())


class RasterBody(QWidget):
    """VTK draws off-screen; this widget shows the pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.view: SceneView | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one frame off-screen and show it."""
        painter = QPainter(self)
        if self.view is None:
            painter.fillRect(event.rect(), Qt.GlobalColor.black)
            return
        scale = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * scale)), max(1, round(self.height() * scale))
        pixels = self.view.picture(width, height)
        image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        painter.drawImage(self.rect(), image)


class BlankBody(QWidget):
    """Nothing can be drawn here; this widget says so, and everything else goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.window_vtk = vtkGenericOpenGLRenderWindow()
        self.view: SceneView | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is picked and flown to still needs a size."""
        super().resizeEvent(event)
        scale = self.devicePixelRatioF()
        self.window_vtk.SetSize(max(1, round(self.width() * scale)), max(1, round(self.height() * scale)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say why there is no picture."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor("#141416"))
        painter.setPen(QColor("#b9b9c0"))
        width = min(WIDEST_WORDS_PX, self.width() - 32)
        place = QRect((self.width() - width) // 2, 0, width, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, BLANK_WORDS)
        if self.view is not None:
            self.view.painting.skip()
