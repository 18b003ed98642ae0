"""Files that can't be taken: each is named with a plain reason and never stops the rest."""

import os
import socket
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from platform_service.ingest.limits import Limits
from platform_service.ingest.pipeline import Ingest
from platform_service.ingest.results import BadFile, IngestedAsset


def why(ingest: Ingest, path: Path) -> str:
    outcome = ingest.ingest_file(path)
    assert isinstance(outcome, BadFile), outcome
    assert outcome.original == path
    return outcome.why


def png(width: int, height: int, *, colour: int = 0, depth: int = 1, lines: int | None = None) -> bytes:
    """A PNG of zeros, tiny however large it claims to be."""
    channels = {0: 1, 2: 3}[colour]
    line = b"\0" * (1 + (width * depth * channels + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(line) for _ in range(height if lines is None else lines)) + packer.flush()

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_cut_off_jpeg_says_how_much_is_missing(ingest, pictures):
    raw = pictures.raw("JPEG", quality=90)
    reason = why(ingest, pictures.write("half.jpg", raw[: len(raw) // 2]))
    assert reason.startswith("is cut off: ")
    share = int(reason.split(": ")[1].split(" %")[0])
    assert 35 <= share <= 65


@pytest.mark.parametrize("form", ["PNG", "GIF", "TIFF", "WEBP"])
def test_cut_off_files_of_every_format_are_refused(ingest, pictures, form):
    raw = pictures.raw(form)
    reason = why(ingest, pictures.write(f"half.{form.lower()}", raw[: len(raw) // 2]))
    assert reason.startswith(("is cut off: ", "is damaged: ")), reason


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "TIFF", "WEBP"])
@pytest.mark.parametrize("kept", [13, 40, 200])
def test_only_a_header_is_refused(ingest, pictures, form, kept):
    reason = why(ingest, pictures.write(f"head.{form.lower()}", pictures.raw(form)[:kept]))
    assert reason.startswith(("is cut off", "is damaged")), reason


def test_a_progressive_jpeg_that_is_cut_off_is_refused(ingest, pictures):
    raw = pictures.raw("JPEG", progressive=True)
    assert why(ingest, pictures.write("half.jpg", raw[: len(raw) // 3])).startswith("is cut off: ")


def test_a_jpeg_that_lacks_only_its_end_mark_is_taken(ingest, pictures):
    raw = pictures.raw("JPEG")
    assert raw.endswith(b"\xff\xd9")
    assert isinstance(ingest.ingest_file(pictures.write("nearly.jpg", raw[:-2])), IngestedAsset)


def test_a_png_that_lacks_only_its_end_chunk_is_taken(ingest, pictures):
    assert isinstance(ingest.ingest_file(pictures.write("nearly.png", pictures.raw("PNG")[:-12])), IngestedAsset)


def test_zero_bytes(ingest, pictures):
    assert why(ingest, pictures.write("nothing.png", b"")) == "is empty: it has 0 bytes"


def test_a_download_that_left_only_zeros(ingest, pictures):
    assert "zeros only" in why(ingest, pictures.write("hole.jpg", bytes(4096)))


def test_text_named_png(ingest, pictures):
    path = pictures.write("notes.png", "Zwölf Bilder für den Flur\n".encode() * 60)
    assert why(ingest, path) == "is not a picture: its content is text"


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "PostScript"),
        (b"\xc5\xd0\xd3\xc6" + bytes(40), "PostScript"),
        (b"%PDF-1.7\n", "PDF"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x20ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "video"),
        (b"PK\x03\x04" + bytes(40), "archive"),
        (b"\x7fELF" + bytes(40), "program"),
        (b"8BPS\0\x01" + bytes(40), "Photoshop"),
    ],
)
def test_other_contents_named_png_are_called_by_their_name(ingest, pictures, raw, what):
    assert what in why(ingest, pictures.write("drawing.png", raw))


def test_a_bomb_is_refused_before_it_is_decoded(ingest, pictures):
    path = pictures.write("bomb.png", png(30_000, 30_000, lines=400))
    assert why(ingest, path) == (
        "has 900 megapixels and would need 2,575 MiB decoded; the limit is 40 megapixels"
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(8_000, 5_001), (40_000_001, 1)])
def test_just_over_forty_megapixels(ingest, pictures, width, height):
    assert "the limit is 40 megapixels" in why(ingest, pictures.write("wide.png", png(width, height, lines=1)))


def test_a_webp_that_claims_a_huge_canvas(ingest, pictures):
    side = (16_383 - 1).to_bytes(3, "little")
    raw = bytearray(pictures.raw("WEBP", exif=Image.Exif().tobytes() + bytes(8)))
    where = raw.index(b"VP8X")
    raw[where + 12 : where + 18] = side + side
    assert "the limit is 40 megapixels" in why(ingest, pictures.write("huge.webp", bytes(raw)))


def test_a_file_over_the_size_limit(tmp_path, pictures):
    path = pictures.save("large.png")
    with Ingest(tmp_path / "renditions", limits=Limits(file_bytes=10_000)) as ingest:
        assert "is too large" in why(ingest, path)


def test_a_named_pipe_does_not_hang_the_import(ingest, tmp_path):
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    assert why(ingest, path) == "is a named pipe, not a file"


def test_a_device_a_socket_a_folder(ingest, tmp_path):
    assert why(ingest, Path("/dev/zero")) == "is a device, not a file"
    assert why(ingest, tmp_path) == "is a folder, not a file"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s.png"))
        assert why(ingest, tmp_path / "s.png") == "is a socket, not a file"


def test_a_file_that_is_gone(ingest, tmp_path):
    assert why(ingest, tmp_path / "gone.jpg") == "is no longer there"


def test_a_file_without_permission(ingest, pictures):
    path = pictures.save("secret.png")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:  # root may read everything
        os.seteuid(65_534)
    try:
        assert why(ingest, path) == "can't be read: permission denied"
    finally:
        os.seteuid(user)


@pytest.mark.parametrize("seed", range(24))
def test_flipped_bytes_never_do_worse_than_a_reason(ingest, pictures, seed):
    """Whatever comes of it, it is an outcome, and the decoders go on."""
    import random

    chance = random.Random(seed)
    form = ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "JPEG"][seed % 6]
    raw = bytearray(pictures.raw(form, pictures.scene(200, 120, seed)))
    for _ in range(chance.randint(1, 40)):
        raw[chance.randrange(12, len(raw))] = chance.randrange(256)
    outcome = ingest.ingest_file(pictures.write("noise.bin", bytes(raw)))
    assert isinstance(outcome, IngestedAsset | BadFile)
    if isinstance(outcome, BadFile):
        assert outcome.why.startswith(("is ", "has ", "would ", "needs ", "could not be decoded"))
        assert "crash" not in outcome.why


def test_bad_files_do_not_stop_the_rest(ingest, pictures):
    pictures.save("a.jpg")
    pictures.write("b.jpg", b"")
    pictures.write("c.png", b"no picture")
    pictures.save("d.png", Image.new("RGB", (30, 30), "teal"))
    outcomes = {outcome.original.name if isinstance(outcome, BadFile) else outcome.asset.file_name: outcome
                for outcome in ingest.start([pictures.folder])}  # fmt: skip
    assert [type(outcomes[name]) for name in ("a.jpg", "b.jpg", "c.png", "d.png")] == [
        IngestedAsset, BadFile, BadFile, IngestedAsset,
    ]  # fmt: skip
