"""The parts of an Office package (xlsx, docx); of an xlsx what python-calamine keeps to itself: sheets, number formats, comments.

Layout: ECMA-376 part 1, sections 18.2 (workbook), 18.8 (styles), 18.7 (comments); strict packages differ in their
namespaces only. Runs in the child process, too (no attrs here).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from sozialtool.einlesen.xmlhilfe import Attribute, XmlFehler, iter_elements, parse_xml

EINGEBAUT = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0 ;(#,##0)",
              38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)"}  # fmt: skip
"""Built-in number formats that can change what is seen (ECMA-376 part 1, 18.8.30); dates come typed anyway."""


_KAPUTT = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, EOFError, ValueError)


class Paket:
    """An open package with names found regardless of case and of leading or backward slashes."""

    def __init__(self, inhalt: bytes) -> None:
        self.archiv = zipfile.ZipFile(io.BytesIO(inhalt))
        self._namen = {_normal(name): name for name in self.archiv.namelist()}

    @property
    def teile(self) -> frozenset[str]:
        """Names of all parts, in lower case and with forward slashes."""
        return frozenset(self._namen)

    def groesse(self, teil: str) -> int:
        """Return how many bytes a part has when unpacked; 0 when there is none."""
        name = self._namen.get(_normal(teil))
        return 0 if name is None else self.archiv.getinfo(name).file_size

    def read(self, teil: str) -> bytes | None:
        """Return a part, or None when there is none or it is damaged."""
        name = self._namen.get(_normal(teil))
        if name is None:
            return None
        try:
            return self.archiv.read(name)
        except _KAPUTT:
            return None

    def read_head(self, teil: str) -> bytes:
        """Return the first 4,096 bytes of a part; b"" when there is none or it is damaged."""
        name = self._namen.get(_normal(teil))
        if name is None:
            return b""
        try:
            with self.archiv.open(name) as strom:
                return strom.read(4096)
        except _KAPUTT:
            return b""

    def beziehungen(self, teil: str) -> dict[str, tuple[str, str]]:
        """Relations of a part: id → (last word of the type, part name)."""
        ordner, name = posixpath.split(_normal(teil))
        daten = self.read(f"{ordner}/_rels/{name}.rels")
        ziele = {}
        for _, attribute in _elements(daten, "Relationship"):
            ziel = attribute.get("Target", "").replace("\\", "/")
            pfad = ziel if ziel.startswith("/") else posixpath.normpath(f"{ordner}/{ziel}")
            ziele[attribute.get("Id", "")] = (attribute.get("Type", "").rpartition("/")[2], pfad)
        return ziele

    def blaetter(self) -> dict[str, str]:
        """Name of each sheet → its part."""
        mappe = next(
            (ziel for art, ziel in self.beziehungen("").values() if art == "officeDocument"), "xl/workbook.xml"
        )
        ziele = self.beziehungen(mappe)
        gefunden = {}
        for _, attribute in _elements(self.read(mappe), "sheet"):
            art, ziel = ziele.get(attribute.get("id", ""), ("", ""))
            if art == "worksheet":
                gefunden[attribute.get("name", "")] = ziel
        return gefunden

    def formate(self) -> list[str]:
        """Number format of each cell style, by its number; "" for formats that show the value as it is."""
        eigene: dict[int, str] = {}
        stile: list[str] = []
        in_xfs = False

        def start(name: str, attribute: Attribute) -> None:
            nonlocal in_xfs
            if name == "numFmt":
                eigene[_int(attribute.get("numFmtId"))] = attribute.get("formatCode", "")
            elif name == "cellXfs":
                in_xfs = True
            elif name == "xf" and in_xfs:
                nummer = _int(attribute.get("numFmtId"))
                stile.append(eigene.get(nummer, EINGEBAUT.get(nummer, "")))

        def end(name: str) -> None:
            nonlocal in_xfs
            if name == "cellXfs":
                in_xfs = False

        daten = self.read("xl/styles.xml")
        if daten:
            try:
                parse_xml(daten, start, end)
            except XmlFehler:
                return stile
        return stile

    def kommentare(self, teil: str) -> dict[str, str]:
        """Comments of a sheet: address → text."""
        gefunden: dict[str, str] = {}
        for art, ziel in self.beziehungen(teil).values():
            daten = self.read(ziel) if art == "comments" else None
            if daten:
                gefunden.update(_read_comments(daten))
        return gefunden


def _read_comments(daten: bytes) -> dict[str, str]:
    gefunden: dict[str, str] = {}
    ort, in_text = "", False

    def start(name: str, attribute: Attribute) -> None:
        nonlocal ort, in_text
        if name == "comment":
            ort = attribute.get("ref", "")
        in_text = name == "t"

    def end(_: str) -> None:
        nonlocal in_text
        in_text = False

    def text(stueck: str) -> None:
        if in_text and ort:
            gefunden[ort] = gefunden.get(ort, "") + stueck

    try:
        parse_xml(daten, start, end, text)
    except XmlFehler:
        return gefunden
    return gefunden


def _elements(daten: bytes | None, name: str) -> list[tuple[str, Attribute]]:
    if not daten:
        return []
    try:
        return list(iter_elements(daten, name))
    except XmlFehler:
        return []


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
