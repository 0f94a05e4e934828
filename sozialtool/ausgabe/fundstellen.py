"""Where the pieces of a report stand in a Word document that a person has edited: content controls first, then bookmarks.

A place is a table, or the runs of a text or picture. Runs in a tracked deletion are no longer there; runs in a tracked insertion are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from sozialtool.ausgabe.stuecke import Marke, read_lesezeichen, read_tag, tafeltext
from sozialtool.fach.schreibweise import FEST

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PLATZ = re.compile(r"\{[^{}]{1,80}\}")


@attrs.define(eq=False)
class Fundstelle:
    """A piece in the document: its mark, the part it stands in, its runs or its table, the elements that carry the mark."""

    marke: Marke
    teil: str
    laeufe: list[Any]
    tabelle: Any = None
    sdt: Any = None
    lesezeichen: Any = None

    @property
    def text(self) -> str:
        """What stands there now; a space is a space: people and LibreOffice exchange those that break no line."""
        if self.tabelle is not None:
            return tafeltext(read_zellen(self.tabelle))
        return read_text(self.laeufe).replace(FEST, " ")

    @property
    def blip(self) -> Any:
        """The reference to the picture; None for a text."""
        return next((b for lauf in self.laeufe for b in lauf.iter(_BLIP)), None)

    @property
    def docpr(self) -> Any:
        """The element with the alternative text; None for a text."""
        return next((d for lauf in self.laeufe for d in lauf.iter(_DOCPR)), None)


def read_text(laeufe: Iterable[Any]) -> str:
    """Return the text of runs; a new paragraph between two of them is a line break."""
    teile: list[str] = []
    absatz = None
    for lauf in laeufe:
        eigener = next(lauf.iterancestors(f"{W}p"), None)
        if absatz is not None and eigener is not absatz:
            teile.append("\n")
        absatz = eigener
        teile += [_zeichen(kind) for kind in lauf]
    return "".join(teile)


def _zeichen(kind: Any) -> str:
    if kind.tag == f"{W}t":
        return kind.text or ""
    return {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "‑"}.get(kind.tag, "")


def read_zellen(tabelle: Any) -> list[list[str]]:
    """Return the texts of the cells of a table, row by row."""
    return [
        ["\n".join(read_text(_live(p.iter(f"{W}r"))) for p in zelle.iter(f"{W}p")) for zelle in zeile.iterchildren(f"{W}tc", f"{W}sdt")]
        for zeile in tabelle.iter(f"{W}tr")
    ]  # fmt: skip


def _live(laeufe: Iterable[Any]) -> list[Any]:
    """Leave out runs that a tracked change has deleted or moved away."""
    weg = {f"{W}del", f"{W}moveFrom"}
    return [lauf for lauf in laeufe if not any(eltern.tag in weg for eltern in lauf.iterancestors())]


def find_stellen(wurzel: Any, teil: str, ags: str) -> list[Fundstelle]:
    """List the pieces of one part in the order of reading; a bookmark within a content control of ours is the same piece."""
    stellen: list[Fundstelle] = []
    bekannt: dict[Any, Fundstelle] = {}  # the runs are kept as well: lxml makes a new object of one that nobody holds
    for sdt in wurzel.iter(f"{W}sdt"):
        tag = sdt.find(f"{W}sdtPr/{W}tag")
        marke = read_tag(tag.get(f"{W}val", "")) if tag is not None else None
        inhalt = sdt.find(f"{W}sdtContent")
        if marke is None or inhalt is None:
            continue
        stelle = _make_stelle(marke, teil, inhalt.iter(f"{W}tbl"), inhalt.iter(f"{W}r"), sdt)
        stellen.append(stelle)
        bekannt |= dict.fromkeys(_carriers(stelle), stelle)
    for beginn, laeufe in _read_lesezeichen(wurzel):
        marke = read_lesezeichen(beginn.get(f"{W}name", ""), ags)
        if marke is None:
            continue
        schon = next((bekannt[lauf] for lauf in laeufe if lauf in bekannt), None)
        if schon is not None:
            schon.lesezeichen = beginn if schon.lesezeichen is None else schon.lesezeichen
        elif laeufe or _find_tafel(beginn):
            tabelle = _find_tafel(beginn)
            stellen.append(Fundstelle(marke, teil, _live(laeufe), next(iter(tabelle), None), None, beginn))
    return stellen


def find_leere(wurzel: Any, teil: str, ags: str, stellen: Iterable[Fundstelle]) -> list[Fundstelle]:
    """List bookmarks of this town that belong to none of the pieces: their text was deleted, the name has stayed."""
    eigene = {stelle.lesezeichen for stelle in stellen}
    leere = []
    for beginn in wurzel.iter(f"{W}bookmarkStart"):
        marke = read_lesezeichen(beginn.get(f"{W}name", ""), ags)
        if marke is not None and marke.ags == ags and beginn not in eigene:
            leere.append(Fundstelle(marke, teil, [], lesezeichen=beginn))
    return leere


def _carriers(stelle: Fundstelle) -> Iterable[Any]:
    return stelle.laeufe if stelle.tabelle is None else stelle.tabelle.iter(f"{W}r")


def _make_stelle(marke: Marke, teil: str, tabellen: Iterable[Any], laeufe: Iterable[Any], sdt: Any) -> Fundstelle:
    tabelle = next(iter(tabellen), None)
    return Fundstelle(marke, teil, [] if tabelle is not None else _live(laeufe), tabelle, sdt)


def _find_tafel(beginn: Any) -> list[Any]:
    """Return the table whose first cell a bookmark marks; LibreOffice may have drawn its two ends together."""
    for tabelle in beginn.iterancestors(f"{W}tbl"):
        erste = next(tabelle.iter(f"{W}tc"), None)
        if erste is not None and any(eltern is erste for eltern in beginn.iterancestors()):
            return [tabelle]
    return []


def _read_lesezeichen(wurzel: Any) -> Iterator[tuple[Any, list[Any]]]:
    """List bookmarks with the runs between their two ends, wherever Word or LibreOffice has put these."""
    offen: dict[str, tuple[Any, list[Any]]] = {}
    for element in wurzel.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}r"):
        if element.tag == f"{W}r":
            for _, laeufe in offen.values():
                laeufe.append(element)
        elif element.tag == f"{W}bookmarkStart":
            offen[element.get(f"{W}id", "")] = (element, [])
        elif (paar := offen.pop(element.get(f"{W}id", ""), None)) is not None:
            yield paar


def find_plaetze(wurzel: Any, stellen: Iterable[Fundstelle]) -> Iterator[tuple[list[Any], int, str]]:
    """List places such as {A07 Rheinfeld Nord} that she typed: runs of the paragraph, where it begins in their text, the place."""
    eigene = {lauf for stelle in stellen for lauf in _carriers(stelle)}
    for absatz in wurzel.iter(f"{W}p"):
        laeufe = [
            lauf for lauf in _live(absatz.iter(f"{W}r"))
            if lauf not in eigene and next(lauf.iterancestors(f"{W}p")) is absatz
        ]  # fmt: skip
        text = read_text(laeufe)
        if "{" in text:
            # From the end: what is put in the place of one does not move those before it.
            for treffer in reversed(list(_PLATZ.finditer(text))):
                yield laeufe, treffer.start(), treffer.group()


def replace_text(laeufe: list[Any], ab: int, laenge: int, text: str) -> Any:
    """Put `text` in the place of `laenge` characters from `ab` on; formats stay those of the first run touched, which is returned."""
    ort, erster, absatz = 0, None, None
    for lauf in laeufe:
        eigener = next(lauf.iterancestors(f"{W}p"), None)
        ort += absatz is not None and eigener is not absatz  # the line break of `read_text`
        absatz = eigener
        eigen = "".join(_zeichen(kind) for kind in lauf)
        von, bis = max(ab - ort, 0), min(ab + laenge - ort, len(eigen))
        if von < bis:
            set_text(lauf, eigen[:von] + (text if erster is None else "") + eigen[bis:])
            erster = lauf if erster is None else erster
        ort += len(eigen)
    return erster


_TEXT = {f"{W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen")}


def set_text(lauf: Any, text: str) -> None:
    """Give a run this text; its format and whatever else is in it (pictures, notes) stay."""
    alte = [kind for kind in lauf if kind.tag in _TEXT]
    stelle = lauf.index(alte[0]) if alte else len(lauf)
    for kind in alte:
        lauf.remove(kind)
    for neu in reversed(list(_make_text(lauf, text))):
        lauf.insert(stelle, neu)


def _make_text(lauf: Any, text: str) -> Iterator[Any]:
    """Make the elements of a text; line breaks and tabs become what Word has for them."""
    for nummer, zeile in enumerate(text.split("\n")):
        if nummer:
            yield lauf.makeelement(f"{W}br")
        for platz, stueck in enumerate(zeile.split("\t")):
            if platz:
                yield lauf.makeelement(f"{W}tab")
            if stueck:
                element = lauf.makeelement(f"{W}t")
                element.text = stueck
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                yield element
