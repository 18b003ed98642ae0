"""The metadata written into each file: EXIF for the date and names, XMP for title, description and tags."""

from xml.sax.saxutils import escape

from PIL import ExifTags, Image

from resources.sample_collection.catalogue import Piece

_LICENCE_PAGES = {"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag>{tags}</rdf:Bag></dc:subject>
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{licence}</rdf:li></rdf:Alt></dc:rights>
<xmpRights:WebStatement>{page}</xmpRights:WebStatement>{created}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def exif_of(piece: Piece) -> Image.Exif:
    """Artist and copyright, and the date when the piece has one."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = piece.creator
    exif[ExifTags.Base.Copyright] = piece.licence
    if piece.taken is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = piece.taken.strftime("%Y:%m:%d %H:%M:%S")
    return exif


def xmp_of(piece: Piece) -> bytes:
    """The XMP packet with title, description, tags, creator and licence."""
    created = "" if piece.taken is None else piece.taken.isoformat()
    packet = _XMP.format(
        title=escape(piece.title),
        description=escape(piece.description),
        tags="".join(f"<rdf:li>{escape(tag)}</rdf:li>" for tag in piece.tags),
        creator=escape(piece.creator),
        licence=escape(piece.licence),
        page=_LICENCE_PAGES[piece.licence],
        created=created and f"\n<photoshop:DateCreated>{created}</photoshop:DateCreated>",
    )
    return packet.encode("utf-8")
