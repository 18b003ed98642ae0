"""The two bodies of the viewport: VTK draws into a widget's own OpenGL context, or off-screen into an image."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QOpenGLContext, QPainter, QPaintEvent
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget
from vtkmodules.vtkCommonCore import vtkCommand
from vtkmodules.vtkRenderingOpenGL2 import vtkGenericOpenGLRenderWindow

from viewport.view import SceneView


class GlBody(QOpenGLWidget):
    """VTK draws into this widget's own OpenGL context."""

    ready = Signal()
    broken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.window_vtk = vtkGenericOpenGLRenderWindow()
        self.window_vtk.SetOffScreenRendering(False)
        self.window_vtk.SetMultiSamples(0)
        self.window_vtk.SetFrameBlitModeToBlitToCurrent()
        self.window_vtk.AddObserver(vtkCommand.WindowMakeCurrentEvent, lambda *_: self._make_current())
        self.window_vtk.AddObserver(vtkCommand.WindowIsCurrentEvent, lambda *_: self._tell_current())
        self.view: SceneView | None = None
        self.is_ready = False

    def initializeGL(self) -> None:
        """Let VTK use the context that Qt made."""
        context = self.context()
        if context is None or not context.isValid() or context.isOpenGLES():
            self.broken.emit("OpenGL 3.2 is not to be had here")
            return
        self.window_vtk.SetReadyForRendering(True)
        self.window_vtk.InitializeFromCurrentContext()
        context.aboutToBeDestroyed.connect(self.release, Qt.ConnectionType.DirectConnection)
        self.is_ready = True
        self.ready.emit()

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
        context = self.context()
        if context is not None and context.isValid():
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
