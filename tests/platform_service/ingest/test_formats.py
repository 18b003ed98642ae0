"""What can be taken, in all the shapes in which it comes."""

import struct

import numpy as np
import pytest
from PIL import Image

from platform_service.ingest.decode import decode
from platform_service.ingest.limits import Limits
from platform_service.ingest.results import IngestedAsset

QUARTERS = ((220, 30, 30), (30, 180, 40), (40, 60, 220), (235, 220, 40))


def quarters(width=320, height=200):
    """Red and green above, blue and yellow below."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2], pixels[: height // 2, width // 2 :] = QUARTERS[:2]
    pixels[height // 2 :, : width // 2], pixels[height // 2 :, width // 2 :] = QUARTERS[2:]
    return Image.fromarray(pixels)


def corners(image):
    """Colours in the middle of each quarter."""
    w, h = image.size
    return [image.getpixel((x, y)) for y in (h // 4, 3 * h // 4) for x in (w // 4, 3 * w // 4)]


def assert_near(found, wanted, within=14):
    assert np.abs(np.array(found, int) - np.array(wanted, int)).max() <= within, (found, wanted)


def taken(ingest, path):
    outcome = ingest.ingest_file(path)
    assert isinstance(outcome, IngestedAsset), outcome
    rendition = Image.open(ingest.renditions.path(outcome.asset.id, 256))
    rendition.load()
    return outcome.asset, rendition


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {"quality": 95}),
        ("JPEG", {"quality": 95, "progressive": True}),
        ("PNG", {}),
        ("WEBP", {"quality": 95}),
        ("WEBP", {"lossless": True}),
        ("GIF", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg", "quality": 95}),
        ("TIFF", {"big_tiff": True}),
    ],
)
def test_every_format_comes_out_upright_and_in_colour(ingest, pictures, form, options):
    asset, rendition = taken(ingest, pictures.write("any.name", pictures.raw(form, quarters(), **options)))
    assert (asset.format, asset.width_px, asset.height_px) == (form, 320, 200)
    assert rendition.format == "JPEG"
    assert rendition.size == (256, 160)
    assert_near(corners(rendition), QUARTERS, within=24)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_exif_turns_are_applied(ingest, pictures, form, turn):
    turned = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[turn]  # fmt: skip
    stored = quarters() if turned is None else quarters().transpose(turned)
    exif = Image.Exif()
    exif[274] = turn
    asset, rendition = taken(ingest, pictures.write("turned", pictures.raw(form, stored, exif=exif, quality=95)))
    assert (asset.width_px, asset.height_px, asset.orientation) == (320, 200, "landscape")
    assert rendition.size == (256, 160)
    assert_near(corners(rendition), QUARTERS, within=24)


def test_a_png_named_jpg(ingest, pictures):
    asset, _ = taken(ingest, pictures.write("picture.jpg", pictures.raw("PNG")))
    assert asset.format == "PNG"


def test_the_first_frame_of_an_animated_gif(ingest, pictures):
    frames = [Image.new("RGB", (90, 60), colour) for colour in ("red", "blue", "lime")]
    raw = pictures.raw("GIF", frames[0], save_all=True, append_images=frames[1:], duration=40)
    asset, rendition = taken(ingest, pictures.write("moving.gif", raw))
    assert asset.palette[0].name == "red"
    assert rendition.size == (90, 60)


def test_the_first_page_of_a_tiff(ingest, pictures):
    pages = [Image.new("RGB", (90, 60), colour) for colour in ("navy", "red")]
    asset, _ = taken(
        ingest, pictures.write("pages.tif", pictures.raw("TIFF", pages[0], save_all=True, append_images=pages[1:]))
    )
    assert asset.palette[0].name == "navy"


def test_a_cmyk_jpeg(ingest, pictures):
    asset, rendition = taken(ingest, pictures.write("print.jpg", pictures.raw("JPEG", quarters().convert("CMYK"))))
    assert rendition.mode == "RGB"
    assert {swatch.name for swatch in asset.palette} >= {"red", "green", "blue"}


def test_a_sixteen_bit_png_keeps_its_greys(ingest, pictures):
    ramp = np.tile(np.linspace(0, 65_535, 256).astype(np.uint16), (64, 1))
    asset, rendition = taken(ingest, pictures.write("deep.png", pictures.raw("PNG", Image.fromarray(ramp))))
    grey = np.asarray(rendition.convert("L"), int)[32]
    assert grey[0] < 12
    assert grey[-1] > 243
    assert 115 < grey[128] < 141
    assert 0.4 < asset.brightness < 0.7


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.0, 255.0), (-5.0, 900.0)])
def test_a_float_tiff_is_scaled_to_what_it_holds(ingest, pictures, low, high):
    ramp = np.tile(np.linspace(low, high, 256).astype(np.float32), (64, 1))
    _, rendition = taken(ingest, pictures.write("float.tif", pictures.raw("TIFF", Image.fromarray(ramp))))
    grey = np.asarray(rendition.convert("L"), int)[32]
    assert grey[0] < 12
    assert grey[-1] > 243


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_png_modes(ingest, pictures, mode):
    asset, rendition = taken(
        ingest,
        pictures.write(
            "mode.png", pictures.raw("PNG", quarters().convert("L" if mode == "I;16" else mode).convert(mode))
        ),
    )
    assert (asset.width_px, rendition.mode) == (320, "RGB")


def test_transparent_pixels_do_not_colour_the_palette(ingest, pictures):
    drawing = Image.new("RGBA", (200, 200), (255, 255, 255, 0))
    drawing.paste((0, 128, 128, 255), (60, 60, 140, 140))
    asset, rendition = taken(ingest, pictures.write("clip.png", pictures.raw("PNG", drawing)))
    assert [swatch.name for swatch in asset.palette] == ["teal"]
    assert_near(rendition.getpixel((5, 5)), (255, 255, 255))


def test_a_palette_png_with_transparency(ingest, pictures):
    drawing = Image.new("P", (100, 100), 0)
    drawing.putpalette([0, 0, 0, 200, 20, 20] + [0] * 762)
    drawing.paste(1, (20, 20, 80, 80))
    asset, rendition = taken(
        ingest, pictures.write("old.png", pictures.raw("PNG", drawing, transparency=bytes([0, 255])))
    )
    assert [swatch.name for swatch in asset.palette] == ["red"]
    assert_near(rendition.getpixel((3, 3)), (255, 255, 255))


def test_a_white_drawing_on_nothing_stays_visible(ingest, pictures):
    drawing = Image.new("RGBA", (120, 120), (255, 255, 255, 0))
    drawing.paste((255, 255, 255, 255), (40, 40, 80, 80))
    asset, rendition = taken(ingest, pictures.write("white.png", pictures.raw("PNG", drawing)))
    assert max(rendition.getpixel((5, 5))) < 80
    assert min(rendition.getpixel((60, 60))) > 220
    assert [swatch.name for swatch in asset.palette] == ["white"]


def test_a_wholly_transparent_picture_is_taken(ingest, pictures):
    asset, _ = taken(ingest, pictures.write("empty.png", pictures.raw("PNG", Image.new("RGBA", (50, 40)))))
    assert asset.palette


def test_one_pixel(ingest, pictures):
    asset, rendition = taken(ingest, pictures.write("dot.png", pictures.raw("PNG", Image.new("RGB", (1, 1), "orange"))))
    assert (asset.palette[0].name, asset.orientation, rendition.size) == ("orange", "square", (1, 1))


@pytest.mark.parametrize("size", [(4000, 3), (3, 4000)])
def test_very_long_pictures(ingest, pictures, size):
    asset, rendition = taken(ingest, pictures.write("strip.png", pictures.raw("PNG", Image.new("RGB", size, "navy"))))
    assert (asset.width_px, asset.height_px) == size
    assert max(rendition.size) == 256
    assert min(rendition.size) == 1


def test_small_pictures_are_never_enlarged(ingest, pictures):
    asset, rendition = taken(ingest, pictures.write("icon.png", pictures.raw("PNG", pictures.scene(48, 32))))
    assert rendition.size == (48, 32)
    with Image.open(ingest.make_rendition(asset.id, pictures.folder / "icon.png", 2048)) as large:
        assert large.size == (48, 32)


def test_a_broken_profile_is_ignored(ingest, pictures):
    _, rendition = taken(
        ingest, pictures.write("odd.jpg", pictures.raw("JPEG", quarters(), icc_profile=b"x" * 500, quality=95))
    )
    assert_near(corners(rendition), QUARTERS, within=24)


def test_wide_gamut_greens_get_stronger(pictures):
    """The same numbers mean a stronger green in Adobe RGB's primaries than in sRGB."""
    profile = adobe_like_profile()
    plain = decode(pictures.raw("PNG", Image.new("RGB", (64, 64), (90, 200, 90))), 64, Limits())
    wide = decode(pictures.raw("PNG", Image.new("RGB", (64, 64), (90, 200, 90)), icc_profile=profile), 64, Limits())
    assert plain.picture.getpixel((9, 9)) == (90, 200, 90)
    assert wide.picture.getpixel((9, 9))[0] < 80  # type: ignore[index]


def adobe_like_profile():
    """A matrix profile with a green far outside sRGB, gamma 2.2."""

    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65_536)) for v in (x, y, z))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Wide\0" + bytes(78)
    tags = [
        (b"desc", text), (b"wtpt", xyz(0.9642, 1.0, 0.8249)), (b"rXYZ", xyz(0.6097, 0.3111, 0.0195)),
        (b"gXYZ", xyz(0.2053, 0.6257, 0.0609)), (b"bXYZ", xyz(0.1492, 0.0632, 0.7446)),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve),
    ]  # fmt: skip
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, value in tags:
        value += bytes(-len(value) % 4)
        table += struct.pack(">4sII", name, at + len(body), len(value))
        body += value
    rest = struct.pack(">I", len(tags)) + table + body
    head = struct.pack(">I4sI4s4s4s", 128 + len(rest), b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">iii", 63_190, 65_536, 54_061)
    return head + bytes(128 - len(head)) + rest
