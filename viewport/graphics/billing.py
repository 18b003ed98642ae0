"""Which actors a renderer draws, in what order and which of them blend: changed often, so graphics memory is kept."""

from collections.abc import Sequence

from vtkmodules.vtkCommonCore import vtkCommand
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer
from vtkmodules.vtkRenderingOpenGL2 import vtkOpenGLRenderWindow

GL_BLEND = 0x0BE2


class Billing:
    """The actors of one renderer; those that are left out keep their graphics memory until `let_go`."""

    def __init__(self, renderer: vtkRenderer) -> None:
        self._renderer = renderer
        self._shown: list[vtkActor] = []
        self._mixed: frozenset[int] = frozenset()
        """Solid actors that blend for the time being."""
        self._known: dict[int, tuple[vtkActor, int]] = {}
        """Every actor in graphics memory, and what observes its mapper."""
        renderer.AddObserver(vtkCommand.EndEvent, lambda *_: self._blend(True))

    @property
    def shown(self) -> list[vtkActor]:
        """The actors that are drawn, in order."""
        return self._shown

    def knows(self, actor: vtkActor) -> bool:
        """Whether an actor was drawn before and is still in graphics memory."""
        return id(actor) in self._known

    def show(self, actors: Sequence[vtkActor], mixed: Sequence[vtkActor]) -> list[vtkActor]:
        """Draw these and no others, `mixed` ones blending though they are solid; those that were never drawn before."""
        self._mixed = frozenset(id(actor) for actor in mixed)
        if list(actors) == self._shown:
            return []
        props = self._renderer.GetViewProps()
        props.RemoveAllItems()  # the renderer's own removal would free textures and meshes that come back in a moment
        for actor in actors:
            props.AddItem(actor)
        self._shown = list(actors)
        fresh = [actor for actor in actors if id(actor) not in self._known]
        for actor in fresh:
            self._known[id(actor)] = actor, self._observed(actor)
            actor.AddConsumer(self._renderer)
        return fresh

    def _observed(self, actor: vtkActor) -> int:
        """Solid things are drawn without looking at what was there, which is much quicker without a graphics card."""
        key, blends = id(actor), not actor.GetForceOpaque()
        return actor.GetMapper().AddObserver(
            vtkCommand.StartEvent, lambda *_: self._blend(blends or key in self._mixed)
        )

    def _blend(self, wanted: bool) -> None:
        window = self._renderer.GetRenderWindow()
        if isinstance(window, vtkOpenGLRenderWindow):
            state = window.GetState()
            (state.vtkglEnable if wanted else state.vtkglDisable)(GL_BLEND)

    def let_go(self, among: Sequence[vtkActor] | None = None) -> None:
        """Free the graphics memory of these actors, or of all, that are not drawn; textures they share go with it."""
        shown = {id(actor) for actor in self._shown}
        asked = None if among is None else {id(actor) for actor in among}
        for key, (actor, observer) in list(self._known.items()):
            if key not in shown and (asked is None or key in asked):
                del self._known[key]
                actor.GetMapper().RemoveObserver(observer)
                actor.RemoveConsumer(self._renderer)
                actor.ReleaseGraphicsResources(self._renderer.GetRenderWindow())
