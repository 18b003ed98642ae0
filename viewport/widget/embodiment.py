"""Which body the widget has: OpenGL in the window, pictures drawn off-screen, or a word why nothing can be drawn."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QOpenGLContext

from scene.themes import Theme
from viewport.graphics.window import NoRenderer
from viewport.navigation import Navigation
from viewport.ports import Renditions
from viewport.view import SceneView
from viewport.widget.bodies import BlankBody, GlBody, RasterBody

if TYPE_CHECKING:
    from viewport.widget.widget import ViewportWidget

GL_PATIENCE_MS = 2000
SLOWER = "Pictures are drawn without it, a little slower."
Kind = Literal["gl", "raster", "blank"]
Body = Literal["auto", "gl", "raster", "blank"]


class Embodiment(QObject):
    """Makes the body and the view that draws into it, and another one when it fails."""

    def __init__(
        self, widget: "ViewportWidget", themes: Mapping[str, Theme], renditions: Renditions, wanted: Body
    ) -> None:
        super().__init__(widget)
        self._widget, self._themes, self._renditions = widget, themes, renditions
        self._is_stopped = False
        self._why_blank = ""
        self._told = False
        self._make(("raster" if _no_gl_here() else "gl") if wanted == "auto" else wanted)

    def fall_back(self, why: str) -> None:
        """Go on with the next lesser body, showing the same from the same place."""
        if self._is_stopped or self.kind != "gl":
            return
        old, stage = self.body, self.view
        self._let_go()
        self._make("raster")
        self.view.take_over(stage)
        old.hide()
        old.deleteLater()
        self._told = True
        self._widget.failed.emit(f"{why}. {self._why_blank or SLOWER}")

    def is_well(self) -> bool:
        """Whether the body can draw; one whose graphics context was lost is replaced first."""
        if isinstance(self.body, GlBody) and self.body.is_lost:
            self.fall_back("The graphics driver was reset")
        return True

    def expect_gl(self) -> None:
        """Wait for OpenGL a while, or do without."""
        if self.kind == "gl":
            QTimer.singleShot(GL_PATIENCE_MS, self, self._give_up_gl)
        elif self.kind == "blank" and not self._told:
            self._told = True
            QTimer.singleShot(0, self, lambda: self._widget.failed.emit(self._why_blank))

    def stop(self) -> None:
        """Let go of threads and graphics memory."""
        if not self._is_stopped:
            self._is_stopped = True
            self._let_go()

    def _give_up_gl(self) -> None:
        if isinstance(self.body, GlBody) and not self.body.is_ready and self._widget.isVisible():
            self.fall_back("OpenGL did not start in this window")

    def _make(self, kind: Kind) -> None:
        try:
            self._make_body(kind)
        except NoRenderer as error:
            self._why_blank = str(error)
            self._make_body("blank")
        self.body.view = self.view
        self.navigation = Navigation(self.view)
        self.view.changed = self._wake
        self.body.setGeometry(self._widget.rect())
        self.body.lower()
        self.body.show()

    def _make_body(self, kind: Kind) -> None:
        if kind == "raster":
            self.view = SceneView(self._themes, self._renditions)
            self.body: GlBody | RasterBody | BlankBody = RasterBody(self._widget)
        else:
            body = GlBody(self._widget) if kind == "gl" else BlankBody(self._widget)
            self.view = SceneView(self._themes, self._renditions, body.window_vtk)
            if isinstance(body, GlBody):
                body.broken.connect(self.fall_back)
                body.ready.connect(self._wake)
            self.body = body
        self.kind: Kind = kind

    def _wake(self) -> None:
        if not self._is_stopped:
            self._widget.wake()

    def _let_go(self) -> None:
        self.view.changed = _nothing
        self.body.view = None
        if isinstance(self.body, GlBody):
            self.view.stop_loading()
            self.body.release()
        elif isinstance(self.body, BlankBody):
            self.view.stop_loading()
        else:
            self.view.close()


def _no_gl_here() -> bool:
    """Also where no context can be made: a window that holds a widget for one would stay black, all of it."""
    return QGuiApplication.platformName() in ("offscreen", "minimal") or not QOpenGLContext().create()


def _nothing() -> None:
    return
