"""Assets, results, scenes and proposals to show."""

from datetime import date

from agent.ports.library import Asset, Hit, SearchResult, Swatch
from scene.change import SceneChange
from scene.proposal import Proposal, Receipt
from scene.records import Placement, Room, Sign, Viewpoint, Wall
from scene.scene import Scene


def make_asset(number: int, **changes: object) -> Asset:
    plain = {
        "id": f"{number:064x}",
        "title": f"Work {number}",
        "file_name": f"work-{number}.jpg",
        "folder": "neon city",
        "width_px": 1600,
        "height_px": 1066,
        "bytes": 840_000,
        "format": "JPEG",
        "taken": date(1990 + number % 30, 1, 3),
        "tags": ("neon", "rain"),
        "orientation": "landscape",
        "palette": (Swatch(hex="#d832b4", name="magenta", share=0.4),),
    }
    return Asset.model_validate(plain | changes)


def make_result(count: int, total: int | None = None) -> SearchResult:
    hits = tuple(Hit(asset=make_asset(n), score=0.8, reason="fits “neon”") for n in range(count))
    return SearchResult(hits=hits, fitting=count, cut_off=0.3, total=count if total is None else total)


def make_scene(works: int = 6) -> Scene:
    room = Room(id="room-1", name="Neon room", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))
    back = Wall(id="room-1-back", room_id="room-1", name="back", start_m=(0.0, 0.0), end_m=(10.0, 0.0))
    placements = [
        Placement(
            id=f"work-{n}",
            asset_id=f"{n:064x}",
            title=f"Work {n}",
            position_m=(1.0 + n, 1.5, 0.04),
            size_m=(0.8, 0.6),
            wall_id="room-1-back",
            room_id="room-1",
            order=n,
            pinned=n == 1,
        )
        for n in range(works)
    ]
    sign = Sign(id="sign-1", text="Neon room", position_m=(5.0, 3.0, 0.0))
    entrance = Viewpoint(id="entrance", name="Entrance", position_m=(5.0, 1.6, 7.0), target_m=(5.0, 1.5, 0.0))
    return Scene.of([room, back, sign, entrance, *placements])


def make_proposal(works: int = 6, receipt: Receipt | None = None) -> Proposal:
    change = SceneChange.between(Scene(), make_scene(works))
    return Proposal("proposal-1", "turn-1", "Neon gallery", change, Scene(), receipt or Receipt(summary="6 works."))
