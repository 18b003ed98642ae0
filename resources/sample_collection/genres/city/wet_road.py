"""The road after rain: the mirrored street smeared by ripples, brighter in puddles, over dark asphalt."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized, smoothstep
from resources.sample_collection.palette import Floats, light
from resources.sample_collection.perspective import Camera, haze


def wet_road(
    scene: Floats,
    mirrored: tuple[Floats, Floats, Floats],
    camera: Camera,
    look: dict[str, Any],
    colours: dict[str, Any],
    rng: Generator,
) -> Floats:
    """The scene with its road; `mirrored` is drawn at half its size."""
    height, width = scene.shape[:2]
    top = int(camera.horizon_px) + 1
    if top >= height - 8:
        return scene
    rows, columns = (height - top) // 2, width // 2
    sent = mirrored[0][-rows:] * np.float32(5) + mirrored[1][-rows:]
    road = _reflection(sent, camera, look, rng)
    depth = camera.depth_at(np.arange(rows, dtype=np.float32)[:, None] * 2 + top)
    air = light(colours["air"], 0.5)
    fog = haze(depth, 80.0)[..., None]
    glow = blurred(sent, columns * 0.10, rows * 0.22) * np.float32(0.16)
    asphalt = light("#0b0c12", 1.2) + glow
    wet = _puddles(rows, columns, camera, depth, look, rng)[..., None]
    grazing = np.clip(0.28 + 0.7 * np.exp(-np.linspace(0, 3.2, rows)), 0, 1).astype(np.float32)[:, None, None]
    ground = asphalt * (1 - wet * 0.5) + road * wet * grazing
    ground = ground * (1 - fog) + air * fog
    full = resized(ground.astype(np.float32), width, height - top, smooth=False)
    on_road = _road_mask(width, height, top, camera, look.get("width_m", 14.0) / 2)
    result = scene.copy()
    result[top:] = result[top:] * (1 - on_road) + full * on_road
    return result


def _road_mask(width: int, height: int, top: int, camera: Camera, half: float) -> Floats:
    """1 on the ground between the walls, softly ending at their feet."""
    y = np.arange(top, height, dtype=np.float32)[:, None]
    x = np.arange(width, dtype=np.float32)[None, :]
    edge = (half + 1.2) * camera.focal_px / camera.depth_at(y)
    values: Floats = np.clip((edge - np.abs(x - camera.centre_px)) / 2 + 0.5, 0, 1)[..., None].astype(np.float32)
    return values


def _reflection(sent: Floats, camera: Camera, look: dict[str, Any], rng: Generator) -> Floats:
    """Smeared downwards, more so near the viewer, and shaken sideways by ripples."""
    rows, columns = sent.shape[:2]
    soft = blurred(sent, 1.0, max(5.0, rows * 0.05))
    softer = blurred(sent, 2.5, max(10.0, rows * 0.15))
    near = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    mixed = soft * (1 - near[..., None]) + softer * near[..., None]
    ripple = clouds(rng, columns, rows, max(8.0, rows / 22), 3, 0.6, stretch=5)
    shift = ripple * (1 + near * 13) * np.float32(look.get("ripple", 0.6))
    x = np.clip(np.arange(columns, dtype=np.float32)[None, :] + shift, 0, columns - 1).astype(np.int32)
    y = np.clip(np.arange(rows, dtype=np.float32)[:, None] + shift * 0.6, 0, rows - 1).astype(np.int32)
    moved: Floats = mixed[y, x]
    return moved


def _puddles(rows: int, columns: int, camera: Camera, depth: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    """How wet the road is, 0 to 1, in patches that grow towards the viewer."""
    patches = clouds(rng, 256, 256, 36, 4, 0.55)
    x = (np.arange(columns, dtype=np.float32)[None, :] * 2 - camera.centre_px) * depth / camera.focal_px
    scale = np.float32(12.0)
    rough = patches[(depth * scale * 0.7 + x * 0).astype(np.int32) % 256, (x * scale).astype(np.int32) % 256]
    rough = blurred(rough, 1.2)
    wet = look.get("wet", 0.75)
    return (np.float32(wet * 0.55) + np.float32(0.75 * wet) * smoothstep(-0.6, 0.7, rough)).astype(np.float32)
