"""Assets that come from the library: dragged over the picture and dropped, or hung at the nearest free place."""

from collections.abc import Sequence

from viewport.hands.gestures import Pointer
from viewport.hands.hanging import Hangable, Hanging
from viewport.hands.sight import seat_under
from viewport.hands.trial import Trial


class Dropping:
    """One drag of assets over one trial's view."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._hanging: Hanging | None = None

    @property
    def under_way(self) -> bool:
        """Whether assets are dragged over the picture."""
        return self._hanging is not None

    def begin(self, assets: Sequence[Hangable]) -> None:
        """Assets are dragged over the picture."""
        view = self._trial.view
        self._hanging = Hanging(view.shown_scene, assets, view.surfaces, self._trial.gap_m())

    def over(self, pointer: Pointer) -> bool:
        """They are here; whether they could be dropped."""
        preview = self._hanging.to(pointer) if self._hanging is not None else None
        if preview is None:
            self._trial.end()
            return False
        self._trial.show(preview)
        return True

    def drop(self) -> bool:
        """Hang what is dragged where it is; whether it hangs."""
        trial, hanging, preview = self._trial, self._hanging, self._trial.preview
        self._hanging = None
        if hanging is None or preview is None:
            trial.end()
            return False
        if preview.broken:
            trial.end()
            trial.refuse(preview.broken[0], "Drop it where the wall is free.")
            return False
        return trial.keep(hanging.name, hanging.change(preview))

    def hang(self, assets: Sequence[Hangable]) -> bool:
        """Hang assets at the free place nearest to the middle of the picture, without a drag."""
        self.begin(assets)
        assert self._hanging is not None
        trial, sight = self._trial, self._trial.view.sight()
        width, height = sight.size_px
        seat = seat_under(trial.view.surfaces, sight, width / 2, height / 2)
        if seat is None:
            trial.preview = self._hanging.to(Pointer(width / 2, height / 2, sight))
            return self.drop()
        free = self._hanging.free_seat(seat)
        if free is None:
            self._hanging = None
            trial.refused("There is no free place on these walls.", "Make room, or go to another room first.")
            return False
        trial.preview = self._hanging.at(free)
        return self.drop()

    def cancel(self) -> None:
        """Let go of them."""
        self._hanging = None
