"""A whole import: what comes out, what is on disk, progress, stopping, and doing it twice."""

import asyncio
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from platform_service.ingest.pipeline import Ingest
from platform_service.ingest.refusal import Refused
from platform_service.ingest.results import AlreadyThere, BadFile, IngestedAsset


def some(pictures, count=12, width=300):
    return [pictures.save(f"trip/{n:03}.jpg", pictures.scene(width, 200, seed=n)) for n in range(count)]


def test_everything_is_there_afterwards(ingest, pictures):
    some(pictures)
    run = ingest.start([pictures.folder])
    outcomes = list(run)
    assert {type(outcome) for outcome in outcomes} == {IngestedAsset}
    assert run.state == "done"
    assert (run.progress.done, run.progress.total, run.progress.added, run.progress.bad) == (12, 12, 12, 0)
    assert run.progress.rate_per_s > 0
    assert run.progress.seconds_left == 0
    for outcome in outcomes:
        for edge_px in (64, 256):
            path = ingest.renditions.path(outcome.asset.id, edge_px)
            assert path.parts[-3:] == (outcome.asset.id[:2], outcome.asset.id, f"{edge_px}.jpg")
            with Image.open(path) as rendition:
                assert max(rendition.size) == edge_px
        assert outcome.features.dtype == np.float32
    assert not [path for path in ingest.renditions.folder.rglob("*") if path.name.startswith(".")]


def test_importing_twice_adds_nothing(ingest, pictures):
    some(pictures)
    ids = {outcome.asset.id for outcome in ingest.start([pictures.folder])}
    again = list(ingest.start([pictures.folder], known=ids.__contains__))
    assert {type(outcome) for outcome in again} == {AlreadyThere}
    assert {outcome.id for outcome in again} == ids


def test_equal_files_in_one_import_are_one_asset(ingest, pictures):
    raw = pictures.raw("JPEG")
    for n in range(8):
        pictures.write(f"{n}.jpg", raw)
    kinds = [type(outcome) for outcome in ingest.start([pictures.folder])]
    assert sorted(kind.__name__ for kind in kinds) == ["AlreadyThere"] * 7 + ["IngestedAsset"]


def test_equal_bad_files_are_all_reported(ingest, pictures):
    raw = pictures.raw("PNG")[:900]
    for n in range(5):
        pictures.write(f"{n}.png", raw)
    outcomes = list(ingest.start([pictures.folder]))
    assert {type(outcome) for outcome in outcomes} == {BadFile}
    assert len({outcome.original for outcome in outcomes}) == 5


def test_a_run_can_be_stopped_between_files(ingest, pictures):
    some(pictures, 60)
    run = ingest.start([pictures.folder])
    taken = run.take(1)
    run.cancel()
    taken += list(run)
    assert run.state == "cancelled"
    assert 1 <= len(taken) < 60
    assert run.progress.total == 60
    assert run.progress.done == len(taken)


def test_a_stopped_run_ends_even_when_nobody_takes(ingest, pictures):
    raw = pictures.raw("JPEG", pictures.scene(16, 16))
    for n in range(150):
        pictures.write(f"{n:03}.jpg", raw + bytes([n]))
    run = ingest.start([pictures.folder])
    time.sleep(0.3)
    run.cancel()
    run._thread.join(10)
    assert not run._thread.is_alive()


def test_an_import_waits_for_a_slow_taker(ingest, pictures):
    """Outcomes don't pile up without bound in memory."""
    raw = pictures.raw("JPEG", pictures.scene(16, 16))
    for n in range(150):
        pictures.write(f"{n:03}.jpg", raw + bytes([n]))
    run = ingest.start([pictures.folder])
    time.sleep(1.5)
    assert run._outcomes.qsize() == 64
    assert sum(len(batch) for batch in iter(lambda: run.take(50), [])) == 150


async def test_outcomes_in_an_event_loop(ingest, pictures):
    some(pictures)
    beats = 0

    async def beat():
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0.005)

    heart = asyncio.create_task(beat())
    run = ingest.start([pictures.folder])
    outcomes = [outcome async for outcome in run]
    heart.cancel()
    assert len(outcomes) == 12
    assert beats > 2


