"""Baking without waiting: small scenes at once, large ones on a thread while a sketch of their light is shown."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from viewport.giving_way import give_way
from viewport.graphics.textures import Pixels, Texture
from viewport.rooms.lightmaps import Bake, Cell, Known, bake, sketch

AT_ONCE = 40
"""Up to so many surfaces are baked while the caller waits."""


class Baker:
    """Bakes light into textures; remembers what it baked last, so that an edit costs only the walls it touches."""

    def __init__(self) -> None:
        self._known: Known = {}
        self._threads: ThreadPoolExecutor | None = None
        self._waiting: tuple[Callable[[], Pixels], Texture] | None = None
        """What is not begun yet: it waits for `poll`, which is not called while works fly."""
        self._pending: tuple[Future[Pixels], Texture] | None = None

    @property
    def busy(self) -> bool:
        """Whether light is still to come."""
        return self._waiting is not None or self._pending is not None

    def light(self, order: Bake, cells: Sequence[Cell], size: tuple[int, int]) -> Texture:
        """A texture with the light, or with its sketch until `poll` has put the light there."""
        self._forget()
        if len(order.surfaces) <= AT_ONCE:
            return Texture(bake(order, cells, size, self._known), mipmap=False)
        texture = Texture(sketch(order, cells, size), mipmap=False)
        self._waiting = (partial(bake, order, cells, size, self._known), texture)
        return texture

    def poll(self, wait: bool = False) -> bool:
        """Begin what waits, and put finished light in place; whether there was any."""
        self._begin()
        if self._pending is None or not (wait or self._pending[0].done()):
            return False
        (pixels, texture), self._pending = self._pending, None
        texture.replace(pixels.result())
        return True

    def _begin(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(1, thread_name_prefix="bake", initializer=give_way)
            self._pending = (self._threads.submit(waiting[0]), waiting[1])

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._forget()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)

    def _forget(self) -> None:
        if self._pending is not None:
            self._pending[0].cancel()
            self._known = {}
        self._pending = self._waiting = None
