"""Numbers of what a picture looks like: bounded, stable, and as an eye would have them."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageEnhance, ImageFilter

from platform_service.ingest.colours import COLOUR_NAMES, FAMILIES, colour_name, name_indices, oklab
from platform_service.ingest.features import FEATURES
from platform_service.ingest.measures import measure
from platform_service.ingest.shrink import shrink

any_pixels = arrays.arrays(np.uint8, st.tuples(st.integers(1, 24), st.integers(1, 24), st.just(3)))


def apart(first, second):
    """Bits in which two perceptual hashes differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


@settings(max_examples=150, deadline=None)
@given(any_pixels)
def test_all_measures_are_in_their_bounds_for_any_picture(pixels):
    seen = measure(Image.fromarray(pixels))
    assert 1 <= len(seen.palette) <= 6
    assert sum(share for _, _, share in seen.palette) <= 1.0 + 1e-3
    assert all(name in COLOUR_NAMES and share > 0 for _, name, share in seen.palette)
    assert [share for *_, share in seen.palette] == sorted((share for *_, share in seen.palette), reverse=True)
    for value in (seen.brightness, seen.contrast, seen.sharpness, seen.saturation):
        assert 0.0 <= value <= 1.0
    assert len(bytes.fromhex(seen.phash)) == 8
    assert seen.features.shape == (FEATURES,)
    assert seen.features.dtype == np.float32
    assert float(np.linalg.norm(seen.features)) == pytest.approx(1.0, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(any_pixels)
def test_equal_pictures_have_equal_measures(pixels):
    first, second = measure(Image.fromarray(pixels)), measure(Image.fromarray(pixels.copy()))
    assert first.palette == second.palette
    assert first.phash == second.phash
    assert np.array_equal(first.features, second.features)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_one_colour_is_its_own_palette(colour):
    seen = measure(Image.new("RGB", (40, 30), colour))
    assert [(code, share) for code, _, share in seen.palette] == [("#" + bytes(colour).hex(), 1.0)]
    assert seen.mean_colour == "#" + bytes(colour).hex()
    assert (seen.contrast, seen.sharpness) == (0.0, 0.0)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=5, unique=True), st.integers(30, 60))
def test_shares_are_those_of_the_areas(which, band):
    colours = [((255, 0, 0), "red"), ((0, 0, 200), "blue"), ((255, 255, 255), "white"), ((0, 0, 0), "black"),
               ((0, 150, 0), "green")]  # fmt: skip
    pixels = np.concatenate([np.full((band, 40, 3), colours[k][0], np.uint8) for k in which])
    found: defaultdict[str, float] = defaultdict(
        float
    )  # where two areas meet, a mixed colour may bear a name of its own
    for _, name, share in measure(shrink(Image.fromarray(pixels), 256)).palette:
        found[name] += share
    assert {colours[k][1] for k in which} <= set(found)
    for k in which:
        assert found[colours[k][1]] == pytest.approx(1 / len(which), abs=0.06)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("scale", [0.25, 0.5, 0.8, 1.7])
def test_the_perceptual_hash_survives_another_size(pictures, seed, scale):
    large = pictures.scene(900, 600, seed)
    other = large.resize((int(900 * scale), int(600 * scale)), Image.Resampling.LANCZOS)
    assert apart(measure(shrink(large, 256)).phash, measure(shrink(other, 256)).phash) <= 6


@pytest.mark.parametrize("seed", range(8))
def test_the_perceptual_hash_survives_compression_and_light(pictures, seed):
    import io

    large = pictures.scene(900, 600, seed)
    squeezed = Image.open(io.BytesIO(pictures.raw("JPEG", large, quality=25)))
    lighter = ImageEnhance.Brightness(large).enhance(1.15)
    own = measure(shrink(large, 256)).phash
    assert apart(own, measure(shrink(squeezed, 256)).phash) <= 6
    assert apart(own, measure(shrink(lighter, 256)).phash) <= 10


def test_perceptual_hashes_of_different_pictures_differ(pictures):
    hashes = [measure(shrink(pictures.scene(600, 400, seed), 256)).phash for seed in range(12)]
    distances = [apart(a, b) for k, a in enumerate(hashes) for b in hashes[:k]]
    assert np.median(distances) >= 16


