"""A Word file as a package of parts: read with care, changed in single parts, written with all others byte for byte as they came.

Open Packaging Conventions: ISO/IEC 29500-2. The file may have been saved by Word or LibreOffice, or come from anywhere.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml.etree import Element, SubElement, XMLParser, XMLSyntaxError, fromstring, tostring

from sozialtool.fehler import DateiGesperrt, DateiUnlesbar
from sozialtool.orte import explain_os_error, lang

_HAUPT = re.compile(r"word/document\d*\.xml")
"""Word in a browser numbers the main part."""
_TEILE = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")
HOECHSTENS = 300_000_000
"""Bytes of all parts unpacked; a report of hundreds of photographs stays below."""
_VERWEISE = "http://schemas.openxmlformats.org/package/2006/relationships"
_BILD = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
"""Attribute of a picture in the text that names its relationship."""
_ARTEN = "http://schemas.openxmlformats.org/package/2006/content-types"
STRENG = b"http://purl.oclc.org/ooxml/"
"""Beginning of the names in the strict edition of the standard (ISO/IEC 29500-1, annex A), which python-docx cannot read."""
OLE = b"\xd0\xcf\x11\xe0"
"""Beginning of an old .doc, and of a document that is protected by a password ([MS-OFFCRYPTO])."""


class Wortpaket:
    """The parts of a .docx; those with text are parsed when they are asked for, and written again only then."""

    def __init__(self, pfad: Path) -> None:
        """Read a file.

        Raises:
            DateiFehlt: it is not there. DateiGesperrt: it is open in Word. DateiUnlesbar: no .docx, damaged, encrypted, too large.
        """
        self._name = pfad.name
        zeichen = (f"~${pfad.name[2:]}", f"~${pfad.name}", f".~lock.{pfad.name}#")  # of Word, and of LibreOffice
        if any(lang(pfad).parent.joinpath(name).exists() for name in zeichen):
            raise DateiGesperrt(
                f"„{pfad.name}“ ist noch in Word oder LibreOffice geöffnet.", "Bitte dort speichern und schließen, dann noch einmal.", "BERICHT-OFFEN"
            )  # fmt: skip
        try:
            roh = lang(pfad).read_bytes()
        except (OSError, ValueError) as ursache:
            raise explain_os_error(pfad, ursache, "BERICHT") from ursache
        self._eintraege = self._unpack(roh)
        self._baeume: dict[str, Any] = {}
        self._neue = 0

    def _unpack(self, roh: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
        if roh.startswith(OLE):
            raise self._unreadable("ist mit einem Kennwort geschützt oder im alten Format .doc gespeichert")
        try:
            with zipfile.ZipFile(io.BytesIO(roh)) as paket:
                if sum(angabe.file_size for angabe in paket.infolist()) > HOECHSTENS:
                    raise self._unreadable("ist ausgepackt zu groß")
                eintraege = [(angabe, paket.read(angabe)) for angabe in paket.infolist()]
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as fehler:
            raise self._unreadable("ist kein Word-Dokument (.docx) oder beschädigt") from fehler
        haupt = next((inhalt for angabe, inhalt in eintraege if _HAUPT.fullmatch(angabe.filename)), None)
        if haupt is None:
            raise self._unreadable("ist kein Word-Dokument (.docx)")
        if STRENG in haupt[:3000]:
            raise self._unreadable("ist als „Strict Open XML“ gespeichert; bitte in Word als „Word-Dokument“ speichern")
        return eintraege

    def _unreadable(self, warum: str) -> DateiUnlesbar:
        return DateiUnlesbar(f"„{self._name}“ {warum}.", "Bitte den Sozialbericht als .docx angeben.", "BERICHT-DATEI")

    @property
    def textteile(self) -> list[str]:
        """Names of the parts that hold text: body, heads and feet of pages, notes."""
        namen = [angabe.filename for angabe, _ in self._eintraege]
        return sorted(
            (n for n in namen if n.startswith(_TEILE) and n.endswith(".xml")),
            key=lambda n: (_HAUPT.fullmatch(n) is None, n),
        )

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part; None where there is none."""
        return next((inhalt for angabe, inhalt in self._eintraege if angabe.filename == name), None)

    def baum(self, name: str) -> Any:
        """Parse a part; what is changed in the tree is written.

        Raises:
            DateiUnlesbar: it is no XML, or one with a DTD, which no Word document has.
        """
        if name not in self._baeume:
            roh = self.read(name) or b""
            if b"<!DOCTYPE" in roh or b"<!ENTITY" in roh:
                raise self._unreadable("enthält, was kein Word-Dokument enthält (DTD)")
            try:
                self._baeume[name] = fromstring(roh, XMLParser(resolve_entities=False, no_network=True))
            except XMLSyntaxError as fehler:
                raise self._unreadable("ist beschädigt") from fehler
        return self._baeume[name]

    def find_bild(self, teil: str, verweis: str) -> tuple[str, bytes]:
        """Return name and bytes of a picture by its relationship in a part; empty where it does not lie in the file."""
        for eintrag in self.baum(_rels(teil)) if self.read(_rels(teil)) is not None else ():
            if eintrag.get("Id") == verweis and eintrag.get("TargetMode") != "External":
                ziel = eintrag.get("Target", "")
                name = (
                    ziel.lstrip("/")
                    if ziel.startswith("/")
                    else posixpath.normpath(posixpath.join(posixpath.dirname(teil), ziel))
                )
                return name, self.read(name) or b""
        return "", b""

    def add_bild(self, teil: str, inhalt: bytes) -> str:
        """Add a picture and return its new relationship in a part."""
        namen = {angabe.filename for angabe, _ in self._eintraege}
        while (name := f"word/media/sozialtool{self._neue}.emf") in namen:
            self._neue += 1
        self._put(name, inhalt)
        verweise = self.baum(_rels(teil))
        schon = {eintrag.get("Id") for eintrag in verweise}
        nummer = next(n for n in range(1, len(schon) + 2) if f"rIdSozial{n}" not in schon)
        SubElement(
            verweise, f"{{{_VERWEISE}}}Relationship", Id=f"rIdSozial{nummer}", Type=_BILD, Target=posixpath.relpath(name, posixpath.dirname(teil))
        )  # fmt: skip
        arten = self.baum("[Content_Types].xml")
        if not any(e.get("Extension", "").casefold() == "emf" for e in arten):
            arten.insert(0, Element(f"{{{_ARTEN}}}Default", Extension="emf", ContentType="image/x-emf"))
        return f"rIdSozial{nummer}"

    def drop_bild(self, teil: str, verweis: str) -> None:
        """Forget a picture that nobody shows any more: an old figure must not stay in the file."""
        name, _ = self.find_bild(teil, verweis)
        if not name or any(e.get(EMBED) == verweis for e in self.baum(teil).iter() if isinstance(e.tag, str)):
            return
        for eintrag in list(self.baum(_rels(teil))):
            if eintrag.get("Id") == verweis:
                eintrag.getparent().remove(eintrag)
        basis = posixpath.basename(name).encode()
        gebraucht = any(basis in self._bytes(a.filename, i) for a, i in self._eintraege if a.filename.endswith(".rels"))
        if not gebraucht:
            self._eintraege = [(a, i) for a, i in self._eintraege if a.filename != name]

    def replace(self, name: str, inhalt: bytes) -> None:
        """Put other bytes in the place of a part."""
        self._baeume.pop(name, None)
        self._eintraege = [(a, inhalt if a.filename == name else i) for a, i in self._eintraege]

    def find_namen(self, anfang: str, enthaelt: bytes) -> list[str]:
        """Return the names of the parts in a folder that contain some bytes."""
        return [a.filename for a, i in self._eintraege if a.filename.startswith(anfang) and enthaelt in i]

    def _put(self, name: str, inhalt: bytes) -> None:
        angabe = zipfile.ZipInfo(name)
        angabe.compress_type = zipfile.ZIP_DEFLATED
        self._eintraege.append((angabe, inhalt))

    def _bytes(self, name: str, roh: bytes) -> bytes:
        if name not in self._baeume:
            return roh
        fertig: bytes = tostring(self._baeume[name], xml_declaration=True, encoding="UTF-8", standalone=True)
        return fertig

    def to_bytes(self) -> bytes:
        """Return the file."""
        fertig = io.BytesIO()
        with zipfile.ZipFile(fertig, "w", zipfile.ZIP_DEFLATED) as paket:
            for angabe, roh in self._eintraege:
                paket.writestr(angabe, self._bytes(angabe.filename, roh), zipfile.ZIP_DEFLATED)
        return fertig.getvalue()


def _rels(teil: str) -> str:
    ordner, name = posixpath.split(teil)
    return f"{ordner}/_rels/{name}.rels"
