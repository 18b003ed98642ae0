"""What files say about themselves, well-formed or not."""

import os
import struct
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from platform_service.ingest.results import IngestedAsset

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:DateCreated="1994-05-06T10:11:12">
<dc:title><rdf:Alt><rdf:li xml:lang="de">Regen</rdf:li>
<rdf:li xml:lang="x-default">Rain on Shibuya</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A crossing at night</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>neon</rdf:li><rdf:li>rain</rdf:li><rdf:li>Neon</rdf:li></rdf:Bag></dc:subject>
<dc:creator><rdf:Seq><rdf:li>Aiko Mori</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">CC BY 4.0</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def taken(ingest, path, root=None):
    outcome = ingest.ingest_file(path, root)
    assert isinstance(outcome, IngestedAsset), outcome
    return outcome


def iptc(**fields):
    """A Photoshop block with IPTC records, as photo editors write it."""
    numbers = {"title": 5, "keyword": 25, "day": 55, "creator": 80, "rights": 116, "caption": 120}
    records = b""
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            raw = value.encode("utf-8")
            records += struct.pack(">BBBH", 0x1C, 2, numbers[name], len(raw)) + raw
    records += b"\0" * (len(records) % 2)
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def with_segment(jpeg, segment):
    return jpeg[:2] + segment + jpeg[2:]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "PNG", "TIFF"])
def test_xmp(ingest, pictures, form):
    options: dict[str, object] = {"xmp": XMP.encode()}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP)
        options = {"pnginfo": info}
    if form == "TIFF":
        options = {"tiffinfo": {700: XMP.encode()}}
    asset = taken(ingest, pictures.write("DSC_0001", pictures.raw(form, **options))).asset
    assert (asset.title, asset.description) == ("Rain on Shibuya", "A crossing at night")
    assert (asset.creator, asset.licence) == ("Aiko Mori", "CC BY 4.0")
    assert asset.taken == date(1994, 5, 6)
    assert asset.tags[:2] == ("neon", "rain")


def test_iptc(ingest, pictures):
    block = iptc(
        title="Hafen", keyword=["Möwe", "Kran"], creator="Jo Falk", rights="CC0", caption="Am Kai", day="20010203"
    )
    asset = taken(ingest, pictures.write("x.jpg", with_segment(pictures.raw("JPEG"), block))).asset
    assert (asset.title, asset.creator, asset.licence, asset.description) == ("Hafen", "Jo Falk", "CC0", "Am Kai")
    assert asset.tags[:2] == ("Möwe", "Kran")
    assert asset.taken == date(2001, 2, 3)


def test_exif_words_and_the_moment_of_exposure(ingest, pictures):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "A quiet street", "Lea", "All rights reserved"
    exif[0x9C9B] = "Straße\0".encode("utf-16-le")
    exif[0x9C9E] = "night;street\0".encode("utf-16-le")
    exif[0x0132] = "2020:01:01 00:00:00"
    exif.get_ifd(0x8769)[0x9003] = "1987:06:05 04:03:02"
    asset = taken(ingest, pictures.write("x.jpg", pictures.raw("JPEG", exif=exif))).asset
    assert (asset.title, asset.description, asset.creator) == ("Straße", "A quiet street", "Lea")
    assert asset.licence == "All rights reserved"
    assert asset.tags[:2] == ("night", "street")
    assert asset.taken == date(1987, 6, 5)


def test_png_text(ingest, pictures):
    info = PngImagePlugin.PngInfo()
    said = {
        "Title": "Star &amp; map", "Author": "Kim", "Copyright": "CC BY-SA", "Comment": "Created with GIMP",
        "Creation Time": "Sun, 21 Jul 2019 10:00:00 GMT",
    }  # fmt: skip
    for key, value in said.items():
        info.add_text(key, value)
    asset = taken(ingest, pictures.write("x.png", pictures.raw("PNG", pnginfo=info))).asset
    assert (asset.title, asset.creator, asset.licence, asset.description) == ("Star & map", "Kim", "CC BY-SA", "")
    assert asset.taken == date(2019, 7, 21)


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(20),
        b"Exif\0\0nonsense" * 9,
    ],
)
def test_a_broken_exif_block_costs_only_the_metadata(ingest, pictures, exif):
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    asset = taken(ingest, pictures.write("street-01.jpg", with_segment(pictures.raw("JPEG"), segment))).asset
    assert asset.title == "Street 01"
    assert asset.taken is None


@pytest.mark.parametrize(
    "packet",
    [
        "<x:xmpmeta",
        '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "<a>" * 20_000,
    ],
)
def test_hostile_xmp_is_left_out_and_said(ingest, pictures, packet):
    ingested = taken(ingest, pictures.write("x.webp", pictures.raw("WEBP", xmp=packet.encode())))
    assert ingested.notes == ("its XMP metadata is damaged and was left out",)
    assert "root:" not in ingested.asset.model_dump_json()


def test_words_are_bounded_and_cannot_turn_or_break_a_line(ingest, pictures):
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Title", "A\u202egnp.exe\x07\r\nB\u2066 " + "x" * 5_000)
    info.add_itxt("Keywords", ",".join(f"word {n}" for n in range(500)))
    asset = taken(ingest, pictures.write("x.png", pictures.raw("PNG", pnginfo=info))).asset
    assert asset.title.startswith("Agnp.exe B x")
    assert len(asset.title) <= 400
    assert len(asset.tags) <= 64


@pytest.mark.parametrize(
    "text", ["0000:00:00 00:00:00", "2019:13:41 00:00:00", "    :  :     ", "yesterday", "1066:10:14 0:0:0"]
)
def test_impossible_dates_leave_it_undated(ingest, pictures, text):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = text
    assert taken(ingest, pictures.write("x.jpg", pictures.raw("JPEG", exif=exif))).asset.taken is None


def test_a_date_in_the_future_is_not_believed(ingest, pictures):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = (date.today() + timedelta(days=400)).strftime("%Y:%m:%d 00:00:00")
    asset = taken(ingest, pictures.write("IMG_20190721.jpg", pictures.raw("JPEG", exif=exif))).asset
    assert asset.taken == date(2019, 7, 21)


def test_without_a_date_anywhere_it_is_undated(ingest, pictures):
    assert taken(ingest, pictures.save("street.jpg")).asset.taken is None


def test_folders_become_tags(ingest, pictures):
    path = pictures.save("Japan 2019/Kyoto_rain/images/street.jpg")
    asset = taken(ingest, path, pictures.folder / "Japan 2019").asset
    assert asset.folder == "Japan 2019/Kyoto_rain/images"
    assert asset.tags == ("japan 2019", "kyoto rain")


def test_an_undecodable_file_name(ingest, pictures):
    path = os.path.join(os.fsencode(pictures.folder), b"caf\xe9.png")
    with open(path, "wb") as file:
        file.write(pictures.raw("PNG"))
    asset = taken(ingest, Path(os.fsdecode(path))).asset
    asset.model_dump_json()
    assert asset.file_name == "caf\ufffd.png"
