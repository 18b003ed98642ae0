"""A gesture under way as marks: outlines, red where something is in the way, guides with their lengths, a measure."""

from collections.abc import Iterator

from scene.boards import Board
from scene.records import Placement, Vector3
from scene.scene import Scene
from scene.snapping import Guide
from scene.turning import plus, right_of, up_of
from viewport.hands.gestures import Preview
from viewport.hands.marks import Line, Mark, Pixel, Tag
from viewport.hands.sight import Sight

GUIDE_OFF_M = 0.045
MOST_OUTLINED = 200
TAG_BELOW_PX = 22.0
ROUND_M = 0.06


def preview_marks(preview: Preview, sight: Sight, scene: Scene, outlined: bool = False) -> tuple[Mark, ...]:
    """Everything to draw while works of a scene are moved; `outlined` are also those that nothing is wrong with."""
    return (
        *_outlines(preview, sight, outlined),
        *_in_the_way(preview, sight, scene),
        *_wish(preview, sight),
        *(mark for guide in preview.guides for mark in _guide(guide, preview.board, sight)),
        *_measure(preview, sight),
    )


def _outlines(preview: Preview, sight: Sight, outlined: bool) -> Iterator[Mark]:
    bad = {record_id for rule in preview.broken for record_id in rule.ids}
    for work in preview.works[:MOST_OUTLINED]:
        wrong = work.id in bad
        outline = outline_of(work, sight, ROUND_M) if wrong or outlined else None
        if outline is not None:
            yield Line(outline, "bad" if wrong else "frame", closed=True, filled=wrong)


def _in_the_way(preview: Preview, sight: Sight, scene: Scene) -> Iterator[Mark]:
    """The works that stay and are hit."""
    moving = {work.id for work in preview.works}
    rules = (*preview.broken, *preview.hit)
    for record_id in sorted({i for rule in rules for i in rule.ids} - moving)[:MOST_OUTLINED]:
        work = scene.get(record_id)
        outline = outline_of(work, sight, ROUND_M) if isinstance(work, Placement) else None
        if outline is not None:
            yield Line(outline, "bad", closed=True)


def _wish(preview: Preview, sight: Sight) -> Iterator[Mark]:
    """Where the pointer has works that hang elsewhere, and why they do."""
    outlines = [outline_of(work, sight, ROUND_M) for work in preview.wished[:MOST_OUTLINED]]
    seen = [outline for outline in outlines if outline is not None]
    yield from (Line(outline, "bad", closed=True, dashed=True) for outline in seen)
    here = seen or [o for work in preview.works[:1] if (o := outline_of(work, sight)) is not None]
    if preview.hit and here:
        top = min(pixel[1] for outline in here for pixel in outline)
        middle = sum(pixel[0] for outline in here for pixel in outline) / sum(map(len, here))
        yield Tag((middle, top - TAG_BELOW_PX), preview.hit[0].words, "bad")


def outline_of(work: Placement, sight: Sight, round_m: float = 0.0) -> tuple[Pixel, ...] | None:
    """The corners of a work on the picture, so far outside of its edges; None when one is behind the eye."""
    right, up = right_of(work.rotation), up_of(work.rotation)
    corners: list[Pixel] = []
    for sx, sy in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)):
        pixel = sight.pixel(
            plus(
                plus(work.position_m, right, sx * (work.size_m[0] + 2 * round_m)),
                up,
                sy * (work.size_m[1] + 2 * round_m),
            )
        )
        if pixel is None:
            return None
        corners.append(pixel)
    return tuple(corners)


def _guide(guide: Guide, board: Board, sight: Sight) -> Iterator[Mark]:
    start, end = (sight.pixel(_off(board, place)) for place in (guide.start_m, guide.end_m))
    if start is None or end is None:
        return
    yield Line((start, end), "guide")
    if guide.length_m is not None:
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        yield from _ends(guide, board, sight)
        yield Tag(middle, f"{guide.length_m:.2f} m")


def _ends(guide: Guide, board: Board, sight: Sight) -> Iterator[Mark]:
    """Short strokes across the ends of a gap."""
    for across_m, height_m in (guide.start_m, guide.end_m):
        low, high = (sight.pixel(_off(board, (across_m, height_m + by_m))) for by_m in (-0.07, 0.07))
        if low is not None and high is not None:
            yield Line((low, high), "guide")


def _measure(preview: Preview, sight: Sight) -> Iterator[Mark]:
    outlines = [outline for work in preview.works[:1] if (outline := outline_of(work, sight)) is not None]
    if outlines and preview.words:
        low = max(pixel[1] for pixel in outlines[0])
        middle = sum(pixel[0] for pixel in outlines[0]) / 4
        words = preview.broken[0].words if preview.broken else preview.words
        yield Tag((middle, low + TAG_BELOW_PX), words, "bad" if preview.broken else "frame")


def _off(board: Board, place_m: tuple[float, float]) -> Vector3:
    return board.point(*place_m, GUIDE_OFF_M if board.wall_id else 0.0)
