"""What is on stage: the scene as it is, or as a proposal would have it, and which works differ between the two."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.proposal import Proposal
from scene.records import Placement, Room, Viewpoint
from scene.scene import Scene
from viewport.rooms.empty import furnished

Side = Literal["before", "after"]


@dataclass(frozen=True, eq=False)
class Stage:
    """The committed scene, the proposal staged over it, and the side of it that is shown."""

    scene: Scene = field(default_factory=Scene)
    proposal: Proposal | None = None
    side: Side = "after"

    @cached_property
    def shown(self) -> Scene:
        """The scene to draw."""
        if self.proposal is None or self.side == "before":
            return self.scene
        return carry_over(self.proposal.change, self.scene).change.apply_to(self.scene)

    @cached_property
    def dressed(self) -> Scene:
        """The scene to draw, or the room that stands for an empty one."""
        return furnished(self.shown)

    @cached_property
    def entrances(self) -> list[Viewpoint]:
        """The first viewpoint, if there is one."""
        return self.dressed.viewpoints[:1]

    @property
    def records(self) -> int:
        """About how many records there are to draw."""
        return len(self.scene) + (len(self.proposal.change.ids) if self.proposal is not None else 0)

    @property
    def change(self) -> SceneChange | None:
        """The staged change while its outcome is shown."""
        return self.proposal.change if self.proposal is not None and self.side == "after" else None

    @property
    def proposed_works(self) -> frozenset[str]:
        """Works that the shown proposal adds or alters."""
        if self.change is None:
            return frozenset()
        touched = {**self.change.added, **{i: after for i, (_, after) in self.change.updated.items()}}
        return frozenset(i for i, record in touched.items() if isinstance(record, Placement))

    @property
    def proposed_rooms(self) -> frozenset[str]:
        """Rooms that the shown proposal adds or alters."""
        if self.change is None:
            return frozenset()
        touched = {**self.change.added, **{i: after for i, (_, after) in self.change.updated.items()}}
        return frozenset(i for i, record in touched.items() if isinstance(record, Room))

    @property
    def leaving(self) -> list[Placement]:
        """Works that the shown proposal takes down from where all else stays; in other rooms nobody looks for them."""
        if self.change is None:
            return []
        going = [record for record in self.change.removed.values() if isinstance(record, Placement)]
        if self.proposed_works and all(work.id in self.change.ids for work in self.scene.placements):
            return []  # another show
        return [work for work in going if not {work.wall_id, work.room_id} & self.change.ids]

    def is_same(self, other: "Stage") -> bool:
        """Whether both hold the very same values, so that nothing needs drawing anew."""
        same_values = self.scene is other.scene and self.proposal is other.proposal
        return same_values and (self.side == other.side or self.proposal is None)

    def with_scene(self, scene: Scene) -> "Stage":
        """The same stage over another scene."""
        return replace(self, scene=scene)

    def with_proposal(self, proposal: Proposal | None) -> "Stage":
        """Another proposal, its outcome shown first."""
        return replace(self, proposal=proposal, side="after")
