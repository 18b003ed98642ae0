"""What edits, undo, rules, approving and documents cost: `python -m tests.load.bench_scene [--json]`, milliseconds."""

import argparse
import json
import time
from collections.abc import Callable

from scene.change import SceneChange
from scene.document import read_document, write_document
from scene.operations import approve, move
from scene.proposal import Proposal
from scene.records import Placement, Room, Wall
from scene.rules import broken_rules
from scene.scene import Scene
from scene.store import SceneStore

WORKS_A_ROOM = 30


def hung(count: int) -> Scene:
    """So many works on the back walls of as many rooms as they need."""
    records: list[Placement | Room | Wall] = []
    for room in range(-(-count // WORKS_A_ROOM)):
        x_m = room * 60.0
        room_id, wall_id = f"room-{room}", f"room-{room}-back"
        records.append(Room(id=room_id, min_corner_m=(x_m, 0.0), max_corner_m=(x_m + 50.0, 10.0)))
        records.append(Wall(id=wall_id, room_id=room_id, start_m=(x_m, 0.0), end_m=(x_m + 50.0, 0.0)))
        for place in range(min(WORKS_A_ROOM, count - room * WORKS_A_ROOM)):
            work = Placement(
                id=f"work-{room * WORKS_A_ROOM + place}",
                asset_id=f"{room * WORKS_A_ROOM + place:064x}",
                position_m=(x_m + 1.0 + 1.5 * place, 1.5, 0.04),
                size_m=(1.2, 1.0),
                wall_id=wall_id,
                room_id=room_id,
            )
            records.append(work)
    return Scene.of(records)


def best_ms(call: Callable[[], object], repeats: int) -> float:
    """The fastest of some calls: the others were disturbed."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000.0)
    return round(min(times), 3)


def measured(count: int, repeats: int) -> dict[str, float]:
    """The cost of each thing at so many works."""
    scene = hung(count)
    drag = move(scene, ["work-7"], (0.1, 0.0, 0.0))
    store = SceneStore(scene)
    store.commit("Drag", drag)
    whole = Proposal("p", "t", "All", SceneChange.between(Scene(), scene), Scene())
    half = [work.id for work in whole.works[: count // 2]]
    text = write_document(scene)

    def undo_and_redo() -> None:
        store.undo()
        store.redo()

    slow = max(2, repeats // 4)
    return {
        "works": count,
        "edit_ms": best_ms(lambda: drag.apply_to(scene), repeats),
        "move_verb_ms": best_ms(lambda: move(scene, ["work-7"], (0.1, 0.0, 0.0)), repeats),
        "undo_redo_ms": best_ms(undo_and_redo, repeats),
        "broken_rules_ms": best_ms(lambda: broken_rules(scene), slow),
        "approve_all_ms": best_ms(lambda: approve(whole, Scene()), slow),
        "approve_half_ms": best_ms(lambda: approve(whole, Scene(), half), slow),
        "write_ms": best_ms(lambda: write_document(scene), 2),
        "read_ms": best_ms(lambda: read_document(text), 2),
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--works", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    chosen = arguments.parse_args()
    for count in chosen.works:
        row = measured(count, repeats=20)
        print(json.dumps(row) if chosen.json else "  ".join(f"{name} {value:,g}" for name, value in row.items()))


if __name__ == "__main__":
    main()
