"""What an XMP packet says about a picture: RDF in Adobe's namespaces, read without entities or external references."""

from xml.etree.ElementTree import Element

from defusedxml import ElementTree  # type: ignore[import-untyped]

MOST_XMP_BYTES = 1024 * 1024

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_CC = "{http://creativecommons.org/ns#}"

_PROPERTIES = {
    "title": (_DC + "title", _PHOTOSHOP + "Headline"),
    "description": (_DC + "description",),
    "creator": (_DC + "creator",),
    "licence": (_CC + "license", _RIGHTS + "UsageTerms", _DC + "rights", _RIGHTS + "WebStatement"),
    "keywords": (_DC + "subject",),
    "taken": (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated", _XMP + "CreateDate"),
}


def read_xmp(packet: bytes) -> dict[str, list[str]]:
    """Values by our name for the property, best source first. Raises ValueError when it is not well-formed XML."""
    if len(packet) > MOST_XMP_BYTES:
        raise ValueError("the XMP packet is too long")
    root = ElementTree.fromstring(packet.rstrip(b"\x00 \r\n\t"))
    found: dict[str, list[str]] = {}
    for node in root.iter(_RDF + "Description"):
        for ours, names in _PROPERTIES.items():
            for name in names:
                found.setdefault(ours, []).extend(_values(node, name))
    return found


def _values(node: Element, name: str) -> list[str]:
    """A property may be an attribute, plain text, a resource, or a list with languages (the default one first)."""
    values = [node.attrib[name]] if name in node.attrib else []
    for child in node.findall(name):
        items = sorted(child.iter(_RDF + "li"), key=lambda item: not _is_default(item))
        values.extend(text for item in items if (text := (item.text or item.get(_RDF + "resource") or "").strip()))
        if not items and (text := (child.text or child.get(_RDF + "resource") or "").strip()):
            values.append(text)
    return values


def _is_default(item: Element) -> bool:
    return item.get("{http://www.w3.org/XML/1998/namespace}lang", "x-default") == "x-default"