def test_an_empty_import(ingest, tmp_path):
    folder = tmp_path / "none"
    folder.mkdir()
    run = ingest.start([folder])
    assert list(run) == []
    assert (run.state, run.progress.total) == ("done", 0)


def test_a_file_that_is_replaced_meanwhile_is_one_or_the_other(ingest, pictures):
    """The bytes are read once: id, measures and renditions can't belong to different files."""
    red, blue = (pictures.raw("PNG", Image.new("RGB", (200, 100), colour)) for colour in ("red", "blue"))
    path = pictures.write("x.png", red)
    names = {}
    for raw in (red, blue) * 5:
        spare = pictures.write("spare", raw)
        spare.replace(path)
        outcome = ingest.ingest_file(path)
        assert isinstance(outcome, IngestedAsset)
        names[outcome.asset.id] = outcome.asset.palette[0].name
    assert sorted(names.values()) == ["blue", "red"]


def test_a_file_that_grows_while_it_is_read(ingest, pictures, monkeypatch):
    import os

    path = pictures.save("growing.png")
    really = os.read

    def grow_then_read(descriptor, count):
        with path.open("ab") as file:
            file.write(b"more")
        return really(descriptor, count)

    monkeypatch.setattr(os, "read", grow_then_read)
    outcome = ingest.ingest_file(path)
    assert isinstance(outcome, BadFile)
    assert outcome.why.startswith("was changed while it was read")


@pytest.mark.parametrize("edge_px", [64, 256, 1024, 2048])
def test_renditions_on_demand(ingest, pictures, edge_px):
    path = pictures.save("large.jpg", pictures.scene(2400, 1500))
    asset = ingest.ingest_file(path).asset
    rendition = ingest.make_rendition(asset.id, path, edge_px)
    with Image.open(rendition) as image:
        assert max(image.size) == edge_px
        assert abs(image.width / image.height - 1.6) < 0.02
    before = rendition.stat().st_mtime_ns
    assert ingest.make_rendition(asset.id, path, edge_px).stat().st_mtime_ns == before


def test_renditions_come_back_when_they_were_deleted(ingest, pictures):
    path = pictures.save("x.jpg")
    asset = ingest.ingest_file(path).asset
    before = ingest.renditions.path(asset.id, 256).read_bytes()
    shutil.rmtree(ingest.renditions.folder)
    assert ingest.make_rendition(asset.id, path, 256).read_bytes() == before


def test_no_rendition_of_something_else(ingest, pictures):
    path = pictures.save("x.jpg")
    asset = ingest.ingest_file(path).asset
    pictures.save("x.jpg", pictures.scene(seed=9))
    with pytest.raises(Refused, match="was changed since it was imported"):
        ingest.make_rendition(asset.id, path, 1024)


@pytest.mark.parametrize(
    ("asset_id", "edge_px"), [("../../etc/passwd", 64), ("A" * 64, 64), ("0" * 64, 300), ("0" * 64, -1)]
)
def test_only_real_ids_and_edges_become_paths(ingest, asset_id, edge_px):
    with pytest.raises(ValueError, match=r"64 hex|pixels long"):
        ingest.make_rendition(asset_id, Path("x"), edge_px)


def test_a_disk_that_takes_no_more(tmp_path, pictures, pool):
    """A folder that can't be made stands for the full disk."""
    (tmp_path / "renditions").write_bytes(b"not a folder")
    outcome = Ingest(tmp_path / "renditions", pool=pool).ingest_file(pictures.save("x.jpg"))
    assert isinstance(outcome, BadFile)
    assert outcome.why.startswith("could not be stored: ")


def test_orientation_and_size(ingest, pictures):
    wanted = {(300, 200): "landscape", (200, 300): "portrait", (200, 204): "square", (500, 200): "panorama"}
    found = {size: ingest.ingest_file(pictures.save("x.png", pictures.scene(*size))).asset for size in wanted}
    assert {size: asset.orientation for size, asset in found.items()} == wanted
    assert all((asset.width_px, asset.height_px) == size for size, asset in found.items())
