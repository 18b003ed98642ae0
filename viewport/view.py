"""The scene as pixels: one view that shows a scene, follows its changes, stages a proposal and moves the eye."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkRenderer, vtkRenderWindow

from scene.change import SceneChange
from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Pose
from viewport.cards import cards_of
from viewport.environment import Environment, Tiles, build_environment, trim_level
from viewport.frames import Frames
from viewport.loader import fetch
from viewport.paint import set_uniform
from viewport.ports import Renditions
from viewport.sky import sky_dome
from viewport.textures import rgb
from viewport.tiers import CardTiers
from viewport.window import offscreen_window

VIEW_ANGLE_DEG = 55.0
NEAR_M, FAR_M = 0.05, 400.0


class SceneView:
    """Draws into `window`; without one it makes an off-screen window of its own."""

    def __init__(
        self, themes: Mapping[str, Theme], renditions: Renditions, window: vtkRenderWindow | None = None
    ) -> None:
        self._themes, self._renditions = themes, renditions
        self.window = window if window is not None else offscreen_window(1280, 720)
        self.renderer = vtkRenderer()
        self.renderer.SetBackground(0.05, 0.05, 0.06)
        self.window.AddRenderer(self.renderer)
        self._tiles = Tiles()
        self._tiers = CardTiers(renditions)
        self._environment: Environment | None = None
        self._actors: list[vtkActor] = []
        self.scene = Scene()
        self.pose = Pose.of((0.0, 1.6, 4.0), (0.0, 1.5, 0.0))

    @property
    def theme(self) -> Theme:
        """The theme that dresses the scene; the first one there is when the scene names an unknown one."""
        return self._themes.get(self.scene.theme.theme) or next(iter(self._themes.values()))

    def show(self, scene: Scene) -> None:
        """Show another scene."""
        self.scene = scene
        self._rebuild()

    def follow(self, change: SceneChange, scene: Scene) -> None:
        """Show the scene after a change."""
        self.scene = scene
        self._rebuild()

    def render(self) -> None:
        """Draw one frame."""
        self._aim()
        self._tiers.flush()
        self.window.Render()

    def load_all(self) -> None:
        """Fetch what this view of the scene wants, here and now; for pictures, not for windows."""
        self._measure()
        tried = set()
        while wishes := [w for w in self._tiers.wishes(10_000) if w not in tried]:
            for wish in wishes:
                tried.add(wish)
                pixels = fetch(self._renditions, wish)
                if pixels is not None:
                    self._tiers.arrived(wish, pixels)
        self._attach()

    def picture(self, width: int, height: int) -> NDArray[np.uint8]:
        """The present view as RGB pixels, top row first."""
        self.window.SetSize(width, height)
        self.render()
        data = vtkUnsignedCharArray()
        self.window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, data)
        return np.ascontiguousarray(vtk_to_numpy(data).reshape(height, width, 4)[::-1, :, :3])

    def _rebuild(self) -> None:
        cards = cards_of(self.scene.placements)
        self._tiers.show(cards)
        self._environment = build_environment(self.scene, cards, self.theme, self._tiles)
        self._sky = sky_dome(self.theme.sky, FAR_M * 0.8)
        self._frames = Frames(self.theme.frame, trim_level(self.theme))
        self._frames.show(cards, np.arange(len(cards)))
        self._attach()

    def _attach(self) -> None:
        """Give the renderer exactly the actors that there are now."""
        for actor in self._actors:
            self.renderer.RemoveActor(actor)
        assert self._environment is not None
        mirrored = []
        if self._environment.floors and self.theme.floor.reflection > 0:
            mirrored = [*self._environment.mirrored, self._frames.mirrored, *(p.mirrored for p in self._tiers.pages)]
        self._mirrored = mirrored
        self._actors = [
            self._sky,
            *self._environment.actors,
            self._frames.actor,
            *self._tiers.actors,
            *mirrored,
        ]
        for actor in self._actors:
            self.renderer.AddActor(actor)
        mist = self.theme.mist
        for actor in self._actors:
            set_uniform(actor, "mistColour", rgb(mist.colour))
            set_uniform(actor, "mistDensity", mist.density)

    def _aim(self) -> None:
        camera = self.renderer.GetActiveCamera()
        camera.SetPosition(*self.pose.position)
        camera.SetFocalPoint(*self.pose.target)
        camera.SetViewUp(0.0, 1.0, 0.0)
        camera.SetViewAngle(VIEW_ANGLE_DEG)
        camera.SetClippingRange(NEAR_M, FAR_M)
        self._sky.SetPosition(*self.pose.position)
        env = self._environment
        if env is None:
            return
        for actor in env.floors:
            set_uniform(actor, "cameraHeight", float(self.pose.position[1]))
        for actor in self._mirrored:
            set_uniform(actor, "eye", self.pose.position)
            set_uniform(actor, "floorLow", env.floor_low)
            set_uniform(actor, "floorHigh", env.floor_high)

    def _measure(self) -> None:
        """Size of every card on screen, 0 behind the eye or outside the picture."""
        cards = self._tiers.cards
        width, height = self.window.GetSize()
        half = np.tan(np.radians(VIEW_ANGLE_DEG) / 2)
        offset = cards.centre - self.pose.position
        forward = self.pose.forward
        across = np.cross(forward, (0.0, 1.0, 0.0))
        across /= max(float(np.linalg.norm(across)), 1e-9)
        above = np.cross(across, forward)
        depth, x, y = offset @ forward, offset @ across, offset @ above
        reach = cards.size.max(axis=1, initial=0.0)
        limit_x, limit_y = half * max(width, 1) / max(height, 1), half
        seen = (depth > -reach) & (np.abs(x) < limit_x * np.maximum(depth, 0) + reach * 1.5)
        seen &= np.abs(y) < limit_y * np.maximum(depth, 0) + reach * 1.5
        distance = np.maximum(np.linalg.norm(offset, axis=1), 0.05)
        self._tiers.size_px = np.where(seen, reach / distance * height / 2 / half, 0.0)
