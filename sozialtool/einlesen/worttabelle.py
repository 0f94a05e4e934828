"""Tables of a foreign Word document: rows, cells and their paragraphs, nothing else of it.

Layout: ECMA-376 part 1, section 17.4 (tables: gridSpan, vMerge, gridBefore), 17.3 (paragraphs, breaks), 17.13.5 (tracked changes: what is
deleted or moved away is not read). Read with expat, which refuses document types; nothing in the document is ever run.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import attrs

from sozialtool.einlesen.ole import OLE_ANFANG
from sozialtool.einlesen.paket import Paket
from sozialtool.einlesen.xmlhilfe import Attribute, XmlFehler, parse_xml
from sozialtool.fehler import DateiUnlesbar
from sozialtool.orte import explain_os_error, lang

_GROESSTE = 50 * 1024 * 1024
"""Bytes of a document, and of its text when unpacked; a council paper has a hundredth of it."""
_TIEFSTE = 200
"""Elements inside each other; real documents have some thirty."""
_MEISTE = 1_000_000
"""Elements of a document: a tree of some 200 MB. Empty ones take 4 bytes each, so that bytes alone are no limit."""
_HAUPT, _VERWEISE = "word/document.xml", "_rels/.rels"
_UNGELESEN = frozenset({"del", "moveFrom", "Fallback"})
"""Tracked deletions, and the second edition of drawings for older programs."""
_LISTENART = re.compile("list|aufz", re.IGNORECASE)
_NEU_SPEICHERN = "In Word öffnen und als „Word-Dokument (*.docx)“ speichern, dann diese Datei einlesen."


@attrs.frozen
class Wortabsatz:
    """One paragraph of a cell; a manual break is a line break in it. `liste`: Word itself puts a point or number before it."""

    text: str
    liste: bool


Wortzeile = tuple[tuple[Wortabsatz, ...], ...]
"""Cells by their column in the grid; what a merged cell covers is empty."""


def read_worttabellen(pfad: Path | str) -> tuple[tuple[Wortzeile, ...], ...] | None:
    """Read the tables of a Word document in their order, those inside other tables as text of their cell; None for what is no Word document.

    Raises:
        DateiFehlt, DateiGesperrt: as the system says. DateiUnlesbar: WORT-ALT (.doc), -MAKROS, -KENNWORT, -KAPUTT, -ZU-GROSS, -FREMD.
    """
    datei = lang(pfad)
    if datei.name.startswith("~$"):
        raise DateiUnlesbar(
            f"„{datei.name}“ ist nur die Merkdatei, die Word oder Excel anlegt, solange eine Datei offen ist.",
            "Die Datei ohne „~$“ im Namen einlesen.",
            "WORT-FREMD",
        )
    try:
        with datei.open("rb") as strom:
            inhalt = strom.read(_GROESSTE + 1)
    except (OSError, ValueError) as ursache:
        raise explain_os_error(datei, ursache) from ursache
    paket = _open(datei.name, inhalt)
    return None if paket is None else tuple(_read_tabellen(_read_dokument(datei.name, paket)))


def _open(name: str, inhalt: bytes) -> Paket | None:
    """Open the package; None for a file that other readers know."""
    heisst_wort = name.casefold().endswith((".docx", ".docm", ".dotx"))
    if inhalt.startswith(OLE_ANFANG):
        _check_ole(name, inhalt, heisst_wort=heisst_wort)
        return None
    if not inhalt.startswith(b"PK"):
        if heisst_wort:
            raise _damaged(name)
        return None
    if len(inhalt) > _GROESSTE:
        if heisst_wort:
            raise _too_large(name)
        return None
    try:
        paket = Paket(inhalt)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as ursache:
        if heisst_wort:
            raise _damaged(name) from ursache
        return None
    if not heisst_wort and not any(teil.startswith("word/") for teil in paket.teile):
        return None
    if any(teil.endswith("vbaproject.bin") for teil in paket.teile):
        raise DateiUnlesbar(f"„{name}“ enthält Makros.", _NEU_SPEICHERN, "WORT-MAKROS")
    return paket


def _check_ole(name: str, inhalt: bytes, *, heisst_wort: bool) -> None:
    """Say of an old or encrypted document what to do; other old files are left to the reader of workbooks."""
    if heisst_wort:
        raise DateiUnlesbar(
            f"„{name}“ ist mit einem Kennwort verschlüsselt oder ein Word-Dokument alter Form.",
            _NEU_SPEICHERN,
            "WORT-KENNWORT",
        )
    if "WordDocument".encode("utf-16-le") in inhalt:
        raise DateiUnlesbar(f"„{name}“ ist ein Word-Dokument alter Form (.doc).", _NEU_SPEICHERN, "WORT-ALT")


def _damaged(name: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"„{name}“ ist beschädigt oder kein Word-Dokument.",
        "In Word öffnen und neu speichern – oder den Absender um eine neue Datei bitten.",
        "WORT-KAPUTT",
    )


def _too_large(name: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"„{name}“ ist zu groß (gelesen wird bis {_GROESSTE // 1024**2} MB) oder enthält zu viel.",
        "In Word nur die Tabelle in ein neues Dokument kopieren und dieses einlesen.",
        "WORT-ZU-GROSS",
    )


# -- the document as a small tree -------------------------------------------------------------------------------------


@attrs.define
class _Knoten:
    """An element: its name without prefix, its attribute w:val ("" without one), elements and texts inside."""

    name: str
    wert: str = ""
    inhalt: list[_Knoten | str] = attrs.field(factory=list)

    def find(self, *weg: str) -> _Knoten | None:
        """Follow the first child of each name."""
        ort: _Knoten | None = self
        for name in weg:
            ort = next((k for k in ort.inhalt if isinstance(k, _Knoten) and k.name == name), None) if ort else None
        return ort

    def list_all(self, name: str) -> Iterator[_Knoten]:
        """List elements of a name below this one; not those inside each other, nor what was deleted."""
        for kind in self.inhalt:
            if isinstance(kind, str) or kind.name in _UNGELESEN:
                continue
            if kind.name == name:
                yield kind
            else:
                yield from kind.list_all(name)


def _read_dokument(name: str, paket: Paket) -> _Knoten:
    if paket.groesse(_VERWEISE) > _GROESSTE:
        raise _too_large(name)
    teil = next((ziel for art, ziel in paket.beziehungen("").values() if art == "officeDocument"), _HAUPT)
    if paket.groesse(teil) > _GROESSTE:
        raise _too_large(name)
    daten = paket.read(teil)
    if not daten:
        raise _damaged(name)
    wurzel = _Knoten("")
    stapel, anzahl = [wurzel], 0

    def start(was: str, attribute: Attribute) -> None:
        nonlocal anzahl
        anzahl += 1
        if anzahl > _MEISTE:
            raise _too_large(name)
        if len(stapel) > _TIEFSTE:
            raise XmlFehler("too deep")
        knoten = _Knoten(was, next((wert for wie, wert in attribute.items() if wie.rpartition(":")[2] == "val"), ""))
        stapel[-1].inhalt.append(knoten)
        stapel.append(knoten)

    def end(_: str) -> None:
        stapel.pop()

    def text(stueck: str) -> None:
        if stapel[-1].name == "t":
            stapel[-1].inhalt.append(stueck)

    try:
        parse_xml(daten, start, end, text)
    except XmlFehler as ursache:
        raise _damaged(name) from ursache
    return wurzel


def _read_tabellen(wurzel: _Knoten) -> Iterator[tuple[Wortzeile, ...]]:
    for tabelle in wurzel.list_all("tbl"):
        yield tuple(_read_zeile(zeile) for zeile in tabelle.list_all("tr") if zeile.find("trPr", "del") is None)


def _read_zeile(zeile: _Knoten) -> Wortzeile:
    zellen: list[tuple[Wortabsatz, ...]] = [()] * _number(zeile.find("trPr", "gridBefore"), 0)
    for zelle in zeile.list_all("tc"):
        verbunden = zelle.find("tcPr", "vMerge")
        weiter = verbunden is not None and verbunden.wert != "restart"
        zellen.append(() if weiter else tuple(filter(lambda a: a.text, map(_read_absatz, zelle.list_all("p")))))
        zellen += [()] * (_number(zelle.find("tcPr", "gridSpan"), 1) - 1)
    return tuple(zellen)


def _number(knoten: _Knoten | None, sonst: int) -> int:
    wert = knoten.wert if knoten is not None else ""
    return min(int(wert), 63) if wert.isascii() and wert.isdigit() else sonst  # Word holds up to 63 columns


def _read_absatz(absatz: _Knoten) -> Wortabsatz:
    text = re.sub(r"[^\S\n]+", " ", "".join(_list_text(absatz)).replace("\N{SOFT HYPHEN}", ""))
    vorlage = absatz.find("pPr", "pStyle")
    liste = absatz.find("pPr", "numPr") is not None or (
        vorlage is not None and _LISTENART.search(vorlage.wert) is not None
    )
    return Wortabsatz("\n".join(filter(None, (zeile.strip() for zeile in text.split("\n")))), liste)


_ZEICHEN = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "•"}
"""Elements that stand for a character; a symbol of another font is a point that somebody typed."""


def _list_text(knoten: _Knoten) -> Iterator[str]:
    for kind in knoten.inhalt:
        if isinstance(kind, str):
            yield kind
        elif kind.name in _ZEICHEN:
            yield _ZEICHEN[kind.name]
        elif kind.name not in _UNGELESEN and kind.name not in ("p", "pPr", "rPr"):
            yield from _list_text(kind)
