"""Which actors a renderer draws and in what order: changed often, so nothing is taken out of graphics memory for it."""

from collections.abc import Sequence

from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer


class Billing:
    """The actors of one renderer; those that are left out keep their graphics memory until `let_go`."""

    def __init__(self, renderer: vtkRenderer) -> None:
        self._renderer = renderer
        self._shown: list[vtkActor] = []
        self._known: dict[int, vtkActor] = {}

    @property
    def shown(self) -> list[vtkActor]:
        """The actors that are drawn, in order."""
        return self._shown

    def show(self, actors: Sequence[vtkActor]) -> list[vtkActor]:
        """Draw these and no others; those that were never drawn before."""
        if list(actors) == self._shown:
            return []
        props = self._renderer.GetViewProps()
        props.RemoveAllItems()  # the renderer's own removal would free textures and meshes that come back in a moment
        for actor in actors:
            props.AddItem(actor)
        self._shown = list(actors)
        fresh = [actor for actor in actors if id(actor) not in self._known]
        for actor in fresh:
            self._known[id(actor)] = actor
            actor.AddConsumer(self._renderer)
        return fresh

    def let_go(self) -> None:
        """Free the graphics memory of all actors that are not drawn."""
        shown = {id(actor) for actor in self._shown}
        for key, actor in list(self._known.items()):
            if key not in shown:
                del self._known[key]
                actor.RemoveConsumer(self._renderer)
                actor.ReleaseGraphicsResources(self._renderer.GetRenderWindow())
