"""Cross-sections of frames and mats as points from the picture outwards, and how light from above falls on them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame

SUN = np.array([0.12, 0.80, 0.59], np.float32)
"""Where the light on frames comes from, in a work's own right, up and forward."""
OUTWARD = np.array([(0, -1), (1, 0), (0, 1), (-1, 0)], np.float32)
"""Right and up of the outward direction of the low, right, high and left side."""
MAT_RISE_M, MAT_CUT_M = 0.003, 0.004
"""A mat lies above its picture; its edge is cut at a slant that shows the white core."""
MAT_LIGHT = 1.13
"""Mats face the lamp on their work squarely: white board stays white."""


@dataclass(frozen=True)
class Edge:
    """One point of a cross-section."""

    out_m: float
    """Distance from the picture's edge."""
    rise_m: float
    """Height over the picture."""
    light: float = 1.0
    """How much of the light reaches it; less in hollows."""


@dataclass(frozen=True)
class Section:
    """A stretch of a cross-section in one colour."""

    edges: tuple[Edge, ...]
    colour: str
    gloss: float = 0.0


def sections_of(frame: Frame) -> list[Section]:
    """The mat, if there is one, and the frame around it, from the picture to the wall."""
    found = []
    if frame.mat_m > 0:
        inner, outer = Edge(0.0, 0.0, 0.95), Edge(MAT_CUT_M, MAT_RISE_M, MAT_LIGHT)
        found.append(Section((inner, outer), _core(frame.mat_colour)))
        found.append(Section((outer, Edge(frame.mat_m, MAT_RISE_M, MAT_LIGHT - 0.07)), frame.mat_colour))
    if frame.width_m > 0:
        found.append(Section(_moulding(frame), frame.colour, frame.gloss))
    return found


def far_sections_of(frame: Frame) -> list[Section]:
    """The same as it is seen from afar: one flat ring each for the mat and the frame."""
    found = []
    for section in sections_of(frame)[1 if frame.mat_m > 0 else 0 :]:
        inner, outer = section.edges[0], section.edges[-1]
        rise_m = max(edge.rise_m for edge in section.edges)
        found.append(Section((Edge(inner.out_m, rise_m), Edge(outer.out_m, rise_m)), section.colour))
    return found


def mean_shades(section: Section) -> NDArray[np.float32]:
    """Brightness of each side of a section, all its pieces together; shaped like `shades` of a single piece."""
    wide = np.array([outer.out_m - inner.out_m for inner, outer in pairwise(section.edges)], np.float32)
    mean = np.average(shades(section).mean(axis=2), axis=0, weights=np.maximum(wide, 1e-9))
    return np.repeat(mean[None, :, None], 2, axis=2).astype(np.float32)


def shades(section: Section) -> NDArray[np.float32]:
    """Brightness of each piece of a section: (pieces, 4 sides, inner and outer edge)."""
    edges = section.edges
    found = np.empty((len(edges) - 1, 4, 2), np.float32)
    for k, (inner, outer) in enumerate(pairwise(edges)):
        across, rise = outer.out_m - inner.out_m, outer.rise_m - inner.rise_m
        length = max(float(np.hypot(across, rise)), 1e-9)
        normals = np.concatenate([-OUTWARD * (rise / length), np.full((4, 1), across / length, np.float32)], axis=1)
        towards = np.clip(normals @ SUN, 0, 1)
        shone = 0.46 + 0.72 * towards + section.gloss * towards**6
        found[k] = shone[:, None] * np.array([inner.light, outer.light], np.float32)
    return found


def _moulding(frame: Frame) -> tuple[Edge, ...]:
    start, w, back = frame.mat_m, frame.width_m, -(frame.depth_m - 0.005)
    foot = MAT_RISE_M if frame.mat_m > 0 else -0.004
    shape: tuple[tuple[float, float, float], ...]
    if frame.profile == "scoop":
        shape = ((0.0, 0.003, 0.7), (0.1, 0.007, 1.0), (0.16, 0.004, 0.72), (0.46, 0.006, 0.86), (0.72, 0.015, 1.0),
                 (0.86, 0.018, 1.05), (1.0, 0.012, 0.95))  # fmt: skip
    else:
        chamfer = min(0.3, 0.0025 / w)
        shape = ((0.0, 0.012, 0.8), (chamfer, 0.0145, 1.0), (1 - chamfer, 0.0145, 1.0), (1.0, 0.012, 1.0))
    edges = [Edge(start, foot, 0.5), *(Edge(start + share * w, rise, light) for share, rise, light in shape)]
    return (*edges, Edge(start + w, back, 0.45))


def _core(colour: str) -> str:
    """The core of a mat is whiter than its face."""
    mixed = [round(int(colour[k : k + 2], 16) * 0.35 + 255 * 0.65) for k in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in mixed)
