"""What python-docx has no word for: language, repeated heads, alt texts, page numbers, the same bytes every time.

Elements and their order: ISO/IEC 29500-1 (WordprocessingML); names as python-docx takes them ("w:tblHeader").
"""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sozialtool.ausgabe.mappe import sauber
from sozialtool.fach.schreibweise import binde

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import CharacterStyle, ParagraphStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

SPRACHE = "de-DE"
_TABELLE = (
    "w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc",
    "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption",
    "w:tblDescription",
)  # fmt: skip
"""Order of the properties of a table (17.4.59); Word calls a file damaged that has another one."""
_RAENDER = ("top", "left", "bottom", "right", "insideH", "insideV")


_PROGRAMM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>sozialtool</Application></Properties>'
)


def wortlaut(text: str) -> str:
    """Return a text as it stands in Word: number and unit stay on one line. Names, titles of the file and alt texts do not need it."""
    return binde(sauber(text))


def wortlaute(teile: Sequence[str]) -> list[str]:
    """Return the parts of one paragraph as they stand in Word: a number may end one and its unit begin the next."""
    texte = [sauber(teil) for teil in teile]
    ganz, ende = binde("".join(texte)), list(itertools.accumulate(map(len, texte)))
    return [ganz[bis - len(text) : bis] for text, bis in zip(texte, ende, strict=True)]


def make(name: str, werte: Mapping[str, str] | None = None) -> Any:
    """Make an element with attributes, both named with their prefix: `make("w:lang", {"w:val": "de-DE"})`."""
    element = OxmlElement(name)
    for attribut, wert in (werte or {}).items():
        element.set(qn(attribut), wert)
    return element


def _put(eltern: Any, element: Any, folge: tuple[str, ...]) -> None:
    """Put a child at its place in the order of the standard, in the stead of one of the same name."""
    namen = [qn(name) for name in folge]
    for alt in eltern.findall(element.tag):
        eltern.remove(alt)
    danach = set(namen[namen.index(element.tag) + 1 :])
    nachfolger = next((kind for kind in eltern if kind.tag in danach), None)
    if nachfolger is None:
        eltern.append(element)
    else:
        nachfolger.addprevious(element)


def set_sprache(dokument: Document) -> None:
    """Make German the language of all text: spelling is checked and read aloud in it."""
    for sprache in dokument.styles.element.iter(qn("w:lang")):
        for name in ("w:val", "w:eastAsia"):
            sprache.set(qn(name), SPRACHE)
    for sprache in dokument.settings.element.iter(qn("w:themeFontLang")):
        sprache.set(qn("w:val"), SPRACHE)


def set_schrift(vorlage: CharacterStyle, schrift: str) -> None:
    """Set the font of a style, in the stead of the font of the theme; letters that the template sets apart close up."""
    eigenschaften = vorlage.element.get_or_add_rPr()
    for alt in eigenschaften.findall(qn("w:rFonts")):
        eigenschaften.remove(alt)
    for gesperrt in eigenschaften.findall(qn("w:spacing")):
        eigenschaften.remove(gesperrt)
    namen = {f"w:{art}": schrift for art in ("ascii", "hAnsi", "eastAsia", "cs")}
    eigenschaften.insert(0, make("w:rFonts", namen))


def set_tabelle(tabelle: Table, titel: str, beschreibung: str, linie: str) -> None:
    """Give a table its alt text and hairlines of one colour (`RRGGBB`; empty: none)."""
    eigenschaften = tabelle._tbl.tblPr  # noqa: SLF001  # python-docx has no door to it
    raender = make("w:tblBorders")
    art = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": linie} if linie else {"w:val": "nil"}
    for seite in _RAENDER:
        raender.append(make(f"w:{seite}", art))
    _put(eigenschaften, raender, _TABELLE)
    _put(eigenschaften, make("w:tblCaption", {"w:val": titel}), _TABELLE)
    _put(eigenschaften, make("w:tblDescription", {"w:val": beschreibung}), _TABELLE)


def set_kopfzeile(zeile: _Row) -> None:
    """Repeat a row on every page."""
    zeile._tr.get_or_add_trPr().append(make("w:tblHeader"))  # noqa: SLF001  # python-docx has no door to it


def keep_ganz(zeile: _Row) -> None:
    """Let no page break fall into a row."""
    zeile._tr.get_or_add_trPr().insert(0, make("w:cantSplit"))  # noqa: SLF001  # python-docx has no door to it


