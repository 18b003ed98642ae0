"""Words in space: signs and their rules, all lettering in one texture so that they are one draw call."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from vtkmodules.vtkRenderingCore import vtkActor

from scene.records import Sign
from viewport.graphics.lettering import lines_of_lettering
from viewport.graphics.paint import PLAIN, SPRITE, Look, actor_for
from viewport.graphics.quads import QuadMesh, rectangles
from viewport.graphics.textures import Texture, rgb
from viewport.works.cards import turned_axes

CAP_SHARE = 0.72
"""Height of a capital letter relative to the size of its font."""
SIZE_PX = 56
MOST_WIDTH_PX = 1024
MOST_SIGNS = 600
SIZES_PX = ((64, SIZE_PX), (200, SIZE_PX // 2), (10**9, SIZE_PX // 3))
"""Many different words are lettered smaller, so that their sheet stays small."""
RULE_M = 0.012
LIGHT_FROM = 0.45
"""Lettering of at least this luma is light: a soft shade around it keeps it legible before what is light as well."""
SHADE, SHADE_SHARE = 0.62, 0.1
"""How dark the shade is, and how far it reaches relative to the size of the font."""
LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def paint_signs(signs: Sequence[Sign], colour: str) -> list[vtkActor]:
    """Actors for the lettering and for the rules; words that read from the front and from behind."""
    chosen = [sign for sign in signs if sign.text.strip()][:MOST_SIGNS]
    actors = [_lettering_actor(chosen, colour)] if chosen else []
    ruled = [sign for sign in signs if sign.line_to_m is not None][:MOST_SIGNS]
    return actors + ([_rules_actor(ruled, colour)] if ruled else [])


def _lettering_actor(signs: Sequence[Sign], colour: str) -> vtkActor:
    texts = dict.fromkeys(sign.text for sign in signs)
    size_px = next(px for most, px in SIZES_PX if len(texts) <= most)
    shade = SHADE if float(rgb(colour) @ LUMA) >= LIGHT_FROM else 0.0
    reach_px = round(size_px * SHADE_SHARE)
    pieces = {text: shaded(lines_of_lettering(text, size_px, MOST_WIDTH_PX), shade, reach_px) for text in texts}
    sheet, boxes = _sheet(pieces)
    mesh = QuadMesh(2 * len(signs), colours=True)
    assert mesh.rgba is not None
    mesh.rgba[..., :3] = (rgb(colour) * 255).astype(np.uint8)
    right, up, _ = turned_axes(np.array([sign.rotation for sign in signs], np.float64))
    centre = np.array([sign.position_m for sign in signs], np.float64)
    for k, sign in enumerate(signs):
        x, y, width, height = boxes[sign.text]
        metres_px = max(0.001, min(sign.height_m, 500.0)) / (size_px * CAP_SHARE)
        half = np.array([width, height]) * metres_px / 2
        front = rectangles(centre[k : k + 1], right[k : k + 1] * half[0], up[k : k + 1] * half[1])[0]
        uv = _uv(x, y, width, height, sheet.shape)
        mesh.corners[2 * k], mesh.uv[2 * k] = front, uv
        mesh.corners[2 * k + 1], mesh.uv[2 * k + 1] = front[[1, 0, 3, 2]], uv
    mesh.changed()
    texture = Texture(sheet)
    return actor_for(mesh, Look(SPRITE, {"albedo": texture}, translucent=True))


def shaded(ink: NDArray[np.uint8], shade: float, reach_px: int) -> NDArray[np.uint8]:
    """White ink of shape (h, w) before a dark shade as RGBA, `reach_px` wider at each edge; 0 is no shade."""
    wide = np.pad(ink, reach_px)
    cover = wide.astype(np.float32) / 255.0
    if not shade:
        return np.dstack([np.full((*wide.shape, 3), 255, np.uint8), wide])
    blurred = Image.fromarray(wide).filter(ImageFilter.GaussianBlur(reach_px / 2))
    around = np.minimum(1.0, np.asarray(blurred, np.float32) / 255.0 * 2.2) * shade
    alpha = cover + (1.0 - cover) * around
    light = np.where(alpha > 0.0, cover / np.maximum(alpha, 1e-6), 0.0)
    return np.asarray(np.dstack([light, light, light, alpha]) * 255.0 + 0.5, np.uint8)


def _sheet(
    pieces: dict[str, NDArray[np.uint8]],
) -> tuple[NDArray[np.uint8], dict[str, tuple[int, int, int, int]]]:
    """All pieces of RGBA on one sheet, and where each lies (x, y from the top, width, height)."""
    width = max(510, max(piece.shape[1] for piece in pieces.values()) + 4)
    boxes: dict[str, tuple[int, int, int, int]] = {}
    x = y = 2
    shelf = 0
    for text, piece in sorted(pieces.items(), key=lambda item: item[1].shape[1]):
        h, w = piece.shape[:2]
        if x + w + 2 > width:
            x, y, shelf = 2, y + shelf + 4, 0
        boxes[text] = (x, y, w, h)
        x, shelf = x + w + 4, max(shelf, h)
    sheet = np.zeros((y + shelf + 4, width, 4), np.uint8)
    sheet[..., :3] = next(iter(pieces.values()))[0, 0, :3]
    for text, (left, top, w, h) in boxes.items():
        sheet[top : top + h, left : left + w] = pieces[text]
    return sheet, boxes


def _uv(x: int, y: int, width: int, height: int, shape: tuple[int, ...]) -> NDArray[np.float32]:
    left, right = x / shape[1], (x + width) / shape[1]
    low, high = 1 - (y + height) / shape[0], 1 - y / shape[0]
    return np.array([(left, low), (right, low), (right, high), (left, high)], np.float32)


def _rules_actor(signs: Sequence[Sign], colour: str) -> vtkActor:
    mesh = QuadMesh(len(signs), colours=True)
    assert mesh.rgba is not None
    mesh.rgba[..., :3] = (rgb(colour) * 255).astype(np.uint8)
    _, up, normal = turned_axes(np.array([sign.rotation for sign in signs], np.float64))
    for k, sign in enumerate(signs):
        start, end = np.array(sign.position_m), np.array(sign.line_to_m)
        along = end - start
        length = float(np.linalg.norm(along))
        if length <= sign.height_m * 1.2:
            continue
        along /= length
        start = start + along * (sign.height_m * 1.1 if abs(float(along @ up[k])) > 0.5 else 0.0)
        across = np.cross(normal[k], along)
        if float(np.linalg.norm(across)) < 1e-3:
            across = np.cross(up[k], along)
        across *= max(RULE_M, sign.height_m * 0.05) / 2 / max(float(np.linalg.norm(across)), 1e-9)
        mesh.corners[k] = rectangles(((start + end) / 2)[None], ((end - start) / 2)[None], across[None])[0]
    mesh.changed()
    return actor_for(mesh, Look(PLAIN, {}, two_sided=True))
