"""What is on stage: large stages are made ready on a thread, works fly from one layout to the next, edits are tried."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from scene.records import Placement
from viewport.composition import Composition
from viewport.orders import Orders
from viewport.preparing import Prepared
from viewport.stage import Stage
from viewport.wayfinding.guide import Guide
from viewport.wayfinding.morph import Morph, morph_between
from viewport.works.cards import Cards

FEW_AT_ONCE, MOST_AT_ONCE = 60, 600
"""A stage of more records is made ready on a thread while the one before it stays on the picture: of more than the one
when its rooms are other ones or dressed otherwise, of more than the other always."""

Enter = Callable[[Stage], None]


class Staging:
    """Puts stages into one composition; `touched` is called when a stage is on its way, `marked` when one is shown."""

    def __init__(self, composition: Composition, guide: Guide) -> None:
        self._composition, self._guide = composition, guide
        self._orders: Orders[Prepared] = Orders()
        self._ready: Prepared | None = None
        self._rehearsed: Prepared | None = None
        self._previewing = False
        self.shown = Stage()
        self.morph: Morph | None = None
        """The flight of the works that is under way."""
        self.touched: Callable[[], None] = lambda: None
        self.marked: Callable[[], None] = lambda: None

    @property
    def busy(self) -> bool:
        """Whether a stage is being made ready."""
        return self._orders.busy

    @property
    def latest(self) -> Stage:
        """The stage that is shown or about to be."""
        return self._orders.stage or self.shown

    @property
    def landed(self) -> Cards:
        """The cards where they are or will be when their flight is over."""
        return self.morph.end if self.morph is not None else self._composition.cards

    def order(self, stage: Stage, enter: Enter) -> None:
        """Show a stage now, or, when it is large, as soon as a thread has made it ready."""
        if self._orders.stage is None and self._is_quick(stage):
            enter(stage)
        else:
            self._orders.order(stage, enter, self._composition.prepared)
            self.touched()

    def _is_quick(self, stage: Stage) -> bool:
        if not FEW_AT_ONCE < stage.records <= MOST_AT_ONCE:
            return stage.records <= FEW_AT_ONCE
        new, old = stage.dressed, self.shown.dressed
        return (new.theme, new.rooms, new.walls) == (old.theme, old.rooms, old.walls)

    def land(self, wait: bool = False) -> bool:
        """Show what was ordered and is ready, its small pictures handed over before; whether anything was."""
        ready = self._orders.ready
        if ready is None and self._orders.busy and not wait:
            self._composition.tiers.approach_early()
        if ready is not None and not wait and not self._approached(ready):
            return False
        found = self._orders.taken(wait)
        if found is None:
            return False
        stage, enter, self._ready = found
        self._composition.rehearsal.want(())
        enter(stage)
        self._ready = self._rehearsed = None
        return True

    def _approached(self, ready: Prepared) -> bool:
        """One short step towards the graphics card; whether none is left."""
        if not self._composition.tiers.approach(ready.plan):
            return False
        if ready is not self._rehearsed:
            self._rehearsed = ready
            self._composition.rehearsal.want(ready.actors)
        return not self._composition.rehearsal.waits

    def set(self, stage: Stage) -> None:
        """Show a stage; its works fly there from where they are."""
        if stage.is_same(self.shown):
            return
        before, self._previewing = self._composition.cards, False
        self.shown = stage
        self._composition.show(stage, self._ready)
        self._guide.enter(stage.dressed)
        self.morph = None
        if not self._guide.reduced_motion:
            self.morph = morph_between(before, self._composition.cards, math.nan)
        self.marked()

    def preview(self, works: Sequence[Placement]) -> None:
        """Draw these works as they would be, until the next change of the scene; none puts everything back."""
        if works or self._previewing:
            self.morph, self._previewing = None, bool(works)
            self._composition.preview(works)
            self.marked()

    def fly_cards(self, now_s: float) -> bool:
        """Move the cards on in their flight to another layout; whether there is one."""
        morph = self.morph
        if morph is None:
            return False
        if math.isnan(morph.began_s):
            morph = self.morph = replace(morph, began_s=now_s)
        self._composition.fly(morph, now_s)
        if morph.is_over(now_s):
            self.morph = None
        return True

    def stop(self) -> None:
        """End the thread."""
        self._orders.stop()