def test_blur_lowers_sharpness(pictures):
    sharp = pictures.scene(256, 180)
    values = [measure(sharp.filter(ImageFilter.GaussianBlur(radius))).sharpness for radius in (0, 1, 2, 4)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 3 * values[2]


def test_light_contrast_and_saturation_go_where_the_eye_goes(pictures):
    picture = pictures.scene(256, 180)
    dark, bright = (measure(ImageEnhance.Brightness(picture).enhance(k)).brightness for k in (0.4, 1.4))
    flat, hard = (measure(ImageEnhance.Contrast(picture).enhance(k)).contrast for k in (0.3, 1.3))
    pale, vivid = (measure(ImageEnhance.Color(picture).enhance(k)).saturation for k in (0.2, 1.6))
    assert dark < bright
    assert flat < hard
    assert pale < vivid
    assert measure(Image.new("RGB", (9, 9), "black")).brightness == 0.0
    assert measure(Image.new("RGB", (9, 9), "white")).brightness == pytest.approx(1.0, abs=0.001)


def test_features_bring_like_pictures_together(pictures):
    """A picture is nearer to its own crop than to any other."""
    whole = [shrink(pictures.scene(600, 400, seed), 256) for seed in range(10)]
    crops = [shrink(pictures.scene(600, 400, seed).crop((40, 30, 560, 370)), 256) for seed in range(10)]
    left = np.stack([measure(picture).features for picture in whole])
    right = np.stack([measure(picture).features for picture in crops])
    nearest = np.argmax(right @ left.T, axis=1)
    assert (nearest == np.arange(10)).mean() >= 0.8


def test_features_tell_stripes_by_their_direction():
    across = np.tile(np.repeat([[0], [255]], 4, axis=0), (16, 128)).astype(np.uint8)
    lying, upright, other = (
        Image.fromarray(a).convert("RGB") for a in (across, across.T.copy(), np.roll(across, 2, 0))
    )
    a, b, c = (measure(picture.resize((128, 128))).features for picture in (lying, upright, other))
    assert float(a @ c) > float(a @ b) + 0.05


def test_a_small_vivid_spot_is_in_the_palette():
    night = Image.new("RGB", (256, 160), (12, 14, 30))
    night.paste((255, 20, 200), (100, 60, 140, 90))
    assert {"magenta"} <= {name for _, name, _ in measure(night).palette}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("#ff0000", "red"), ("#ff8c00", "orange"), ("#ffff00", "yellow"), ("#008000", "green"), ("#0000ff", "blue"),
        ("#00ffff", "cyan"), ("#ff00ff", "magenta"), ("#008080", "teal"), ("#000080", "navy"), ("#800080", "purple"),
        ("#f5f5dc", "cream"), ("#deb887", "beige"), ("#8b4513", "brown"), ("#ffc0cb", "pink"), ("#808080", "grey"),
        ("#000000", "black"), ("#ffffff", "white"), ("#c0c0c0", "silver"), ("#800000", "maroon"), ("#ffd700", "yellow"),
        ("#40e0d0", "turquoise"), ("#556b2f", "olive"), ("#1f4e79", "blue"), ("#39ff14", "green"), ("#87ceeb", "blue"),
    ],
)  # fmt: skip
def test_colours_are_called_as_people_call_them(code, name):
    assert colour_name(code) == name


@given(st.integers(0, 255))
def test_greys_are_never_coloured(value):
    assert colour_name("#" + bytes([value] * 3).hex()) in {"black", "grey", "silver", "white"}


def test_names_are_about_two_dozen_and_families_are_names():
    assert 20 <= len(COLOUR_NAMES) <= 26
    assert set(FAMILIES) | set(FAMILIES.values()) <= set(COLOUR_NAMES)


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 50), st.just(3))))
def test_oklab_is_in_range_and_named(rows):
    lab = oklab(rows)
    assert np.isfinite(lab).all()
    assert lab[:, 0].min() >= -1e-3
    assert lab[:, 0].max() <= 1.001
    assert name_indices(lab).max() < len(COLOUR_NAMES)


def test_oklab_of_known_colours():
    lab = oklab(np.array([[255, 255, 255], [255, 0, 0], [0, 0, 255]]))
    assert lab == pytest.approx(
        np.array([[1.0, 0.0, 0.0], [0.628, 0.2249, 0.1258], [0.452, -0.0325, -0.3115]]), abs=0.002
    )  # fmt: skip
