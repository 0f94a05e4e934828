"""A town's own letterhead (.docx, .dotx) as the base of a document: headers, footers, styles and page set-up stay as they are.

What stands on the page itself is taken for a sample and left out, unless a paragraph holds {Inhalt} and nothing else: then
everything before and after it stays, and the document is written in its place. Styles are looked for under the names that Word
stores (English for its own ones, whatever its language), then under German names that people gave; missing ones are added.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from lxml.etree import XMLSyntaxError

from sozialtool.ausgabe import wordteile
from sozialtool.fehler import DateiFehler, DateiFehlt, DateiGesperrt, DateiUnlesbar, grund_of
from sozialtool.orte import lang, zeige

if TYPE_CHECKING:
    from docx.document import Document

DATEI = "briefbogen.docx"
"""Name under which it lies beside the project."""
MARKE = "{Inhalt}"
_GROESSTE = 100_000_000
"""Bytes of all parts unpacked: a letterhead with pictures has a few millions."""
_VORLAGE, _DOKUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_OLE = b"\xd0\xcf\x11\xe0"
"""Beginning of an old .doc, and of a document that is protected by a password ([MS-OFFCRYPTO])."""
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
_A4 = (int(Cm(21)), int(Cm(2.5)), int(Cm(2.5)))
_SCHMALSTE = 8.0
"""Centimetres: below that no table of a paper could be read."""


@attrs.frozen
class Briefbogen:
    """A letterhead that was read and can be opened: its name for messages, its bytes."""

    name: str
    inhalt: bytes = attrs.field(repr=False)


def read_briefbogen(pfad: Path) -> Briefbogen:
    """Read a letterhead and make sure that it can be used.

    Raises:
        DateiFehlt, DateiGesperrt, DateiFehler: it cannot be read. DateiUnlesbar: BRIEF-ART, it is no Word file, or a damaged one.
    """
    try:
        inhalt = lang(pfad).read_bytes()
    except FileNotFoundError as fehler:
        raise DateiFehlt(
            f"Den Briefbogen „{zeige(pfad)}“ gibt es nicht.", "Name und Ordner prüfen.", "BRIEF-FEHLT"
        ) from fehler
    except PermissionError as fehler:
        raise DateiGesperrt(
            f"Der Briefbogen „{pfad.name}“ ist in Word geöffnet, oder Sie dürfen ihn nicht lesen.",
            "Bitte in Word schließen und noch einmal versuchen.",
            "BRIEF-GESPERRT",
        ) from fehler
    except OSError as fehler:
        raise DateiFehler(
            f"Der Briefbogen „{pfad.name}“ lässt sich nicht lesen ({grund_of(fehler)}).", "", "BRIEF-LESEN"
        ) from fehler
    bogen = Briefbogen(pfad.name, _as_dokument(inhalt, pfad.name))
    open_briefbogen(bogen)
    return bogen


def _as_dokument(inhalt: bytes, name: str) -> bytes:
    """Turn a template (.dotx) into a document; refuse what would unpack to far too much."""
    if inhalt.startswith(_OLE):
        raise _unusable(name, "Die Datei ist mit einem Kennwort geschützt oder ein altes Word-Format (.doc).")
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
            if sum(teil.file_size for teil in paket.infolist()) > _GROESSTE:
                raise _unusable(name, "Ausgepackt wäre die Datei viel zu groß.")
            arten = paket.read("[Content_Types].xml")
            if _VORLAGE not in arten:
                return inhalt
            neu = io.BytesIO()
            with zipfile.ZipFile(neu, "w", zipfile.ZIP_DEFLATED) as ziel:
                for teil in paket.namelist():
                    ziel.writestr(
                        teil, arten.replace(_VORLAGE, _DOKUMENT) if teil == "[Content_Types].xml" else paket.read(teil)
                    )
            return neu.getvalue()
    except (zipfile.BadZipFile, KeyError, zlib.error, RuntimeError, NotImplementedError, EOFError) as fehler:
        raise _unusable(name, "Die Datei ist beschädigt oder keine Word-Datei.") from fehler


def _unusable(name: str, warum: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"„{name}“ lässt sich nicht als Briefbogen verwenden. {warum}",
        "Bitte in Word öffnen und als Word-Dokument (.docx) ohne Kennwort und Makros speichern.",
        "BRIEF-ART",
    )


def open_briefbogen(bogen: Briefbogen) -> tuple[Document, list[Any]]:
    """Open a letterhead with an empty place for the text; return it and what follows behind that place.

    Raises:
        DateiUnlesbar: BRIEF-ART.
    """
    try:
        dokument = docx.Document(io.BytesIO(bogen.inhalt))
        danach = _make_room(dokument)
        _add_vorlagen(dokument)
    except (
        PackageNotFoundError,
        XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        zipfile.BadZipFile,
    ) as fehler:
        raise _unusable(bogen.name, "Die Datei ist beschädigt oder enthält Makros.") from fehler
    for schutz in dokument.settings.element.findall(qn("w:documentProtection")):
        dokument.settings.element.remove(schutz)  # what is written here is to be written on
    return dokument, danach


def _make_room(dokument: Document) -> list[Any]:
    """Clear the page, or the place of the mark; return what stands behind the mark, taken out."""
    rumpf = dokument.element.body
    ende = rumpf.find(qn("w:sectPr"))
    kinder = [kind for kind in rumpf if kind is not ende]
    stelle = next((i for i, k in enumerate(kinder) if k.tag == qn("w:p") and _text(k) == MARKE), None)
    if stelle is None:
        # Of several sections the first has the letterhead of page one; it becomes the only one.
        erste = next(iter(rumpf.iter(qn("w:sectPr"))), None)
        weg, danach = kinder, list[Any]()
        if erste is not None and erste is not ende:
            if ende is not None:
                rumpf.remove(ende)
            rumpf.append(erste)
    else:
        weg, danach = kinder[stelle : stelle + 1], kinder[stelle + 1 :]
    for kind in (*weg, *danach):
        rumpf.remove(kind)
    return danach


def _text(absatz: Any) -> str:
    return "".join(teil.text or "" for teil in absatz.iter(qn("w:t"))).strip()


def put_danach(dokument: Document, danach: list[Any]) -> None:
    """Put what follows the place of the text back behind it."""
    ende = dokument.element.body.find(qn("w:sectPr"))
    for kind in danach:
        if ende is None:
            dokument.element.body.append(kind)
        else:
            ende.addprevious(kind)


def find_vorlage(dokument: Document, name: str) -> ParagraphStyle | None:
    """Find a paragraph style by its name in Word, or by a German one; None where there is none of that kind."""
    for wort in (name, *_DEUTSCH.get(name, ()), f"{_EIGEN} {name}"):
        for vorlage in dokument.styles:
            if isinstance(vorlage, ParagraphStyle) and (vorlage.name or "").casefold() == wort.casefold():
                return vorlage
    return None


def get_breite(dokument: Document) -> float:
    """Centimetres between the margins of the page; those of A4 where the letterhead does not say."""
    seite = dokument.sections[-1]
    masse = [seite.page_width, seite.left_margin, seite.right_margin]
    breite, links, rechts = (
        int(mass) if mass is not None else vorgabe for mass, vorgabe in zip(masse, _A4, strict=True)
    )
    return max(_SCHMALSTE, round((breite - links - rechts) / int(Cm(1)), 2))


def _add_vorlagen(dokument: Document) -> None:
    """Add the styles that are missing: plain, in the font of the letterhead, without a colour of their own."""
    namen = {(vorlage.name or "").casefold() for vorlage in dokument.styles}
    for name, (groesse, stufe) in _NEUE.items():
        if find_vorlage(dokument, name) is not None:
            continue
        vergeben = name.casefold() in namen  # by a style of another kind
        vorlage = dokument.styles.add_style(
            f"{_EIGEN} {name}" if vergeben else name, WD_STYLE_TYPE.PARAGRAPH, builtin=not vergeben
        )
        assert isinstance(vorlage, ParagraphStyle)
        form = vorlage.paragraph_format
        form.space_before, form.space_after = Pt(10 if stufe else 0), Pt(4)
        if groesse:
            vorlage.font.size, vorlage.font.bold, form.keep_with_next = Pt(groesse), True, True
            wordteile.set_gliederung(vorlage, stufe)
        else:
            wordteile.set_punkt(vorlage, _add_liste(dokument))


def _add_liste(dokument: Document) -> int:
    """Add the definition of a plain list to the letterhead and return its number."""
    try:
        teil: Any = dokument.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        leer = wordteile.make("w:numbering")
        teil = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, leer, dokument.part.package)
        dokument.part.relate_to(teil, RELATIONSHIP_TYPE.NUMBERING)
    return wordteile.add_liste(teil.element)