def set_grund(zelle: _Cell, farbe: str) -> None:
    """Set the background of a cell, `RRGGBB`."""
    grund = make("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": farbe})
    zelle._tc.get_or_add_tcPr().append(grund)  # noqa: SLF001  # python-docx has no door to it


def add_feld(absatz: Paragraph, anweisung: str) -> None:
    """Add a field that Word fills: PAGE, NUMPAGES."""
    feld = make("w:fldSimple", {"w:instr": anweisung})
    lauf, text = make("w:r"), make("w:t")
    text.text = "1"
    lauf.append(text)
    feld.append(lauf)
    absatz._p.append(feld)  # noqa: SLF001  # python-docx has no door to it


def set_gliederung(vorlage: ParagraphStyle, stufe: int) -> None:
    """Make the paragraphs of a style heads of a level, for the contents and for who reads by ear; 0: none."""
    if stufe:
        vorlage.element.get_or_add_pPr().append(make("w:outlineLvl", {"w:val": str(stufe - 1)}))


def set_punkt(vorlage: ParagraphStyle, nummer: int) -> None:
    """Make the paragraphs of a style points of the list with this number."""
    eigenschaften = vorlage.element.get_or_add_pPr().get_or_add_numPr()
    eigenschaften.get_or_add_numId().val = nummer


def add_liste(nummern: Any) -> int:
    """Add a list with points to the element w:numbering; return its number."""
    je_art = {name: nummern.findall(qn(name)) for name in ("w:abstractNum", "w:num")}
    form, neu = (
        1 + max((int(e.get(qn(feld), 0)) for e in je_art[name]), default=0)
        for name, feld in (("w:abstractNum", "w:abstractNumId"), ("w:num", "w:numId"))
    )
    ebene = make("w:lvl", {"w:ilvl": "0"})
    for name, wert in (("w:start", "1"), ("w:numFmt", "bullet"), ("w:lvlText", "•"), ("w:lvlJc", "left")):
        ebene.append(make(name, {"w:val": wert}))
    absatz = make("w:pPr")
    absatz.append(make("w:ind", {"w:left": "360", "w:hanging": "360"}))
    ebene.append(absatz)
    gestalt = make("w:abstractNum", {"w:abstractNumId": str(form)})
    gestalt.append(make("w:multiLevelType", {"w:val": "singleLevel"}))
    gestalt.append(ebene)
    # All w:abstractNum stand before the first w:num (17.9.17), and w:numIdMacAtCleanup behind them all.
    danach = [*je_art["w:num"], *nummern.findall(qn("w:numIdMacAtCleanup"))]
    if danach:
        danach[0].addprevious(gestalt)
    else:
        nummern.append(gestalt)
    verweis = make("w:num", {"w:numId": str(neu)})
    verweis.append(make("w:abstractNumId", {"w:val": str(form)}))
    (je_art["w:num"] or [gestalt])[-1].addnext(verweis)
    return neu


def drop_vorschau(dokument: Document) -> None:
    """Forget the preview picture of the empty document that python-docx begins with."""
    verweise = dokument.part.package.rels
    for schluessel in [s for s, verweis in verweise.items() if verweis.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        verweise.pop(schluessel)


def set_programm(dokument: Document) -> None:
    """Say which program wrote the file, in the stead of the one that wrote the empty document of python-docx (ISO/IEC 29500-1, 22.2)."""
    angaben = next(teil for teil in dokument.part.package.iter_parts() if teil.partname == "/docProps/app.xml")
    angaben._blob = _PROGRAMM.encode()  # noqa: SLF001  # python-docx has no door to it


def to_bytes(dokument: Document) -> bytes:
    """Return the file; without times and names of the machine, so that the same content gives the same bytes."""
    roh, fertig = io.BytesIO(), io.BytesIO()
    dokument.save(roh)
    with zipfile.ZipFile(roh) as alt, zipfile.ZipFile(fertig, "w", zipfile.ZIP_DEFLATED) as neu:
        for name in alt.namelist():
            angaben = zipfile.ZipInfo(name)  # its time is 1.1.1980
            angaben.compress_type = zipfile.ZIP_DEFLATED
            angaben.create_system = 3
            angaben.external_attr = 0o600 << 16
            neu.writestr(angaben, alt.read(name))
    return fertig.getvalue()
