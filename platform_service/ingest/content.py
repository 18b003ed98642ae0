"""What a file is, judged by its first bytes and never by its name."""

from collections.abc import Callable

HEAD_BYTES = 512
"""So many first bytes decide."""

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff"})
"""Names that promise a picture; a file so named that is none is reported, others are passed over."""

_OTHERS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("a PostScript drawing", lambda h: h.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6"))),
    ("a PDF document", lambda h: h.startswith(b"%PDF")),
    ("an SVG drawing", lambda h: b"<svg" in h.lower()),
    ("a web page", lambda h: h.lstrip().lower().startswith((b"<!doctype html", b"<html"))),
    ("XML text", lambda h: h.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")),
    ("an AVIF picture, a format that is not supported yet", lambda h: h[4:12] in (b"ftypavif", b"ftypavis")),
    ("a HEIC picture, a format that is not supported yet", lambda h: h[4:11] in (b"ftyphei", b"ftyphev", b"ftypmif")),
    ("a video", lambda h: h[4:8] == b"ftyp" or h.startswith((b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"OggS"))),
    ("a video", lambda h: h[:4] == b"RIFF" and h[8:12] == b"AVI "),
    ("a sound file", lambda h: h.startswith((b"ID3", b"fLaC")) or (h[:4] == b"RIFF" and h[8:12] == b"WAVE")),
    ("a Photoshop document, a format that is not supported yet", lambda h: h.startswith(b"8BPS")),
    ("a BMP picture, a format that is not supported yet", lambda h: h.startswith(b"BM") and h[6:10] == b"\0\0\0\0"),
    ("a JPEG XL picture, a format that is not supported yet", lambda h: h.startswith((b"\xff\x0a", b"\0\0\0\x0cJXL "))),
    ("a JPEG 2000 picture, a format that is not supported yet", lambda h: h.startswith(b"\0\0\0\x0cjP  ")),
    ("an archive", lambda h: h.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh"))),
    ("a program", lambda h: h.startswith((b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe"))),
)  # fmt: skip


def picture_format(head: bytes) -> str | None:
    """Pillow's name of the format that these first bytes belong to; None when it is not one of those taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "TIFF"
    return None


def why_no_picture(head: bytes) -> str:
    """Completes "<file name> ..." for bytes that `picture_format` did not recognise."""
    if not head:
        return "is empty: it has 0 bytes"
    for what, fits in _OTHERS:
        if fits(head):
            return f"is not a picture that can be taken: its content is {what}"
    if not any(head):
        return "is not a picture: it begins with zeros only, as after an interrupted download"
    return "is not a picture: its content is " + ("text" if _is_text(head) else "not of a known kind")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if any(byte < 9 or 13 < byte < 32 for byte in head):
        return False
    cut = head[:-3] if len(head) >= HEAD_BYTES else head  # the last character may be cut in two
    try:
        cut.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
