"""Cluster: like works together, named by what they share, steady when one work comes in."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene.layouts.choose import arrange
from scene.layouts.contract import Arranged, Wishes, Work
from scene.layouts.likeness import k_means, principal
from scene.layouts.naming import labels
from scene.layouts.said import Counted, said
from scene.records import Arrangement, Sign
from scene.scene import Scene

THEMES = ("rain", "stars", "forest", "harbour", "desert")


def blobs(count: int, groups: int, seed: int, spread: float = 0.25) -> tuple[list[Work], np.ndarray]:
    draw = np.random.default_rng(seed)
    centres = draw.normal(size=(groups, 24)) * 2
    kinds = draw.integers(0, groups, count)
    features = (centres[kinds] + draw.normal(size=(count, 24)) * spread).astype(np.float32)
    works = [
        Work(asset_id=f"{i:04x}" + "b" * 60, title=f"No {i}", tags=(THEMES[kind], "all"))
        for i, kind in enumerate(kinds.tolist())
    ]
    return works, features


def test_groups_are_the_ones_in_the_features_and_are_named_by_them() -> None:
    works, features = blobs(60, 4, seed=3)
    arranged = arrange("cluster", works, Wishes(groups=4), features=features)
    tag_of = {work.asset_id: work.tags[0] for work in works}
    for placement in arranged.placements:
        assert tag_of[placement.asset_id] in placement.group
    headings = [r.text for r in arranged.records if isinstance(r, Sign)]
    assert sorted(headings) == sorted({p.group for p in arranged.placements})
    assert not any("all" in heading.split(", ") for heading in headings)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(12, 70))
def test_adding_one_work_moves_most_of_the_others_little(seed: int, count: int) -> None:
    works, features = blobs(count + 1, 4, seed)
    before = arrange("cluster", works[:-1], Wishes(), features=features[:-1])
    shown = Scene.of([*before.records, Arrangement(layout="cluster")])
    after = arrange("cluster", works, Wishes(), features=features, scene=shown)
    moves = moved(before, after)
    assert len(moves) == count
    assert float(np.median(moves)) < 1.5
    assert float(np.mean(np.array(moves) < 3.0)) > 0.8


def test_without_a_scene_one_more_work_seldom_turns_things_over() -> None:
    turned_over = 0
    for seed in range(30):
        works, features = blobs(41, 4, seed)
        before = arrange("cluster", works[:-1], Wishes(groups=4), features=features[:-1])
        after = arrange("cluster", works, Wishes(groups=4), features=features)
        turned_over += float(np.median(moved(before, after))) > 2.0
    assert turned_over <= 6


def moved(before: Arranged, after: Arranged) -> list[float]:
    now = {p.asset_id: p.position_m for p in after.placements}
    return [math.dist(p.position_m, now[p.asset_id]) for p in before.placements if p.asset_id in now]


def test_more_groups_than_the_works_differ_in_is_named() -> None:
    works = [Work(asset_id=f"{i:064x}") for i in range(6)]
    arranged = arrange("cluster", works, Wishes(groups=3), features=np.ones((6, 4), np.float32))
    assert said("groups.alike", groups=Counted(3, "group"), n=1) in arranged.unmet


@pytest.mark.parametrize("features", [None, np.zeros((2, 3), np.float32), np.zeros((8, 0), np.float32)])
def test_without_usable_features_words_group_and_it_is_said(works, features) -> None:
    arranged = arrange("cluster", works(8), Wishes(), features=features)
    assert len(arranged.placements) == 8
    assert said("likeness.none") in arranged.unmet


def test_broken_numbers_in_features_do_no_harm() -> None:
    features = np.full((9, 5), np.nan, np.float32)
    features[0, 0] = np.inf
    arranged = arrange("cluster", [Work(asset_id=f"{i:064x}") for i in range(9)], Wishes(), features=features)
    assert len(arranged.placements) == 9


def test_a_column_groups_without_likeness(works) -> None:
    arranged = arrange("cluster", works(20), Wishes(group_by="colour"))
    assert {p.group for p in arranged.placements} == {"red", "green", "blue", "magenta"}


def test_principal_components_agree_whichever_way_they_are_found() -> None:
    draw = np.random.default_rng(1)
    rows = (draw.normal(size=(400, 3)) * [9, 5, 2]) @ np.linalg.qr(draw.normal(size=(60, 60)))[0][:3]
    wide = principal(rows[:100].astype(np.float32), 3)
    by_svd = np.linalg.svd(rows[:100] - rows[:100].mean(axis=0), compute_uv=False)[:3]
    assert np.linalg.norm(wide, axis=0) / np.linalg.norm(wide) == pytest.approx(
        by_svd / np.linalg.norm(by_svd), rel=1e-3
    )
    tall = principal(rows.astype(np.float32), 3)
    by_svd = np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False)[:3]
    assert np.linalg.norm(tall, axis=0) / np.linalg.norm(tall) == pytest.approx(
        by_svd / np.linalg.norm(by_svd), rel=1e-3
    )


def test_wide_features_keep_their_groups() -> None:
    works, features = blobs(60, 4, seed=3)
    spread = np.random.default_rng(8).normal(size=(24, 512)).astype(np.float32)
    narrow = arrange("cluster", works, Wishes(groups=4), features=features)
    wide = arrange("cluster", works, Wishes(groups=4), features=features @ spread)
    sets = [
        {frozenset(p.asset_id for p in a.placements if p.group == g) for g in {p.group for p in a.placements}}
        for a in (narrow, wide)
    ]
    assert sets[0] == sets[1]


def test_k_means_finds_separate_groups() -> None:
    points = np.concatenate([np.random.default_rng(k).normal(size=(20, 2)) * 0.1 + k * 5 for k in range(3)])
    found = k_means(points, 3, seed=0)
    assert [len(set(found[k * 20 : k * 20 + 20].tolist())) for k in range(3)] == [1, 1, 1]
    assert len(set(found.tolist())) == 3


def test_no_two_labels_are_alike() -> None:
    works = [Work(asset_id=f"{i:064x}", tags=("same",)) for i in range(9)]
    given = labels(works, [[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    assert len(set(given)) == 3
