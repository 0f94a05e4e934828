"""The styles of a letterhead: found under the names that Word stores or under German ones; missing ones are added.

Word stores English names for its own styles, whatever its language; people (and LibreOffice) give German ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Pt

from sozialtool.ausgabe import wordteile

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

_DEUTSCH = {
    "Title": ("Titel",), "Subtitle": ("Untertitel",), "Heading 1": ("Überschrift 1",), "Heading 2": ("Überschrift 2",),
    "Heading 3": ("Überschrift 3",), "List Bullet": ("Aufzählungszeichen", "Aufzählung"),
}  # fmt: skip
"""What people (and LibreOffice in German) call styles of their own."""
_NEUE = {
    "Title": (16, 0), "Subtitle": (12, 0), "Heading 1": (13, 1), "Heading 2": (12, 2), "Heading 3": (11, 3), "List Bullet": (0, 0),
}  # fmt: skip
"""Styles that are added where they are missing: points (0: as the text), level of the head (0: none)."""
_EIGEN = "Sozialtool"


def find_vorlage(dokument: Document, name: str) -> ParagraphStyle | None:
    """Find a paragraph style by its name in Word, or by a German one; None where there is none of that kind."""
    for wort in (name, *_DEUTSCH.get(name, ()), f"{_EIGEN} {name}"):
        for vorlage in dokument.styles:
            # By its type: python-docx lets a table style inherit from a paragraph style.
            if vorlage.type == WD_STYLE_TYPE.PARAGRAPH and (vorlage.name or "").casefold() == wort.casefold():
                return cast("ParagraphStyle", vorlage)
    return None


def add_vorlagen(dokument: Document) -> None:
    """Add the styles that are missing: plain, in the font of the letterhead, without a colour of their own."""
    namen = {(vorlage.name or "").casefold() for vorlage in dokument.styles}
    for name, (groesse, stufe) in _NEUE.items():
        if find_vorlage(dokument, name) is not None:
            continue
        vergeben = name.casefold() in namen  # by a style of another kind
        vorlage = _add(dokument, f"{_EIGEN} {name}" if vergeben else name, builtin=not vergeben)
        form = vorlage.paragraph_format
        form.space_before, form.space_after = Pt(10 if stufe else 0), Pt(4)
        if groesse:
            vorlage.font.size, vorlage.font.bold, form.keep_with_next = Pt(groesse), True, True
            wordteile.set_gliederung(vorlage, stufe)
        else:
            wordteile.set_punkt(vorlage, _add_liste(dokument))


def _add(dokument: Document, name: str, *, builtin: bool) -> ParagraphStyle:
    """Add a paragraph style on the ground of the usual one, under an identifier that no other style has."""
    vergeben = {v.get(qn("w:styleId"), "").casefold() for v in dokument.styles.element.findall(qn("w:style"))}
    neu = cast("ParagraphStyle", dokument.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin))
    kennung, nummer = neu.style_id, 1
    while neu.style_id.casefold() in vergeben:
        neu.element.styleId, nummer = f"{_EIGEN}{kennung}{nummer}", nummer + 1
    ueblich = cast("ParagraphStyle | None", dokument.styles.default(WD_STYLE_TYPE.PARAGRAPH))
    if ueblich is not None:
        neu.base_style = neu.next_paragraph_style = ueblich
    neu.quick_style = True
    return neu


def _add_liste(dokument: Document) -> int:
    """Add the definition of a plain list to the letterhead and return its number."""
    try:
        teil: Any = dokument.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        leer = wordteile.make("w:numbering")
        teil = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, leer, dokument.part.package)
        dokument.part.relate_to(teil, RELATIONSHIP_TYPE.NUMBERING)
    return wordteile.add_liste(teil.element)
