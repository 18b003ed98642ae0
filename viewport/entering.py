"""Where the eye goes when another scene, a proposal or its other side comes on stage: it keeps to its subject."""

from scene.proposal import Proposal
from scene.scene import Scene
from viewport.camera import Camera
from viewport.prospect import Prospect
from viewport.stage import Side, Stage
from viewport.staging import Staging
from viewport.wayfinding.flights import Flights
from viewport.wayfinding.guide import Guide
from viewport.wayfinding.morph import NUDGE_SECONDS

TO_PROPOSAL_S = 1.6


class Entering:
    """Orders stages, and sends the eye along once they are there."""

    def __init__(self, staging: Staging, flights: Flights, prospect: Prospect, camera: Camera, guide: Guide) -> None:
        self._staging, self._flights, self._prospect = staging, flights, prospect
        self._camera, self._guide = camera, guide

    def scene(self, scene: Scene) -> None:
        """Show another scene; one with another first viewpoint is entered there."""
        self._staging.order(self._staging.latest.with_scene(scene), self._enter_scene)

    def proposal(self, proposal: Proposal | None) -> None:
        """Show the outcome of a proposal over the scene; None ends it."""
        latest = self._staging.latest
        if proposal is not latest.proposal:
            self._staging.order(latest.with_proposal(proposal), self._enter_proposal)

    def side(self, side: Side) -> None:
        """Show the scene before or after the staged proposal."""
        if side not in ("before", "after"):
            raise ValueError(f"a proposal has the sides 'before' and 'after', not {side!r}")
        latest = self._staging.latest
        self._staging.order(Stage(latest.scene, latest.proposal, side), self._enter_side)

    def _enter_scene(self, stage: Stage) -> None:
        before, subject = self._staging.shown.entrances, self._prospect.subject
        self._staging.set(stage)
        morph = self._staging.morph
        if morph is not None:
            if morph.seconds > NUDGE_SECONDS:  # small edits never move the eye
                self._flights.stay_with(subject, before)
        elif self._staging.shown.entrances != before:
            self._camera.go(self._flights.entrance())
            self._guide.trail.clear()

    def _enter_proposal(self, stage: Stage) -> None:
        shown, subject = self._staging.shown, self._prospect.subject
        before, was_empty = shown.entrances, not shown.shown.placements
        self._staging.set(stage)
        shown = self._staging.shown
        if self._staging.morph is not None:
            self._flights.stay_with(subject, before)
        elif shown.entrances != before:
            self._flights.home(0.0 if was_empty or not shown.shown.placements else TO_PROPOSAL_S)

    def _enter_side(self, stage: Stage) -> None:
        before, subject = self._staging.shown.entrances, self._prospect.subject
        self._staging.set(stage)
        if self._staging.morph is not None:
            self._flights.stay_with(subject, before)
