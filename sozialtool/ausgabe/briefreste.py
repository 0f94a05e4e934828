"""What of a letterhead must not go out with a document: comments, what only the sample used, settings that would hinder writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document

_EINSTELLUNGEN = ("w:documentProtection", "w:writeProtection", "w:trackRevisions", "w:mailMerge")
"""What is written is to be written on; and Word would ask for the addresses of a form letter at each opening."""
_KOMMENTARE = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
_NOTEN = {"/footnotes": ("w:footnoteReference", "w:footnote"), "/endnotes": ("w:endnoteReference", "w:endnote")}


def list_benutzte(dokument: Document) -> frozenset[str]:
    """The relations (pictures, heads, links …) that the text of a document names."""
    return frozenset(
        str(wert)
        for element in dokument.element.iter(etree.Element)
        for name, wert in element.attrib.items()
        if str(name).startswith(f"{{{nsmap['r']}}}")
    )


def drop_reste(dokument: Document, vorher: frozenset[str]) -> None:
    """Drop comments, parts that were named before the sample was taken out (`vorher`) and are no more, notes and settings."""
    for element in [*dokument.element.iter(*(qn(name) for name in _KOMMENTARE))]:
        element.getparent().remove(element)
    verweise = dokument.part.rels
    for schluessel in sorted(vorher - list_benutzte(dokument)):
        verweise.pop(schluessel, None)
    for schluessel in [s for s, verweis in verweise.items() if "/comments" in verweis.reltype]:
        verweise.pop(schluessel)
    for verweis in verweise.values():
        for ende, (hinweis, note) in _NOTEN.items():
            if verweis.reltype.endswith(ende) and not verweis.is_external:
                genannt = {e.get(qn("w:id")) for e in dokument.element.iter(qn(hinweis))}
                _drop_noten(verweis.target_part, qn(note), genannt)
    _drop_einstellungen(dokument)


def _drop_noten(teil: Any, name: str, genannt: set[str | None]) -> None:
    """Drop the notes that no text names any more; the lines that part them from the text have a type and stay."""
    wurzel = parse_xml(teil.blob)
    for note in wurzel.findall(name):
        if note.get(qn("w:type"), "normal") == "normal" and note.get(qn("w:id")) not in genannt:
            wurzel.remove(note)
    teil._blob = etree.tostring(wurzel, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001  # a part that python-docx does not know


def _drop_einstellungen(dokument: Document) -> None:
    einstellungen = dokument.settings.element
    for name in _EINSTELLUNGEN:
        for element in einstellungen.findall(qn(name)):
            einstellungen.remove(element)
    verweise = dokument.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for schluessel in [s for s, verweis in verweise.items() if "/mailMerge" in verweis.reltype]:
        verweise.pop(schluessel)
