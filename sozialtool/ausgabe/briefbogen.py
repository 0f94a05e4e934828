"""A town's own letterhead (.docx, .dotx) as the base of a document: headers, footers, styles and page set-up stay as they are.

What stands on the page itself is taken for a sample and left out, unless a paragraph holds {Inhalt} and nothing else: then
everything before and after it stays, and the document is written in its place (`briefplatz`). Styles: `briefvorlagen`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import XmlchemyError
from lxml.etree import XMLSyntaxError

from sozialtool.ausgabe import wordteile
from sozialtool.ausgabe.briefplatz import Platz, find_platz
from sozialtool.ausgabe.briefreste import drop_reste, list_benutzte
from sozialtool.ausgabe.briefvorlagen import add_vorlagen
from sozialtool.ausgabe.wortpaket import OLE, STRENG
from sozialtool.fehler import DateiUnlesbar
from sozialtool.orte import explain_os_error, lang

if TYPE_CHECKING:
    from docx.document import Document

DATEI = "briefbogen.docx"
"""Name under which it lies beside the project."""
_SCHADEN = (
    PackageNotFoundError, PythonDocxError, XmlchemyError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, IndexError,
    TypeError,
)  # fmt: skip
"""What python-docx raises at a damaged file."""
_GROESSTE = 100_000_000
"""Bytes of all parts unpacked: a letterhead with pictures has a few millions."""
_VORLAGE, _DOKUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
_MAKROS = b".macroEnabled"
"""Parts of the content types: of a template, of a document, of both with macros."""


@attrs.frozen
class Briefbogen:
    """A letterhead that was read and can be opened: its name for messages, its bytes, German sentences about it."""

    name: str
    inhalt: bytes = attrs.field(repr=False)
    hinweise: tuple[str, ...] = ()


def read_briefbogen(pfad: Path) -> Briefbogen:
    """Read a letterhead and make sure that it can be used.

    Raises:
        DateiFehlt, DateiGesperrt, DateiFehler: it cannot be read. DateiUnlesbar: BRIEF-ART, it is no Word file, or a damaged one;
            BRIEF-MARKE, {Inhalt} stands where no text can; BRIEF-SCHMAL, there is too little room.
    """
    try:
        inhalt = lang(pfad).read_bytes()
    except (OSError, ValueError) as ursache:
        raise explain_os_error(pfad, ursache, "BRIEF") from ursache
    bogen = Briefbogen(pfad.name, _as_dokument(inhalt, pfad.name))
    dokument, platz = open_briefbogen(bogen)
    _try(dokument, bogen.name)
    return attrs.evolve(bogen, hinweise=platz.hinweise)


def _try(dokument: Document, name: str) -> None:
    """Write a line into a letterhead and pack it: some damage is seen only then, when a paper is half written."""
    try:
        dokument.add_paragraph(dokument.core_properties.title)
        wordteile.set_sprache(dokument)
        wordteile.to_bytes(dokument)
    except _SCHADEN as fehler:
        raise _damaged(name) from fehler


def _as_dokument(inhalt: bytes, name: str) -> bytes:
    """Turn a template (.dotx) into a document; refuse what would unpack to far too much."""
    if inhalt.startswith(OLE):
        raise _unusable(name, "Die Datei ist mit einem Kennwort geschützt oder ein altes Word-Format (.doc).")
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
            if sum(teil.file_size for teil in paket.infolist()) > _GROESSTE:
                raise _unusable(name, "Ausgepackt wäre die Datei viel zu groß.")
            arten = paket.read("[Content_Types].xml")
            if _MAKROS in arten or any(teil.casefold().endswith("vbaproject.bin") for teil in paket.namelist()):
                raise _unusable(name, "Die Datei enthält Makros.")
            if STRENG in paket.read("_rels/.rels"):
                raise _unusable(name, "Die Datei ist als „Strict Open XML-Dokument“ gespeichert.")
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


def _damaged(name: str) -> DateiUnlesbar:
    return _unusable(name, "Die Datei ist beschädigt oder kein gewöhnliches Word-Dokument.")


def _unusable(name: str, warum: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"„{name}“ lässt sich nicht als Briefbogen verwenden. {warum}",
        "Bitte in Word öffnen und als Word-Dokument (.docx) ohne Kennwort und Makros speichern.",
        "BRIEF-ART",
    )


def open_briefbogen(bogen: Briefbogen) -> tuple[Document, Platz]:
    """Open a letterhead with an empty place for the text; return it and the place.

    Raises:
        DateiUnlesbar: BRIEF-ART, BRIEF-MARKE, BRIEF-SCHMAL.
    """
    try:
        dokument = docx.Document(io.BytesIO(bogen.inhalt))
        benutzt = list_benutzte(dokument)
        platz = find_platz(dokument, bogen.name)
        drop_reste(dokument, benutzt)
        add_vorlagen(dokument)
    except _SCHADEN as fehler:
        raise _damaged(bogen.name) from fehler
    return dokument, platz
