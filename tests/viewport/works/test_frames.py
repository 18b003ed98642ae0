"""Frames, mats and shadows: where their quads lie, how light falls on them, and how many there can be."""

import numpy as np
import pytest

from scene.records import Placement
from scene.themes import Frame, Theme
from viewport.works.cards import Cards, cards_of
from viewport.works.frames import MOST, Frames
from viewport.works.profiles import sections_of, shades
from viewport.works.shadows import PARTS, WALL_M, Shadows

PLAIN = Frame(colour="#805030", width_m=0.05, depth_m=0.04, mat_m=0.06, shadow=0.5)
FORWARD_OF_MARKS_M = 0.022


def works(count: int, wall: str | None = "back") -> Cards:
    return cards_of([
        Placement(id=f"w{k}", asset_id="a", position_m=(2.0 * k, 1.5, -2.96), size_m=(0.8, 1.0), wall_id=wall)
        for k in range(count)
    ])  # fmt: skip


@pytest.mark.parametrize("profile", ["flat", "scoop"])
@pytest.mark.parametrize("mat_m", [0.0, 0.06])
def test_a_frame_lies_around_its_work_and_covers_none_of_it(profile: str, mat_m: float) -> None:
    frames = Frames(PLAIN.model_copy(update={"profile": profile, "mat_m": mat_m}), 1.0)
    frames.show(works(1), np.array([0]))
    points = frames.mesh.corners[frames.mesh.corners.any(axis=(1, 2))].reshape(-1, 3)
    away = np.maximum(np.abs(points[:, 0]) - 0.4, np.abs(points[:, 1] - 1.5) - 0.5)
    assert away.min() >= -1e-5
    assert away.max() == pytest.approx(mat_m + 0.05, abs=1e-5)
    rise = points[:, 2] + 2.96
    assert 0.01 < rise.max() < FORWARD_OF_MARKS_M
    assert rise.min() == pytest.approx(-0.035, abs=1e-5)


def test_light_from_above_brightens_what_faces_up() -> None:
    section = sections_of(PLAIN)[-1]
    side = {name: shades(section)[-1, k].mean() for k, name in enumerate(("low", "right", "high", "left"))}
    assert side["high"] > side["right"] > side["low"]


def test_every_face_of_a_frame_is_seen_from_the_front_or_from_its_side(themes: dict[str, Theme]) -> None:
    for theme in themes.values():
        frames = Frames(theme.frame, 1.0)
        frames.show(works(1), np.array([0]))
        used = frames.mesh.corners[frames.mesh.corners.any(axis=(1, 2))]
        normals = np.cross(used[:, 1] - used[:, 0], used[:, 3] - used[:, 0])
        centres = used.mean(axis=1) - (0.0, 1.5, -2.96)
        outward = np.abs(normals[:, 2]) < 1e-6
        assert (normals[~outward][:, 2] > 0).all(), theme.id
        deep = outward & (centres[:, 2] < 0)
        assert ((normals * centres)[deep][:, :2].sum(axis=1) > -1e-9).all() or theme.frame.mat_m == 0, theme.id


def test_more_works_than_there_is_room_for_and_then_none() -> None:
    frames, shadows, cards = Frames(PLAIN, 1.0), Shadows(PLAIN), works(MOST + 5)
    for mesh, show in ((frames.mesh, frames.show), (shadows.mesh, shadows.show)):
        show(cards, np.arange(len(cards)))
        assert mesh.corners.any(axis=(1, 2)).sum() > MOST * 8
        show(cards, np.zeros(0, np.int64))
        assert not mesh.corners.any()


def test_shadows_lie_on_the_wall_below_and_around_works_that_hang_and_nowhere_else() -> None:
    shadows = Shadows(PLAIN)
    shadows.show(works(1), np.array([0]))
    points = shadows.mesh.corners[:PARTS].reshape(-1, 3)
    assert np.allclose(points[:, 2], -2.96 + WALL_M)
    assert 1.5 - points[:, 1].min() > points[:, 1].max() - 1.5, "light comes from above"
    shadows.show(works(1, wall=None), np.array([0]))
    assert not shadows.mesh.corners.any(), "what stands free throws none"
    none = Shadows(PLAIN.model_copy(update={"shadow": 0.0}))
    none.show(works(1), np.array([0]))
    assert not none.mesh.corners.any()


def test_frames_seen_from_afar_are_as_wide_and_as_bright_in_fewer_quads() -> None:
    frames, cards, row = Frames(PLAIN, 1.0), works(1), np.array([0])
    found = []
    for size_px in (500.0, 20.0):
        frames.show(cards, row, np.array([size_px], np.float32))
        used = frames.mesh.corners.any(axis=(1, 2))
        assert frames.mesh.rgba is not None
        seen = frames.mesh.corners[used]
        flat = np.abs(np.cross(seen[:, 1] - seen[:, 0], seen[:, 3] - seen[:, 0])[:, 2])
        bright = float(np.average(frames.mesh.rgba[used, :, :3].mean(axis=(1, 2)), weights=flat))
        found.append((int(used.sum()), float(np.ptp(seen[..., 0])), bright))
    (near, wide, light), (far, wide_far, light_far) = found
    assert far < near / 2
    assert wide_far == pytest.approx(wide, abs=1e-5)
    assert light_far == pytest.approx(light, abs=6.0)
