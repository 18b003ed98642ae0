"""What an empty scene shows: a room of the theme's with nothing on its walls yet."""

from scene.records import Opening, Room, ThemeChoice, Viewpoint, Wall
from scene.scene import Scene

WIDE_M, DEEP_M, HIGH_M = 10.0, 8.0, 4.2
DOOR_M, DOOR_HIGH_M = 1.8, 2.7


def furnished(scene: Scene) -> Scene:
    """The scene itself, or an empty room in its theme when there is neither room nor work in it."""
    if scene.rooms or scene.walls or scene.placements:
        return scene
    return empty_room(scene.theme)


def empty_room(theme: ThemeChoice) -> Scene:
    """One room with a doorway, seen from inside."""
    x, z = WIDE_M / 2, DEEP_M / 2
    corners = ((-x, -z), (x, -z), (x, z), (-x, z))
    walls = [
        Wall(
            id=f"room-1-{name}",
            room_id="room-1",
            name=name,
            start_m=corners[k],
            end_m=corners[(k + 1) % 4],
            height_m=HIGH_M,
        )
        for k, name in enumerate(("back", "right", "front", "left"))
    ]
    room = Room(id="room-1", name="Room", min_corner_m=(-x, -z), max_corner_m=(x, z), height_m=HIGH_M)
    offset = (DEEP_M - DOOR_M) / 2
    door = Opening(id="door-1", wall_id="room-1-right", offset_m=offset, width_m=DOOR_M, height_m=DOOR_HIGH_M)
    eye = Viewpoint(id="entrance", name="Entrance", position_m=(-1.6, 1.6, z - 0.7), target_m=(0.6, 1.6, -z))
    return Scene.of([room, *walls, door, eye, theme])
