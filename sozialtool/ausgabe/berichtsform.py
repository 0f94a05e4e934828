"""Elements of a Word report that python-docx has no word for: content controls, captions, contents, pictures, numbered heads.

Elements and their order: ISO/IEC 29500-1 (WordprocessingML). Everything here returns an element of lxml.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

from sozialtool.ausgabe.mappe import sauber
from sozialtool.ausgabe.stuecke import TAG_LAENGE, Bild, Tafel, hash_kurz
from sozialtool.ausgabe.wordteile import wortlaut

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMEN = " ".join(
    f'xmlns:{kurz}="{lang}"'
    for kurz, lang in {
        "w": _W,
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
"""Namespaces of everything that stands in a document."""
EMU = 36_000
"""English Metric Units per millimetre."""
TABELLENTEXT, TABELLENKOPF, QUELLE = "Tabellentext", "Tabellenkopf", "Quellenangabe"
"""Styles of our own."""
KOPFMASSE = {1: (16.0, 0), 2: (12.5, 14), 3: (11.0, 8)}
"""Level of a head → its size and the space before it, in points."""
KOPF_DANACH = 6
"""Points behind a head."""


def parse(text: str) -> Any:
    """Make an element from its XML without namespaces."""
    kopf, zeichen, rest = text.partition(" " if " " in text.partition(">")[0] else ">")
    return parse_xml(f"{kopf} {NAMEN}{zeichen}{rest}")


def lauf(text: str, eigenschaften: str = "") -> str:
    """Write a run: line breaks stay line breaks, number and unit stay on one line."""
    teile = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(t)}</w:t>' for t in wortlaut(text).split("\n"))
    rpr = f"<w:rPr>{eigenschaften}</w:rPr>" if eigenschaften else ""
    return f"<w:r>{rpr}{teile}</w:r>"


def kontrolle(name: str, tag: str, inhalt: str) -> str:
    """Write a content control around runs, a paragraph or a table; its frame is hidden while nobody stands in it."""
    nummer = int(hash_kurz(tag + name), 16) % 2_000_000_000 + 1
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(sauber(name)[:TAG_LAENGE])}/><w:tag w:val={quoteattr(sauber(tag))}/>"
        f'<w:id w:val="{nummer}"/></w:sdtPr><w:sdtContent>{inhalt}</w:sdtContent></w:sdt>'
    )


def lesezeichen(name: str, nummer: int, inhalt: str) -> str:
    """Write a bookmark around runs."""
    return f'<w:bookmarkStart w:id="{nummer}" w:name="{name}"/>{inhalt}<w:bookmarkEnd w:id="{nummer}"/>'


def absatz(inhalt: str, vorlage: str = "", form: str = "") -> str:
    """Write a paragraph in a style (by its id) with further properties behind it."""
    stil = f'<w:pStyle w:val="{vorlage}"/>' if vorlage else ""
    ppr = f"<w:pPr>{stil}{form}</w:pPr>" if stil or form else ""
    return f"<w:p>{ppr}{inhalt}</w:p>"


def zaehler(art: str, nummer: int) -> str:
    """Write "Tabelle 3: " with a field that counts on when she inserts a caption of her own."""
    feld = f'<w:fldSimple w:instr=" SEQ {art} \\* ARABIC ">{lauf(str(nummer))}</w:fldSimple>'
    return f"{lauf(f'{art} ')}{feld}{lauf(': ')}"


def zeichnung(bild: Bild, verweis: str, nummer: int) -> str:
    """Write a run with a picture, whose part of the package has the relationship `verweis`."""
    breite, hoehe = round(bild.bild.breite * EMU), round(bild.bild.hoehe * EMU)
    name, alt = quoteattr(sauber(bild.name)), quoteattr(sauber(bild.alt))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{breite}" cy="{hoehe}"/>'
        f'<wp:docPr id="{nummer}" name={name} descr={alt}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{nummer}" name={name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{verweis}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{breite}" cy="{hoehe}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def tabelle(tafel: Tafel, linie: str, band: str, marke: tuple[str, int] | None = None) -> str:
    """Write a table: its head is repeated on every page, no row is cut in two; `marke` is a bookmark in its first cell."""
    breiten = [round(b * 567) for b in tafel.breiten]
    raender = "".join(
        f'<w:{seite} w:val="single" w:sz="4" w:space="0" w:color="{linie}"/>' for seite in ("top", "bottom", "insideH")
    )
    spalten = "".join(f'<w:gridCol w:w="{b}"/>' for b in breiten)
    kopf = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(breiten)}" w:type="dxa"/><w:tblBorders>{raender}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" '
        f'w:firstRow="1"/><w:tblCaption w:val={quoteattr(sauber(tafel.name))}/><w:tblDescription w:val={quoteattr(sauber(tafel.beschreibung))}/>'
        f"</w:tblPr><w:tblGrid>{spalten}</w:tblGrid>"
    )
    zeilen = "".join(_tabellenzeile(tafel, nummer, breiten, band, marke) for nummer in range(len(tafel.zeilen) + 1))
    return f"{kopf}{zeilen}</w:tbl>"


def _tabellenzeile(tafel: Tafel, nummer: int, breiten: list[int], band: str, marke: tuple[str, int] | None) -> str:
    """Write a row; number 0 is the head."""
    ist_kopf = nummer == 0
    zeile = tafel.kopf if ist_kopf else tafel.zeilen[nummer - 1]
    zellen = []
    for ort, (text, breite) in enumerate(zip(zeile, breiten, strict=True)):
        fett = "<w:b/>" if not ist_kopf and ((ort == 0 and tafel.namen_fett) or nummer - 1 in tafel.fett) else ""
        inhalt = lauf(text, fett)
        if ist_kopf and ort == 0 and marke is not None:
            inhalt = lesezeichen(*marke, inhalt)
        grund = f'<w:shd w:val="clear" w:color="auto" w:fill="{band}"/><w:vAlign w:val="bottom"/>' if ist_kopf else ""
        rechts = '<w:jc w:val="right"/>' if ort in tafel.rechts else ""
        # No head stands alone at the foot of a page, and no source alone at the top of the next one.
        halten = "<w:keepNext/>" if nummer <= 1 or nummer == len(tafel.zeilen) else ""
        p = absatz(inhalt, TABELLENKOPF if ist_kopf else TABELLENTEXT, halten + rechts)
        zellen.append(f'<w:tc><w:tcPr><w:tcW w:w="{breite}" w:type="dxa"/>{grund}</w:tcPr>{p}</w:tc>')
    wieder = "<w:tblHeader/>" if ist_kopf else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{wieder}</w:trPr>{''.join(zellen)}</w:tr>"


def inhaltszeile(nummer: str, text: str, anker: str, seite: int) -> str:
    """Write one line of the contents: number, text, page, each a link to its head."""
    feld = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {anker} \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{lauf(str(seite))}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return f'<w:hyperlink w:anchor="{anker}" w:history="1">{lauf(nummer)}<w:r><w:tab/></w:r>{lauf(text)}<w:r><w:tab/></w:r>{feld}</w:hyperlink>'


def inhaltsfeld(zeilen: list[tuple[int, str]]) -> list[str]:
    """Write the contents as a field whose result is already there; `zeilen` are levels and their lines."""
    beginn = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    teile = [
        absatz((beginn if not nummer else "") + inhalt, f"toc{stufe}") for nummer, (stufe, inhalt) in enumerate(zeilen)
    ]
    # The end has a paragraph of its own, as in Word, but none that could begin another page.
    schmal = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return [*teile, absatz('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", schmal)]


def gliederung(nummer: int) -> str:
    """Describe the numbers of heads of level 1 and 2: "3", "3.2"."""
    stufen = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{weite}"/></w:tabs>'
        f'<w:ind w:left="{weite}" w:hanging="{weite}"/></w:pPr></w:lvl>'
        for n, (text, weite) in enumerate((("%1", 567), ("%1.%2", 794)))
    )
    return f'<w:abstractNum w:abstractNumId="{nummer}"><w:multiLevelType w:val="multilevel"/>{stufen}</w:abstractNum>'
